import Synchronization

/// A wish to stop that two threads share.
package final class StopFlag: Sendable {
  private let flag = Atomic(false)

  /// Nobody wishes it yet.
  package init() {}

  /// Whether it is wished.
  package var isSet: Bool { flag.load(ordering: .acquiring) }

  /// Wishes it.
  package func set() { flag.store(true, ordering: .releasing) }
}
