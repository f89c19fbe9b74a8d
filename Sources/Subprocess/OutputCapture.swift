#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What is kept of a child's output, up to a limit.
package struct OutputCapture: Sendable {
  /// What was kept.
  package private(set) var bytes: [UInt8] = []
  /// Whether something was thrown away.
  package private(set) var isCut = false
  /// Whether more may come.
  package private(set) var isOpen = true
  private let limitBytes: Int

  /// An empty capture.
  package init(limitBytes: Int) { self.limitBytes = limitBytes }

  /// Reads all that waits in a descriptor that does not block.
  ///
  /// Beyond the limit bytes are read and thrown away, so that the child can go on.
  package mutating func take(from descriptor: Int32) {
    guard isOpen, descriptor >= 0 else { return }
    isOpen = readWaiting(descriptor) { chunk in
      let room = limitBytes - bytes.count
      if chunk.count > room { isCut = true }
      bytes.append(contentsOf: chunk.prefix(max(0, room)))
    }
  }
}

/// Hands over all that waits in a descriptor that does not block; whether more may come.
package func readWaiting(_ descriptor: Int32, _ body: (UnsafeRawBufferPointer) -> Void) -> Bool {
  withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 16) { buffer in
    while true {
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      if count > 0 {
        body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count]))
      } else if count == 0 {
        return false
      } else if errno != EINTR {
        return errno == EAGAIN || errno == EWOULDBLOCK
      }
    }
  }
}
