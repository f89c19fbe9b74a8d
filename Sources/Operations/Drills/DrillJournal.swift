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

/// The journal of one drill, held by one process: whoever has it alone undoes the drill.
///
/// The hold ends with the process, however it ends: that is how the watchdog learns that it must act.
package final class DrillJournal: @unchecked Sendable {
  package let path: String
  private let file: Int32
  private let lock: Int32
  private let folder: String

  /// Opens the journal of a drill, which is made where there is none.
  ///
  /// - Parameter isForced: Whether it is opened even if another process holds it: one that does nothing any more.
  /// - Returns: `nil` while another process holds it.
  package static func open(
    _ id: String, in folder: JournalFolder, isForced: Bool = false
  ) throws(JournalFolder.Problem) -> DrillJournal? {
    guard isObjectName(id) else { throw JournalFolder.Problem(sentence: "“\(id)” is no id of a drill") }
    let path = folder.path(of: id)
    let lock = systemOpen("\(folder.path)/\(id).lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC)
    guard lock >= 0 else { throw problem(path) }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 || isForced else {
      close(lock)
      return nil
    }
    let file = systemOpen(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC)
    guard file >= 0 else {
      let problem = problem(path)
      close(lock)
      throw problem
    }
    return DrillJournal(path: path, file: file, lock: lock, folder: folder.path)
  }

  private init(path: String, file: Int32, lock: Int32, folder: String) {
    self.path = path
    self.file = file
    self.lock = lock
    self.folder = folder
  }

  deinit {
    close(file)
    close(lock)
  }

  /// Writes a state, and returns once it is on the disk.
  package func append(_ record: DrillRecord) throws(JournalFolder.Problem) {
    let size = lseek(file, 0, SEEK_END)
    // A line that its writer could not finish ends before the next one begins.
    var bytes = Array((record.line + "\n").utf8)
    if isCut(size) { bytes.insert(UInt8(ascii: "\n"), at: 0) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let problem = Self.problem(path)
        ftruncate(file, size)
        throw problem
      }
      rest = rest.dropFirst(count)
    }
    guard Self.synchronize(file), synchronizeFolder() else { throw Self.problem(path) }
  }

  private func isCut(_ size: off_t) -> Bool {
    guard size > 0 else { return false }
    let reader = systemOpen(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard reader >= 0 else { return false }
    defer { close(reader) }
    var last: UInt8 = 0
    return pread(reader, &last, 1, size - 1) == 1 && last != UInt8(ascii: "\n")
  }

  private func synchronizeFolder() -> Bool {
    let descriptor = systemOpen(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return fsync(descriptor) == 0
  }

  private static func synchronize(_ descriptor: Int32) -> Bool {
    #if canImport(Darwin)
      // fsync alone leaves it in the drive's own memory there.
      if fcntl(descriptor, F_FULLFSYNC) == 0 { return true }
    #endif
    return fsync(descriptor) == 0
  }

  private static func problem(_ path: String) -> JournalFolder.Problem {
    JournalFolder.Problem(sentence: "\(path) cannot be written: \(systemMessage(errno))")
  }
}

/// Opens a file that only its owner may read.
private func systemOpen(_ path: String, _ flags: Int32) -> Int32 { open(path, flags, 0o600) }
