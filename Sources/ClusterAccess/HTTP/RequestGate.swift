/// Lets only so many requests through at a time, in the order they come.
///
/// A class because the watchers of all kinds share it.
final class RequestGate {
  /// A place in the gate, queued or under way.
  typealias Place = Int

  private let loop: EventLoop
  private var free: Int
  private var lastPlace = 0
  private var queued: [(place: Place, request: HTTPRequest, onEnd: (HTTPAnswer) -> Void)] = []
  private var underWay: [Place: EventLoop.Ticket] = [:]

  init(_ loop: EventLoop, limit: Int) {
    self.loop = loop
    free = limit
  }

  /// Sends a request as soon as there is room.
  func send(_ request: HTTPRequest, onEnd: @escaping (HTTPAnswer) -> Void) -> Place {
    lastPlace += 1
    queued.append((lastPlace, request, onEnd))
    admit()
    return lastPlace
  }

  /// Forgets a request.
  func cancel(_ place: Place?) {
    guard let place else { return }
    queued.removeAll { $0.place == place }
    guard let ticket = underWay.removeValue(forKey: place) else { return }
    loop.cancel(ticket)
    free += 1
    admit()
  }

  private func admit() {
    while free > 0, !queued.isEmpty {
      let (place, request, onEnd) = queued.removeFirst()
      free -= 1
      underWay[place] = loop.send(request) { [unowned self] answer in
        underWay[place] = nil
        free += 1
        onEnd(answer)
        admit()
      }
    }
  }
}
