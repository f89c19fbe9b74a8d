import Foundation
import Testing

/// What the compiler cannot hold: who may reach the system, and by whom.
@Suite struct LayeringTests {
  /// Modules, and the folders that alone may import them.
  static let doors: [(module: String, folders: Set<String>)] = [
    ("CNcurses", ["CursesTerminal"]), ("CCurl", ["ClusterAccess"]), ("CMicrohttpd", ["DemoCluster"]),
    ("CYAML", ["YAML"]), ("CSimdjson", ["JSON"]), ("CSpawn", ["Subprocess"]), ("CRegex", ["Dashboard"]),
    ("Subprocess", ["ClusterAccess", "Operations", "TodoTop"]),
    ("Glibc", ["Subprocess", "ClusterAccess", "DemoCluster", "CursesTerminal", "TodoTop"]),
    ("Darwin", ["Subprocess", "ClusterAccess", "DemoCluster", "CursesTerminal", "TodoTop"]),
    ("Foundation", ["DemoCluster", "TodoTop", "ClusterAccess", "Playbook"]),
    ("FoundationEssentials", ["DemoCluster", "TodoTop", "ClusterAccess", "Playbook"]),
  ]

  @Test(arguments: doors.map(\.module))
  func `only its folders import a door`(module: String) throws {
    let allowed = try #require(Self.doors.first { $0.module == module }?.folders)
    for (folder, file, text) in try sources() {
      let imports = text.split(separator: "\n").contains { line in
        let words = line.split(separator: " ")
        return words.contains("import") && words.last == Substring(module) && words.count <= 3
      }
      #expect(!imports || allowed.contains(folder), "\(file) imports \(module)")
    }
  }

  @Test func `one place reads the clock for the screen`() throws {
    for (folder, file, text) in try sources()
    where ["ClusterModel", "Playbook", "CellScreen", "Dashboard"].contains(folder) {
      #expect(
        !text.contains("clock_gettime") && !text.contains("ContinuousClock") && !text.contains("Date()"), "\(file)")
    }
  }

  private func sources() throws -> [(folder: String, file: String, text: String)] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
    var found: [(String, String, String)] = []
    for case let url as URL in files where url.pathExtension == "swift" {
      let parts = url.pathComponents
      let index = try #require(parts.lastIndex(of: "Sources"))
      found.append((parts[index + 1], url.lastPathComponent, try String(contentsOf: url, encoding: .utf8)))
    }
    #expect(found.count > 100)
    return found
  }
}
