import Playbook
import Subprocess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How much of a file is read.
private let fileLimitBytes = 1 << 20
/// How deep a folder is looked into.
private let depthMaximum = 8
/// How many paths of a folder are listed.
private let entriesMaximum = 4_000
/// Folders that are listed but not looked into, like hidden ones: others wrote what is in them.
private let foreignFolders: Set<String> = ["node_modules", "venv", "__pycache__", "dist", "vendor"]

/// The text of a plain file.
func fileAnswer(_ path: String) -> FactAnswer {
  // A pipe or a device would hold up the reading.
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else {
    return [ENOENT, ENOTDIR].contains(errno) ? .absent : .failed("\(path): \(systemMessage(errno))")
  }
  defer { close(descriptor) }
  var status = stat()
  guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
    return .failed("\(path) is no plain file")
  }
  guard status.st_size <= fileLimitBytes else { return .failed("\(path) is larger than 1 MiB") }
  var bytes = [UInt8](repeating: 0, count: fileLimitBytes + 1)
  var count = 0
  while count < bytes.count {
    let got = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress.map { $0 + count }, $0.count - count) }
    if got < 0, errno == EINTR { continue }
    guard got > 0 else { break }
    count += got
  }
  guard count <= fileLimitBytes else { return .failed("\(path) is larger than 1 MiB") }
  return .text(String(decoding: bytes.prefix(count), as: UTF8.self))
}

/// All that lies below a folder, as paths from there.
func folderAnswer(_ path: String) -> FactAnswer {
  folderEntries(path).map { .entries($0) } ?? .absent
}

/// Paths below a folder, in order; folders end with a slash.
///
/// `nil` where there is no such folder.
/// Links are listed and never followed, so that nothing outside of the folder is looked at.
package func folderEntries(_ path: String) -> [String]? {
  var entries: [String] = []
  var left: [(path: String, depth: Int)] = [("", 1)]
  // What is near the top counts more, so the folders are taken level by level.
  var next = 0
  while next < left.count {
    let (below, depth) = left[next]
    next += 1
    guard let stream = opendir(below.isEmpty ? path : "\(path)/\(below)") else {
      if next == 1 { return nil }
      continue
    }
    defer { closedir(stream) }
    while entries.count < entriesMaximum, let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard name != ".", name != ".." else { continue }
      var status = stat()
      guard lstat("\(path)/\(below)\(name)", &status) == 0 else { continue }
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      entries.append("\(below)\(name)\(isFolder ? "/" : "")")
      if isFolder, depth < depthMaximum, !name.hasPrefix("."), !foreignFolders.contains(name) {
        left.append(("\(below)\(name)/", depth + 1))
      }
    }
  }
  return entries.sorted()
}
