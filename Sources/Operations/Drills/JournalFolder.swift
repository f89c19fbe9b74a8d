import ClusterModel
import Playbook
import Subprocess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The folder with the journals of this user's drills: one file a drill, one line a state.
package struct JournalFolder: Sendable {
  /// Why a journal cannot be kept, in one sentence.
  package struct Problem: Error, Hashable, Sendable {
    package let sentence: String

    /// A reason.
    package init(sentence: String) { self.sentence = sentence }
  }

  /// A journal that is not believed: it stays where it is and is never carried out.
  package struct SetAside: Hashable, Sendable {
    package let path: String
    package let sentence: String
  }

  package let path: String
  /// The largest journal that is read.
  static let limitBytes = 4 << 20
  /// How many journals are looked at, newest first.
  static let journalsMax = 500

  /// A folder that is there and that nobody else can write, or that is made for this user alone.
  package init(_ path: String) throws(Problem) {
    self.path = path
    var made = ""
    for part in path.split(separator: "/") {
      made += "/" + part
      mkdir(made, 0o700)
    }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw Problem(sentence: "\(path) cannot be made: \(systemMessage(errno))")
    }
    guard status.st_uid == getuid() else { throw Problem(sentence: "\(path) belongs to somebody else") }
    // The mode of a folder that was there is its owner's business: journals are private files wherever they are.
    guard status.st_mode & 0o022 == 0 else { throw Problem(sentence: "\(path) can be written by others") }
  }

  /// The usual place: `$XDG_STATE_HOME/todotop/drills`.
  package static func usualPath(environment: (String) -> String?) -> String? {
    if let root = environment("XDG_STATE_HOME"), root.hasPrefix("/") { return root + "/todotop/drills" }
    return environment("HOME").flatMap { $0.hasPrefix("/") ? $0 + "/.local/state/todotop/drills" : nil }
  }

  /// Where the journal of a drill is.
  package func path(of id: String) -> String { "\(path)/\(id).jsonl" }

  /// The last state of every drill, the newest first, and what is not believed.
  package func read() -> (records: [DrillRecord], setAside: [SetAside]) {
    var records: [DrillRecord] = []
    var strange: [SetAside] = []
    for name in names().filter({ $0.hasSuffix(".jsonl") }).sorted(by: >).prefix(Self.journalsMax) {
      let file = "\(path)/\(name)"
      // Made by whoever took the hold and then wrote nothing: as nothing is done before it is written, there is none.
      if Self.bytes(of: file)?.isEmpty == true { continue }
      do throws(RecordProblem) {
        let record = try Self.last(of: file)
        guard name == "\(record.id).jsonl" else { throw RecordProblem("its name is not that of its drill") }
        records.append(record)
      } catch {
        strange.append(SetAside(path: file, sentence: "\(file) is set aside: \(error.sentence)"))
      }
    }
    return (records, strange)
  }

  /// The last whole line of a journal; a line that was cut off by the end of its writer does not count.
  static func last(of file: String) throws(RecordProblem) -> DrillRecord {
    guard let bytes = bytes(of: file) else { throw RecordProblem("it cannot be read") }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)
    let isCut = bytes.last != UInt8(ascii: "\n")
    guard let line = isCut ? lines.dropLast().last : lines.last else { throw RecordProblem("it holds no whole line") }
    return try DrillRecord(line: String(decoding: line, as: UTF8.self))
  }

  private static func bytes(of file: String) -> [UInt8]? {
    let descriptor = open(file, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == getuid(),
      status.st_size <= Self.limitBytes
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress?.advanced(by: filled), $0.count - filled, off_t(filled))
      }
      guard count > 0 else { break }
      filled += count
    }
    return Array(bytes.prefix(filled))
  }

  /// The ids of the drills that have a folder of their own here, the newest first.
  package var reportIDs: [String] {
    names().filter { $0.hasPrefix("d-") && isObjectName($0) && !$0.contains(".") }.sorted(by: >)
  }

  private func names() -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    return names
  }
}
