#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file for its owner alone, written whole or not at all.
package struct PrivateFile: Hashable, Sendable {
  package let path: String
  /// Whether it can be started.
  package var isProgram = false

  /// The largest file that is read, in bytes.
  package static let limitBytes = 4 << 20

  /// A file by its path.
  package init(_ path: String, isProgram: Bool = false) {
    self.path = path
    self.isProgram = isProgram
  }

  /// What it holds; `nil` where it is no plain file that can be read, or larger than the limit.
  package func read() -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= Self.limitBytes else {
      return nil
    }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var count = 0
    while count < bytes.count {
      let got = bytes.withUnsafeMutableBytes { systemRead(file, $0.baseAddress.map { $0 + count }, $0.count - count) }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { break }
      count += got
    }
    return Array(bytes.prefix(count))
  }

  /// Whether there is anything of that name.
  package var isPresent: Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Puts it in the place of the one that was there; whether that went well.
  package func replace(with bytes: [UInt8]) -> Bool {
    let draft = "\(path).\(getpid()).new"
    unlink(draft)
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, isProgram ? 0o700 : 0o600)
    guard file >= 0 else { return false }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      rest = rest.dropFirst(count)
    }
    let isWhole = rest.isEmpty && fsync(file) == 0
    close(file)
    guard isWhole, rename(draft, path) == 0 else {
      unlink(draft)
      return false
    }
    return true
  }

  /// Gives it another name, over whatever has that name; whether that went well.
  package func move(to other: String) -> Bool { rename(path, other) == 0 }
}

/// Inside ``PrivateFile`` the name `read` means its own function.
private func systemRead(_ file: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(file, start, count)
}

/// Makes a folder and those above it, for their owner alone; whether it is there and ours to write.
package func makePrivateFolder(_ path: String) -> Bool {
  var made = ""
  for part in path.split(separator: "/") {
    made += "/" + part
    mkdir(made, 0o700)
  }
  var status = stat()
  return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && status.st_uid == getuid()
    && access(path, W_OK) == 0
}

/// Writes files below a folder, those only that are missing or different; whether all are there then.
///
/// So an older, a damaged or an interrupted copy is never used. What begins like a script can be started.
package func keepFiles(_ files: [(name: String, bytes: [UInt8])], in folder: String) -> Bool {
  files.allSatisfy { name, bytes in
    let path = "\(folder)/\(name)"
    let file = PrivateFile(path, isProgram: bytes.starts(with: "#!".utf8))
    if file.read() == bytes { return true }
    return makePrivateFolder(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])) && file.replace(with: bytes)
  }
}

/// The folder `todotop` below one of the user's folders, by a variable or by its usual place below the home.
package func userFolder(_ variable: String, usually place: String) -> String? {
  func value(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }
  let root = value(variable)
  if root.hasPrefix("/") { return root + "/todotop" }
  let home = value("HOME")
  return home.hasPrefix("/") ? "\(home)/\(place)/todotop" : nil
}
