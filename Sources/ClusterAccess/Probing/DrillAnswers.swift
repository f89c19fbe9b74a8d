import ClusterModel
import Playbook
import Subprocess
import Synchronization

/// Where the answers to a drill's requests wait for the main program.
///
/// A class because two threads share it.
final class DrillAnswers: Sendable {
  /// How many wait at most, a minute of all requests; the oldest are dropped.
  static let limit = 60 * 4 * DrillProbeRequest.limit

  private let waiting = Mutex<[DrillProbe]>([])
  private let wake = WakePipe()

  /// Readable when answers wait.
  var descriptor: Int32 { wake.descriptor }

  /// Adds answers and wakes the main program.
  func post(_ answers: [DrillProbe]) {
    guard !answers.isEmpty else { return }
    waiting.withLock { waiting in
      waiting += answers
      if waiting.count > Self.limit { waiting.removeFirst(waiting.count - Self.limit) }
    }
    wake.wake()
  }

  /// The answers that wait, in the order in which they came.
  func take() -> [DrillProbe] {
    wake.drain()
    return waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }
}
