import Foundation
import Testing

/// What the compiler cannot hold: who may reach the system, and by whom.
@Suite struct LayeringTests {
  /// Modules, and the folders that alone may import them.
  static let doors: [(module: String, folders: Set<String>)] = [
    ("CNcurses", ["CursesTerminal"]), ("CCurl", ["ClusterAccess"]), ("CMicrohttpd", ["DemoCluster"]),
    ("CYAML", ["YAML"]), ("CSimdjson", ["JSON"]), ("CSpawn", ["Subprocess"]), ("CRegex", ["Dashboard"]),
    ("CResources", ["DemoCluster", "TodoTop"]),
    ("Subprocess", ["ClusterAccess", "Operations", "TodoTop"]),
    ("Glibc", ["Subprocess", "ClusterAccess", "Operations", "DemoCluster", "CursesTerminal", "TodoTop"]),
    ("Darwin", ["Subprocess", "ClusterAccess", "Operations", "DemoCluster", "CursesTerminal", "TodoTop"]),
    ("Foundation", ["DemoCluster", "TodoTop", "ClusterAccess", "Operations", "Playbook"]),
    ("FoundationEssentials", ["DemoCluster", "TodoTop", "ClusterAccess", "Operations", "Playbook"]),
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

  @Test func `children are started in known places only, by words of the closed lists`() throws {
    let starts = try sources().filter { folder, _, text in
      folder != "Subprocess"
        && ["Child(", "Child.run(", "runInForeground("].contains { start in
          text.split(separator: "\n").contains {
            $0.contains(start) && !$0.contains("DemoChild(") && !$0.contains("LogChild(")
          }
        }
    }
    let places = Dictionary(grouping: starts, by: \.folder).mapValues { Set($0.map(\.file)) }
    #expect(
      places["Operations"] == ["ChangeRunner.swift", "ContainerShell.swift", "RemedyRunner.swift", "AIToolRun.swift"])
    #expect(
      places["ClusterAccess"] == [
        "ChildTask.swift", "KubectlProxy.swift", "LogSource.swift", "ClusterTarget+Resolve.swift", "FactReader.swift",
      ])
    // The demo cluster is the program itself once more.
    #expect(places["TodoTop"] == ["DemoChild.swift"] && places.count == 3)
    let makers = try sources().filter { $0.text.contains("func argv(for") }.map(\.file)
    #expect(
      Set(makers) == ["ReadCommand.swift", "ToolQuestion+Words.swift", "ChangeCommand.swift", "AIOperation.swift"])
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
