import ClusterModel
import Playbook
import Subprocess

/// Another process of the program that undoes a drill if the one that began it cannot.
///
/// It lives on when its starter is killed, and ends by itself once the drill is closed.
final class Watchdog {
  private let child: Child

  /// What it says once it has read the record.
  static let word = "ready"
  /// How long it may take to answer.
  static let patience = Duration.seconds(10)

  /// Starts it and waits until it has answered.
  init(_ argv: [String]) throws(JournalFolder.Problem) {
    do throws(SpawnProblem) {
      child = try Child(argv, lifetime: .detached)
    } catch {
      throw JournalFolder.Problem(sentence: "\(error)")
    }
    var capture = OutputCapture(limitBytes: 1_024)
    let deadline = monotonicTime() + Self.patience
    while monotonicTime() < deadline, capture.isOpen, child.reap() == nil {
      capture.take(from: child.output)
      if String(decoding: capture.bytes, as: UTF8.self).contains(Self.word) { return }
      pause(.milliseconds(20))
    }
    child.kill()
    throw JournalFolder.Problem(sentence: "it said nothing within \(Self.patience.components.seconds) s")
  }

  /// Ends it: the drill is closed.
  func dismiss() { child.stop() }

  /// Leaves it to itself; it sees by the journal that there is nothing to do.
  func release() { child.closeDescriptors() }
}
