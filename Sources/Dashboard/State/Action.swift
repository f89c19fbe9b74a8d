import CellScreen
import ClusterModel

/// What happened: the only way into ``reduce(_:_:at:)``.
package enum Action: Hashable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// The feed said something.
  case arrived([ClusterEvent])
  /// Time passed.
  case ticked
  /// The terminal has another size.
  case resized(Size)
}

/// What is to be done outside, as data; only the program's run loop does it.
package enum Effect: Hashable, Sendable {
  /// Leave, restoring the terminal.
  case quit
  /// Stop as a job of the shell until it continues.
  case suspend
  /// Read every list anew.
  case refresh
  /// Follow the logs of these containers and of no others.
  case followLogs([LogTarget])
  /// Draw everything again, whatever the terminal shows.
  case repaint
}
