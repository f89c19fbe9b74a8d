import ClusterModel
import Subprocess

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A recorded session that is read, line by line.
///
/// A class because it owns a descriptor.
package final class RecordingFile {
  /// A longer line is none: those that are written are far below.
  static let maximumLineBytes = 64 << 20
  /// How much is read at a time.
  static let readBytes = 256 << 10

  /// What was found where a line was looked for.
  enum Found {
    case line([UInt8])
    /// The end of the file; whether it is in the middle of a line.
    case end(isInsideLine: Bool)
  }

  private let path: String
  private let descriptor: Int32
  private var splitter = LineSplitter(maximumLineBytes: RecordingFile.maximumLineBytes)
  private var lines: [[UInt8]] = []
  private var next = 0

  /// Opens a file.
  package init(_ path: String) throws(AccessProblem) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw AccessProblem(.unreadableFile, "\(path): \(systemMessage(errno))") }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The next line, or the end.
  ///
  /// What cannot be read counts as the end: what came before it is good.
  func nextLine() -> Found {
    while next >= lines.count {
      (lines, next) = ([], 0)
      var buffer = [UInt8](repeating: 0, count: Self.readBytes)
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return .end(isInsideLine: splitter.isInsideLine) }
      buffer.withUnsafeBytes { bytes in
        splitter.take(UnsafeRawBufferPointer(rebasing: bytes[..<count])) { line, _ in lines.append(Array(line)) }
      }
    }
    defer { next += 1 }
    return .line(lines[next])
  }

  /// Reads the first line, which says what was recorded; call it first, once.
  package func header() throws(AccessProblem) -> RecordedHeader {
    switch nextLine() {
    case .line(let line): return try RecordedHeader(line[...], isWhole: true, of: path)
    case .end:
      let begin = bytes(from: 0, count: RecordedHeader.maximumBytes)
      return try RecordedHeader(begin[...], isWhole: false, of: path)
    }
  }

  /// The moment of the last whole line that has one.
  package func lastMoment() -> Timestamp? {
    struct Moment: Decodable { let at: Timestamp }
    let size = fileSize
    var window = 1 << 20
    while true {
      let start = max(0, size - window)
      let tail = bytes(from: start, count: size - start)
      var ends = tail.indices.reversed().lazy.filter { tail[$0] == UInt8(ascii: "\n") }.makeIterator()
      if let last = ends.next() {
        let before = ends.next() ?? (start == 0 ? -1 : nil)
        if let before {
          return try? JSONDecoder().decode(Moment.self, from: Data(tail[(before + 1)..<last])).at
        }
      }
      guard start > 0, window < Self.maximumLineBytes * 2 else { return nil }
      window *= 4
    }
  }

  /// Some bytes, wherever reading stands.
  func bytes(from start: Int, count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let got = pread(descriptor, &bytes, count, off_t(start))
    return Array(bytes.prefix(max(0, got)))
  }

  private var fileSize: Int {
    var facts = stat()
    return fstat(descriptor, &facts) == 0 ? Int(facts.st_size) : 0
  }
}
