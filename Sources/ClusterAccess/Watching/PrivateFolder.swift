import Subprocess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A new folder that nobody else can enter, for a socket or a file.
struct PrivateFolder {
  /// How long the path of a socket may be: what the system's address structure holds, less its end.
  static let maximumSocketPath = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

  /// Where it is.
  let path: String

  /// Makes a folder under `$XDG_RUNTIME_DIR`, `$TMPDIR` or `/tmp`: the first that can be used and is short enough.
  ///
  /// - Parameter longestName: The longest name of a socket that will be made in it.
  init(longestName: String) throws(AccessProblem) {
    let roots = ["XDG_RUNTIME_DIR", "TMPDIR"].compactMap(environmentValue) + ["/tmp"]
    let template = "todotop-\(getpid())-XXXXXX"
    for root in roots where root.hasPrefix("/") {
      let wanted = "\(root)/\(template)"
      guard wanted.utf8.count + 1 + longestName.utf8.count <= Self.maximumSocketPath else { continue }
      Self.removeLeftovers(in: root)
      // mkdtemp makes it with mode 0700 whatever the umask.
      var name = Array(wanted.utf8CString)
      guard mkdtemp(&name) != nil else { continue }
      path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      return
    }
    throw AccessProblem(.other, "no folder for a private socket could be made", nextStep: "set TMPDIR to a short path")
  }

  /// Removes the folder and a file in it.
  func remove(_ name: String) {
    unlink("\(path)/\(name)")
    rmdir(path)
  }

  /// Removes the folders of programs that were killed; only our own, and only those of processes that are gone.
  private static func removeLeftovers(in root: String) {
    guard let stream = opendir(root) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      let parts = name.split(separator: "-")
      guard parts.count == 3, parts[0] == "todotop", let processID = Int32(parts[1]), processID > 0 else { continue }
      guard kill(processID, 0) != 0, errno == ESRCH else { continue }
      for file in ["api.sock", OneContextFile.name] { unlink("\(root)/\(name)/\(file)") }
      rmdir("\(root)/\(name)")
    }
  }
}

/// Whether something accepts connections on a unix socket.
func canConnect(to path: String) -> Bool {
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  guard path.utf8.count <= PrivateFolder.maximumSocketPath else { return false }
  withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
  #if canImport(Glibc)
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
  #else
    let descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
  #endif
  guard descriptor >= 0 else { return false }
  defer { close(descriptor) }
  return withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
    }
  }
}

/// The value of a variable of the environment.
func environmentValue(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
