import CResources
import Operations

/// The sample application that comes with the program, as files: tools read files only.
struct SampleFolder {
  /// Where it is: `infra`, `app` and `profiles` are below.
  let path: String

  /// What of the program's resources belongs to the sample.
  private static let parts = ["infra/", "app/", "profiles/"]

  /// Writes what is missing or different, so that an older or a damaged copy is never used.
  init() throws(StartProblem) {
    let files = SampleFolder.files()
    guard let cache = userFolder("XDG_CACHE_HOME", usually: ".cache") else {
      throw StartProblem("There is no place for the sample's files: set HOME or XDG_CACHE_HOME.", exitCode: 1)
    }
    path = "\(cache)/\(version)-\(SampleFolder.hash(of: files))"
    guard keepFiles(files, in: path) else {
      throw StartProblem("The sample's files cannot be written to \(path); set XDG_CACHE_HOME.", exitCode: 1)
    }
  }

  /// The paths of the sample's files, from its folder.
  static var names: [String] { files().map(\.name) }

  /// The text of one of the program's resources; `nil` where there is none of that name.
  static func text(_ name: String) -> String? { bytes(name).map { String(decoding: $0, as: UTF8.self) } }

  private static func bytes(_ name: String) -> [UInt8]? {
    var size = 0
    return cr_file(name, &size).map { Array(UnsafeBufferPointer(start: $0, count: size)) }
  }

  private static func files() -> [(name: String, bytes: [UInt8])] {
    var found: [(String, [UInt8])] = []
    var index = 0
    while let name = cr_path(index).map({ String(cString: $0) }) {
      if parts.contains(where: { name.hasPrefix($0) }), let bytes = bytes(name) { found.append((name, bytes)) }
      index += 1
    }
    return found
  }

  /// A number that tells two samples apart (FNV-1a).
  private static func hash(of files: [(name: String, bytes: [UInt8])]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for (name, bytes) in files {
      for byte in Array(name.utf8) + [0] + bytes + [0] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    return String(hash, radix: 16)
  }
}
