import Subprocess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads a whole file, or standard input for `-`.
///
/// - Throws: ``AccessProblem`` with the file's name, also when it is larger than the limit.
func readFile(_ path: String, limitBytes: Int) throws(AccessProblem) -> [UInt8] {
  let name = path == "-" ? "standard input" : path
  let descriptor = path == "-" ? dup(0) : open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw AccessProblem(.unreadableFile, "\(name): \(systemMessage(errno))") }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 20)
  while true {
    let count = read(descriptor, &buffer, buffer.count)
    if count == 0 { return bytes }
    guard count > 0 else {
      if errno == EINTR { continue }
      throw AccessProblem(.unreadableFile, "\(name): \(systemMessage(errno))")
    }
    guard bytes.count + count <= limitBytes else {
      throw AccessProblem(.unreadableFile, "\(name): larger than the limit of \(limitBytes >> 20) MiB")
    }
    bytes.append(contentsOf: buffer[..<count])
  }
}
