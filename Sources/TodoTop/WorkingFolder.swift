import ClusterAccess

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The folder that the program was started in, where the user's own chart and Dockerfiles may be.
enum WorkingFolder {
  /// Its path; empty where it is gone.
  static var path: String {
    var buffer = [CChar](repeating: 0, count: 4_096)
    guard getcwd(&buffer, buffer.count) != nil else { return "" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Paths below it, in order; folders end with a slash.
  ///
  /// None for the home folder and `/`, which are no projects.
  static func paths() -> [String] {
    let path = path
    guard !path.isEmpty, path != "/", path != environment("HOME") else { return [] }
    return folderEntries(path) ?? []
  }
}
