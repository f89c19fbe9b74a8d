import ClusterModel
import JSON

/// Carries out what the ``HeartbeatMachine`` decides.
///
/// A class because requests that are under way call back.
final class Heartbeat {
  private let context: FeedContext
  private let server: APIServer
  private var machine = HeartbeatMachine()
  private var request: EventLoop.Ticket?
  private var timer: EventLoop.Ticket?
  /// Called when the server answers, for the first time or again.
  var onBack: () -> Void = {}
  /// Called each time it was found not to answer.
  var onLost: (String, Duration) -> Void = { _, _ in }
  /// Called when the way to the server may be what hangs.
  var onPathDoubted: () -> Void = {}

  init(_ context: FeedContext, _ server: APIServer) {
    self.context = context
    self.server = server
  }

  /// Tells the machine what happened and does what it says.
  func handle(_ input: HeartbeatMachine.Input) {
    for output in machine.handle(input, jitter: context.jitter) { perform(output) }
  }

  /// Asks no more.
  func stop() {
    context.loop.cancel(request)
    context.loop.cancel(timer)
    (request, timer) = (nil, nil)
  }

  private func perform(_ output: HeartbeatMachine.Output) {
    switch output {
    case .probe(let path): probe(path)
    case .cancel: stop()
    case .wait(let duration):
      context.loop.cancel(timer)
      timer = context.loop.after(duration) { [unowned self] in handle(.waited) }
    case .beat: context.emit(.alive(nil))
    case .lost(let reason, let nextTry): onLost(reason, nextTry)
    case .back: onBack()
    case .renewPath: onPathDoubted()
    }
  }

  private func probe(_ path: String) {
    request = context.loop.send(server.request(path, timeLimit: HeartbeatMachine.timeLimit)) { [unowned self] answer in
      request = nil
      if let status = answer.status, answer.failure == nil {
        handle(.answered(status, String(decoding: answer.body.prefix(4_000), as: UTF8.self)))
      } else if answer.failure == .timedOut {
        let seconds = HeartbeatMachine.timeLimit.inSeconds
        handle(.unanswered("the API server gives no answer within \(seconds) s"))
      } else {
        handle(.unanswered(answer.failure?.words ?? "no answer"))
      }
    }
  }
}

/// The server's version in the answer to `/version`.
func serverVersion(in body: [UInt8]) -> String? {
  var reader = JSONReader()
  return try? reader.read(body) { $0["gitVersion"]?.string }
}
