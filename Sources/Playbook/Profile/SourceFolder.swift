/// What lies in a folder in which the application's sources are looked for: the working folder, or the sample.
package struct SourceFolder: Hashable, Sendable {
  /// How paths of it begin: `.`, or the folder of the sample.
  package let root: String
  /// The files in it, by their paths from there.
  package let paths: [String]
  /// The texts of some of them, by their paths.
  package let texts: [String: String]

  /// How many paths are looked at.
  package static let pathsMax = 20_000

  /// What was found in a folder; paths that end with a slash are folders themselves, and say nothing new.
  package init(root: String = ".", paths: [String] = [], texts: [String: String] = [:]) {
    self.root = root
    self.paths = paths.prefix(Self.pathsMax).filter { !$0.hasSuffix("/") }.sorted()
    self.texts = texts
  }

  /// The files whose texts say what a chart is called and which images it has.
  package static func textsWanted(among paths: [String]) -> [String] {
    paths.filter { path in
      let name = path.split(separator: "/").last ?? ""
      guard name == "Chart.yaml" || name == "values.yaml" else { return false }
      return chartFolder(ofFile: path) != nil
    }
  }

  /// The charts in it, by their folders: `infra/helm/todo-app`, and `` where the folder itself is one.
  var charts: [String] {
    paths.compactMap { $0 == "Chart.yaml" || $0.hasSuffix("/Chart.yaml") ? Self.chartFolder(ofFile: $0) : nil }
  }

  /// The files below a folder, as paths from there.
  func files(below folder: String) -> [String] {
    guard !folder.isEmpty else { return paths }
    return paths.filter { $0.hasPrefix(folder + "/") }.map { String($0.dropFirst(folder.count + 1)) }
  }

  /// Whether a file or folder of that path is in it.
  func has(_ path: String) -> Bool { path == "." || paths.contains { $0 == path || $0.hasPrefix(path + "/") } }

  /// A path of it as commands take it.
  func path(_ path: String) -> String {
    if path.isEmpty || path == "." { return root }
    // A name that begins with a dash would be an option.
    return root == "." ? (path.hasPrefix("-") ? "./" + path : path) : "\(root)/\(path)"
  }

  private static func chartFolder(ofFile path: String) -> String? {
    let parts = path.split(separator: "/").map(String.init)
    if parts.count == 1 { return "" }
    guard parts.count == 4, parts[0] == "infra", parts[1] == "helm" else { return nil }
    return parts[0...2].joined(separator: "/")
  }

  /// The Dockerfiles in it: what each makes is named after its folder or its ending.
  var dockerfiles: [(name: String, path: String)] {
    var found: [(name: String, path: String)] = []
    for path in paths {
      let parts = path.split(separator: "/").map(String.init)
      guard let file = parts.last, file == "Dockerfile" || file.hasPrefix("Dockerfile."),
        !file.hasSuffix(".dockerignore")
      else { continue }
      let ending = file == "Dockerfile" ? nil : String(file.dropFirst("Dockerfile.".count))
      let isShallow = parts.count == 1 || (parts.count == 3 && parts[0] == "infra" && parts[1] == "docker")
      let isInDocker = parts.count == 4 && parts[0] == "infra" && parts[1] == "docker"
      guard isShallow || isInDocker else { continue }
      let name = parts.count == 4 ? parts[2] : ending ?? "app"
      // One image a name: the first of `Dockerfile` and `Dockerfile.prod` counts.
      if !found.contains(where: { $0.name == name }) { found.append((name, path)) }
    }
    return found
  }

  /// The folder from which the image of a name is built: the one that holds its program, else all.
  func context(of name: String, dockerfile: String) -> String {
    let own = dockerfile.split(separator: "/").dropLast().joined(separator: "/")
    let hasProgram = !own.isEmpty && files(below: own).contains { !isDockerFile($0) }
    if hasProgram { return own }
    return ["app/\(name)", "apps/\(name)", "src/\(name)", "services/\(name)", "packages/\(name)", name].first(
      where: has)
      ?? "."
  }

  private func isDockerFile(_ path: String) -> Bool {
    path.hasPrefix("Dockerfile") || path.hasSuffix(".dockerignore") || path.hasSuffix(".md") || path.hasSuffix(".conf")
      || path.hasSuffix(".template")
  }
}
