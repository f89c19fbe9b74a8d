import Dashboard
import Playbook
import Subprocess
import Synchronization

/// Actions on their way from threads to the run loop.
///
/// A class because threads share it.
final class ActionInbox: Sendable {
  private let waiting = Mutex<[Action]>([])
  private let pipe = WakePipe()

  /// Readable when actions wait.
  var descriptor: Int32 { pipe.descriptor }

  /// Adds an action and wakes the run loop; of a drill that stays in its state only the last is kept.
  func post(_ action: Action) {
    waiting.withLock { waiting in
      if case .drillWent(let course) = action, case .drillWent(let before)? = waiting.last,
        course.state == before.state
      {
        waiting.removeLast()
      }
      waiting.append(action)
    }
    pipe.wake()
  }

  /// The actions that wait, in their order.
  func take() -> [Action] {
    pipe.drain()
    return waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }
}
