#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes a file for its owner alone, whole or not at all: it takes the place of the one that was there.
func replaceFile(_ path: String, with text: String) -> Bool { replaceFile(path, with: Array(text.utf8)) }

/// Writes a file for its owner alone, whole or not at all: it takes the place of the one that was there.
func replaceFile(_ path: String, with bytes: [UInt8], mode: mode_t = 0o600) -> Bool {
  let draft = "\(path).\(getpid()).new"
  unlink(draft)
  let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
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

/// Makes a folder and those above it, for their owner alone; whether it is there and ours to write.
func makePrivateFolder(_ path: String) -> Bool {
  var made = ""
  for part in path.split(separator: "/") {
    made += "/" + part
    mkdir(made, 0o700)
  }
  var status = stat()
  return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && status.st_uid == getuid()
    && access(path, W_OK) == 0
}
