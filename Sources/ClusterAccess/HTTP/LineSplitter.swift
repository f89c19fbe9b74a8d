#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Cuts a stream of bytes into lines, wherever the stream was split on its way.
struct LineSplitter {
  /// A longer line is delivered cut, its rest thrown away.
  let maximumLineBytes: Int
  private var buffer: [UInt8] = []
  /// How far the buffer is known to hold no line end.
  private var scanned = 0
  private var isSkipping = false

  /// An empty splitter.
  init(maximumLineBytes: Int) { self.maximumLineBytes = maximumLineBytes }

  /// Whether the stream stands in the middle of a line.
  var isInsideLine: Bool { !buffer.isEmpty || isSkipping }

  /// Takes a part of the stream and delivers the lines it completes, without their ends.
  mutating func take(_ chunk: UnsafeRawBufferPointer, _ deliver: (UnsafeRawBufferPointer, _ isCut: Bool) -> Void) {
    var rest = chunk
    if isSkipping {
      guard let end = Self.lineEnd(in: rest) else { return }
      isSkipping = false
      rest = UnsafeRawBufferPointer(rebasing: rest[(end + 1)...])
    }
    buffer.append(contentsOf: rest)
    var start = 0
    buffer.withUnsafeBytes { bytes in
      var from = scanned
      while let end = Self.lineEnd(in: UnsafeRawBufferPointer(rebasing: bytes[from...])) {
        let length = from + end - start
        let line = UnsafeRawBufferPointer(rebasing: bytes[start..<(start + min(length, maximumLineBytes))])
        deliver(line, length > maximumLineBytes)
        start += length + 1
        from = start
      }
      if bytes.count - start > maximumLineBytes {
        deliver(UnsafeRawBufferPointer(rebasing: bytes[start..<(start + maximumLineBytes)]), true)
        isSkipping = true
        start = bytes.count
      }
    }
    // A large buffer is given back once it is empty; a small one is kept for the next line.
    if start == buffer.count {
      buffer.removeAll(keepingCapacity: buffer.capacity <= Self.keptCapacity)
    } else {
      buffer.removeFirst(start)
    }
    scanned = buffer.count
  }

  /// Delivers what came behind the last line end, at the end of the stream.
  mutating func finish(_ deliver: (UnsafeRawBufferPointer, _ isCut: Bool) -> Void) {
    if !buffer.isEmpty { buffer.withUnsafeBytes { deliver($0, false) } }
    self = LineSplitter(maximumLineBytes: maximumLineBytes)
  }

  /// How much of an empty buffer is kept.
  private static let keptCapacity = 64 << 10

  private static func lineEnd(in bytes: UnsafeRawBufferPointer) -> Int? {
    guard let start = bytes.baseAddress, bytes.count > 0, let found = memchr(start, 0x0a, bytes.count) else {
      return nil
    }
    return UnsafeRawPointer(found) - start
  }
}
