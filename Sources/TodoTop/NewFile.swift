import Operations

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that is made anew: only for its owner, and never over another file.
struct NewFile: ~Copyable {
  /// Why a file cannot be written, in one sentence.
  struct Problem: Error { let sentence: String }

  /// What is gathered before it is written, in bytes.
  private static let bufferBytes = 256 << 10

  let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private(set) var bytes = 0

  /// Makes the file.
  init(_ path: String) throws(Problem) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw Problem(
        sentence: errno == EEXIST
          ? "\(path) is there already and stays as it is; name another file"
          : "\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
    self.path = path
    descriptor = file
  }

  deinit { close(descriptor) }

  /// Adds a text; a file that cannot be written whole is removed.
  mutating func write(_ text: String) throws(Problem) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.bufferBytes { try flush() }
  }

  /// Writes what was gathered.
  mutating func flush() throws(Problem) {
    var rest = buffer[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Self.write(descriptor, $0) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let problem = String(cString: strerror(errno))
        // It was made a moment ago, by us.
        unlink(path)
        throw Problem(sentence: "\(path) cannot be written: \(problem)")
      }
      rest = rest.dropFirst(count)
    }
    bytes += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  /// Adds one whole line by one write, or leaves the file as it was.
  ///
  /// Whatever ends the program, and whenever, the file holds whole lines.
  mutating func append(_ line: [UInt8]) throws(Problem) {
    var rest = line[...]
    while !rest.isEmpty {
      // Less than the whole is written only where the disk is full: the rest then says why.
      let count = rest.withUnsafeBytes { Self.write(descriptor, $0) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let problem = errno
        ftruncate(descriptor, off_t(bytes))
        throw Problem(sentence: "\(path) cannot be written: \(String(cString: strerror(problem)))")
      }
      rest = rest.dropFirst(count)
    }
    bytes += line.count
  }

  private static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  /// The path with `~/` as the shell would take it.
  static func expanded(_ path: String) -> String {
    path.hasPrefix("~/") ? environment("HOME") + path.dropFirst() : path
  }

  /// How many names are tried where the usual one is taken.
  private static let namesMax = 100

  /// A name in the usual place that is free: `todotop-2026-11-21T03-07-32Z.txt`; `nil` when that place is full.
  static func usualName(_ stem: String, _ end: String, stamp: String) -> String? {
    let folder = usualFolder()
    let stamp = stamp.split(separator: ":").joined(separator: "-")
    return (1...namesMax).lazy.map { "\(folder)/\(stem)-\(stamp)\($0 == 1 ? "" : "-\($0)").\(end)" }
      .first { access($0, F_OK) != 0 }
  }

  /// `$XDG_STATE_HOME/todotop`, made where it is missing; else the working folder.
  private static func usualFolder() -> String {
    guard let folder = userFolder("XDG_STATE_HOME", usually: ".local/state"), makePrivateFolder(folder) else {
      return "."
    }
    return folder
  }
}
