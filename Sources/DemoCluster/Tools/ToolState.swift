/// What the played programs did so far: kept as lines of text, a word and a value each.
package struct ToolState: Equatable, Sendable {
  /// The images that docker has.
  var built: Set<String> = []
  /// The images that Minikube's node has.
  var loaded: Set<String> = []
  var addons: Set<String> = ["default-storageclass", "ingress", "metrics-server", "storage-provisioner"]

  /// The most that is kept of each.
  static let maximum = 200

  /// What a scenario begins with: where the application runs, its images are there.
  package init(scenario: String) {
    guard scenario != "bare" else { return }
    built = ["todo-backend:v1.0.0", "todo-frontend:v1.0.0"]
    loaded = built
  }

  /// What was kept.
  package init(text: String) {
    addons = []
    for line in text.split(separator: "\n").prefix(3 * Self.maximum) {
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { continue }
      switch parts[0] {
      case "built": built.insert(parts[1])
      case "loaded": loaded.insert(parts[1])
      case "addon": addons.insert(parts[1])
      default: break
      }
    }
  }

  /// What is kept.
  package var text: String {
    let lists = [("built", built), ("loaded", loaded), ("addon", addons)]
    return lists.flatMap { word, names in names.sorted().prefix(Self.maximum).map { "\(word) \($0)\n" } }.joined()
  }
}
