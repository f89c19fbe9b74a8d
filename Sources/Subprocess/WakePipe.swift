import CSpawn
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Wakes a thread that waits in `poll`.
///
/// A class because it owns two descriptors. Any thread may wake; many wakes before a ``drain()`` are one.
package final class WakePipe: Sendable {
  /// Readable once somebody has called ``wake()``.
  package let descriptor: Int32
  private let writeEnd: Int32
  private let isAwake = Atomic(false)

  /// A pipe; without descriptors left it never wakes.
  package init() {
    var ends: [Int32] = [-1, -1]
    if cs_pipe(&ends) != 0 { ends = [-1, -1] }
    (descriptor, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    for end in [descriptor, writeEnd] where end >= 0 { close(end) }
  }

  /// Makes the descriptor readable.
  package func wake() {
    guard !isAwake.exchange(true, ordering: .acquiringAndReleasing) else { return }
    var byte: UInt8 = 0
    while write(writeEnd, &byte, 1) < 0 && errno == EINTR {}
  }

  /// Makes the descriptor wait again; call it before looking at what it announced.
  package func drain() {
    _ = readWaiting(descriptor) { _ in }
    isAwake.store(false, ordering: .releasing)
  }
}
