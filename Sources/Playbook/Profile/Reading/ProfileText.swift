import ClusterModel
import YAML

/// A profile as it is written: nothing is looked for yet, and checks of each image stand for several.
package struct ProfileText: Sendable {
  package let origin: Profile.Origin
  /// The name of the file, as errors give it.
  package let file: String
  var name = ""
  var namespace: String?
  var workloads: [ObjectKey] = []
  var hosts: [Profile.Host] = []
  var guards = Guards.builtIn
  /// `nil` where nothing is said of them.
  var sources: SourcesText?
  var secret: Profile.SecretKeys?
  var drills: [DrillInstance] = []
  var phases: [PhaseText] = []

  /// Reads a profile.
  ///
  /// - Throws: ``ProfileProblem`` at the first mistake.
  package init(yaml: String, file: String, origin: Profile.Origin) throws(ProfileProblem) {
    self.origin = origin
    self.file = file
    do throws(YAMLError) {
      let documents = try yamlDocuments(Array(yaml.utf8), limits: ProfileLimits.yaml)
      let start = YAMLPlace(line: 1, column: 1)
      guard let root = documents.first else { throw YAMLError(start, "the file is empty; a profile has phases") }
      if documents.count > 1 { throw YAMLError(documents[1].place, "a profile is one document, not several") }
      try read(root)
    } catch {
      throw ProfileProblem(error, file: file)
    }
  }

  private mutating func read(_ root: YAMLNode) throws(YAMLError) {
    let fields = try root.fields([
      "name", "namespace", "workloads", "hosts", "guards", "sources", "secret", "drills", "phases",
    ])
    name = try fields["name"]?.line() ?? ""
    namespace = try fields["namespace"]?.objectName("a namespace")
    for node in try fields["workloads"]?.filledList("workloads") ?? [] { workloads.append(try workload(node)) }
    for node in try fields["hosts"]?.filledList("hosts") ?? [] { hosts.append(try Profile.Host(node)) }
    if let node = fields["guards"] { guards = try Guards(node, origin: origin) }
    sources = try fields["sources"].map { node throws(YAMLError) in try SourcesText(node) }
    secret = try fields["secret"].map { node throws(YAMLError) in try Profile.SecretKeys(node) }
    for node in try fields["drills"]?.filledList("drills") ?? [] { try add(drill: node) }
    for node in try fields.required("phases").filledList("phases", limit: ProfileLimits.phases) {
      phases.append(try PhaseText(node, number: phases.count + 1, images: sources?.images.map(\.name) ?? []))
    }
    try refuseTwins()
  }

  /// `deployment/todo-backend`.
  private func workload(_ node: YAMLNode) throws(YAMLError) -> ObjectKey {
    let text = try node.line()
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let kinds: [String: ResourceKind] = [
      "deployment": .deployments, "statefulset": .statefulSets, "daemonset": .daemonSets, "job": .jobs,
    ]
    guard parts.count == 2 else {
      throw YAMLError(node.place, "a workload such as deployment/web is expected here, not \"\(text)\"")
    }
    guard let kind = kinds[parts[0].lowercased()] else {
      throw YAMLError(node.place, unknown: parts[0], of: "kind of workload", known: kinds.keys.sorted())
    }
    guard isObjectName(parts[1]) else {
      throw YAMLError(node.place, "\"\(parts[1])\" cannot be the name of a workload")
    }
    return ObjectKey(kind, namespace: namespace ?? "", name: parts[1])
  }

  private mutating func add(drill node: YAMLNode) throws(YAMLError) {
    let drill = try DrillInstance(node, workloads: workloads)
    guard !drills.contains(where: { $0.isTwin(of: drill) }) else {
      throw YAMLError(node.place, "the drill \(drill.kind.name) on \(drill.words) comes twice")
    }
    drills.append(drill)
  }

  private func refuseTwins() throws(YAMLError) {
    var seen: [String: YAMLPlace] = [:]
    for check in phases.flatMap(\.checks) {
      if let first = seen.updateValue(check.place, forKey: check.id) {
        throw YAMLError(check.place, "the id \"\(check.id)\" comes twice, first on line \(first.line)")
      }
    }
  }
}

extension Profile.Host {
  /// `{host: todo.local, paths: [{path: /, expect: 200}]}`; without paths the root must answer.
  init(_ node: YAMLNode) throws(YAMLError) {
    let fields = try node.fields(["host", "paths"])
    let host = try fields.required("host")
    let name = try host.line().lowercased()
    guard isObjectName(name) else { throw YAMLError(host.place, "\"\(name)\" cannot be the name of a host") }
    var paths: [Path] = []
    for node in try fields["paths"]?.filledList("paths") ?? [] {
      let fields = try node.fields(["path", "expect"])
      let path = try fields.required("path")
      let text = try path.line()
      guard text.hasPrefix("/"), !text.contains(" ") else {
        throw YAMLError(path.place, "a path that begins with / is expected here, not \"\(text)\"")
      }
      paths.append(Path(text, status: try fields["expect"]?.integer(100...599) ?? 200))
    }
    self.init(name, paths: paths.isEmpty ? [Path("/", status: 200)] : paths)
  }
}

extension Profile.SecretKeys {
  /// `{name: todo-secrets, required: [DATABASE_URL], optional: [OPENAI_API_KEY]}`.
  init(_ node: YAMLNode) throws(YAMLError) {
    let fields = try node.fields(["name", "required", "optional"])
    self.init(
      name: try fields.required("name").objectName("a Secret"), required: try fields["required"]?.secretKeys() ?? [],
      optional: try fields["optional"]?.secretKeys() ?? [])
  }
}

extension YAMLNode {
  /// Keys as a Secret may have them.
  fileprivate func secretKeys() throws(YAMLError) -> [String] {
    var keys: [String] = []
    for node in try filledList("keys") {
      let key = try node.line()
      guard key.count <= 253, key.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) })
      else { throw YAMLError(node.place, "\"\(key)\" cannot be a key of a Secret") }
      keys.append(key)
    }
    return keys
  }
}

extension Guards {
  /// The guards of a profile.
  ///
  /// What is protected is added to the built-in patterns. What is local takes their place in a profile that the user
  /// named; one that lay in the working folder can only leave patterns out.
  init(_ node: YAMLNode, origin: Profile.Origin) throws(YAMLError) {
    let fields = try node.fields(["local", "protected"])
    self = .builtIn
    if let node = fields["local"] {
      let written = try node.patterns()
      local = if case .workingFolder = origin { Self.common(Guards.builtIn.local, written) } else { written }
    }
    for pattern in try fields["protected"]?.patterns() ?? [] where !protected.contains(pattern) {
      protected.append(pattern)
    }
  }
}

extension YAMLNode {
  /// Patterns of contexts; there may be none.
  fileprivate func patterns() throws(YAMLError) -> [String] {
    var patterns: [String] = []
    for node in try elements() { patterns.append(try node.line()) }
    guard patterns.count <= ProfileLimits.listed else {
      throw YAMLError(place, "there are more than \(ProfileLimits.listed) patterns")
    }
    return patterns
  }
}
