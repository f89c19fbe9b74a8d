import ClusterModel
import Subprocess
import Synchronization

/// Where events wait for the main program.
///
/// A class because two threads share it. What waits is bounded: log lines beyond a limit are dropped and counted, and of
/// many changes of one object only the last is kept.
final class Mailbox: Sendable {
  /// How many log lines wait at most.
  static let maximumLogLines = 50_000
  /// How many bytes of them.
  static let maximumLogBytes = 32 << 20
  /// With so many events waiting, those that later ones outdate are thrown away.
  static let crowdedCount = 20_000

  /// Readable when events wait.
  var wakeDescriptor: Int32 { wake.descriptor }

  private struct Content {
    var events: [ClusterEvent] = []
    var logLines = 0
    var logBytes = 0
    /// How many lines were dropped, by the seam that says so.
    var dropped: [LogSeam: Int] = [:]
    var crowdedCount = Mailbox.crowdedCount
  }

  private let content = Mutex(Content())
  private let wake = WakePipe()

  /// Adds events and wakes the main program.
  func post(_ events: [ClusterEvent]) {
    guard !events.isEmpty else { return }
    content.withLock { content in
      for event in events { Self.add(event, to: &content) }
      if content.events.count > content.crowdedCount {
        content.events = withoutOutdated(content.events)
        content.crowdedCount = max(Self.crowdedCount, content.events.count * 2)
      }
    }
    wake.wake()
  }

  /// The events that wait, in order; the mailbox is empty then.
  func take() -> [ClusterEvent] {
    wake.drain()
    let taken = content.withLock { content in
      defer { content = Content() }
      return content
    }
    let seams = taken.dropped.map { seam, count in
      var seam = seam
      seam.change = .dropped(lines: count)
      return ClusterEvent.logSeam(seam)
    }
    return taken.events + seams
  }

  private static func add(_ event: ClusterEvent, to content: inout Content) {
    guard case .logged(let lines) = event else { return content.events.append(event) }
    var taken = 0
    while taken < lines.count, content.logLines < maximumLogLines, content.logBytes < maximumLogBytes {
      content.logLines += 1
      content.logBytes += lines[taken].text.utf8.count
      taken += 1
    }
    for line in lines.dropFirst(taken) {
      let seam = LogSeam(
        pod: line.pod, container: line.container, change: .dropped(lines: 0), request: line.request)
      content.dropped[seam, default: 0] += 1
    }
    if taken > 0 { content.events.append(.logged(taken == lines.count ? lines : Array(lines.prefix(taken)))) }
  }
}

/// The events without those that a later one makes meaningless; the order of the rest is kept.
func withoutOutdated(_ events: [ClusterEvent]) -> [ClusterEvent] {
  var changed: Set<ObjectKey> = []
  var listed: Set<ResourceKind> = []
  var alive: Set<ResourceKind?> = []
  var kept: [ClusterEvent] = []
  for event in events.reversed() {
    let isNews =
      switch event {
      case .listed(let kind, _): listed.insert(kind).inserted
      case .applied(let object): !listed.contains(object.kind) && changed.insert(object.key).inserted
      // A deletion also says which of two objects of one name it was, so none is left out for a later one.
      case .deleted(let key, _): !listed.contains(key.kind)
      case .alive(let kind): alive.insert(kind).inserted
      case .moment: if case .moment = kept.last { false } else { true }
      case .streamChanged, .connectionChanged, .logged, .logSeam, .logTail, .probed, .noted: true
      }
    if isNews { kept.append(event) }
  }
  return kept.reversed()
}
