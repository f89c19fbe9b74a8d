import ClusterModel

/// All that is ever asked of kubectl to read a cluster; none of it changes one.
package enum ReadCommand: Hashable, Sendable {
  /// Serve the API, read-only, on a unix socket.
  case proxy(socket: String)
  /// The version of kubectl itself.
  case clientVersion
  /// The chosen context of the kubeconfig, credentials redacted by kubectl.
  case configuration
  /// The chosen context alone with all that it needs, credentials too: for a file of another program.
  case oneContext
  /// All objects of these kinds.
  case get([ResourceKind])
  /// The answer to one GET.
  case getRaw(path: String)
  /// The output of a container.
  case logs(LogTarget, LogOpening)
  /// What the user may do.
  case rights
  /// What kubectl says of one object and its events.
  case describe(ObjectKey)
  /// The names of all namespaces.
  case namespaces
  /// The names of all contexts of the kubeconfig.
  case contexts
  /// The UID of the namespace `kube-system`, which tells clusters apart.
  case clusterUID
  /// The keys of a Secret with the length of each value, and whether it looks like a placeholder.
  case secretShape(name: String, namespace: String)
  /// Labels, Helm's annotations and the managers of the fields of an object, and nothing else of it.
  case ownership(ObjectKey)

  /// How long kubectl waits for one answer of the server.
  package static let requestTimeLimit: Duration = .seconds(20)

  /// The methods the proxy refuses: all that could change something.
  package static let rejectedMethods = "^(POST|PUT|PATCH|DELETE)$"

  /// The paths the proxy refuses: those that reach into containers.
  package static let rejectedPaths = "/pods/[^/]+/(exec|attach|portforward)$"

  /// The words of the command; every value is inside a word that begins with its option or kind.
  ///
  /// - Throws: ``AccessProblem`` for a name that Kubernetes would not allow.
  package func argv(for target: ClusterTarget) throws(AccessProblem) -> [String] {
    let kubectl = target.calledKubectl
    var words = kubectl.words
    switch self {
    case .clientVersion: words = kubectl.wordsWithoutContext + ["version", "--client", "-o", "json"]
    case .contexts: words = kubectl.wordsWithoutContext + ["config", "get-contexts", "-o", "name"]
    case .proxy(let socket):
      words += [
        "proxy", "--unix-socket=\(socket)", "--reject-methods=\(Self.rejectedMethods)",
        "--reject-paths=\(Self.rejectedPaths)",
      ]
    case .configuration: words += ["config", "view", "--minify", "-o", "json"]
    case .oneContext: words += ["config", "view", "--minify", "--flatten", "-o", "json"]
    case .get(let kinds):
      words += try [scope(target), Self.timeOption, "get", Self.list(kinds), "--ignore-not-found", "-o", "json"]
    case .getRaw(let path):
      guard path.hasPrefix("/"), path.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
        throw AccessProblem(.badOption, "“\(path)” is no path of the API")
      }
      words += [Self.timeOption, "get", "--raw=\(path)"]
    case .logs(let container, let opening): words += try Self.logWords(container, opening)
    case .rights:
      words += try [scope(target, orDefault: true), Self.timeOption, "auth", "can-i", "--list"]
    case .describe(let object): words += try Self.describeWords(object)
    case .namespaces: words += [Self.timeOption, "get", "namespaces", "-o", "name"]
    case .clusterUID: words += [Self.timeOption, "get", "namespace/kube-system", "-o", "jsonpath={.metadata.uid}"]
    case .secretShape(let name, let namespace): words += try Self.secretShapeWords(name, namespace)
    case .ownership(let object): words += try Self.ownershipWords(object)
    }
    return words
  }

  /// The object of a key, as a path of the API.
  ///
  /// - Throws: ``AccessProblem`` for a name that Kubernetes would not allow, and for Secrets: their values are never read.
  static func object(_ key: ObjectKey) throws(AccessProblem) -> ReadCommand {
    try checkObject(key)
    return .getRaw(path: key.kind.path(namespace: key.kind.isNamespaced ? key.namespace : nil) + "/\(key.name)")
  }

  private static func describeWords(_ key: ObjectKey) throws(AccessProblem) -> [String] {
    try checkObject(key)
    let place = key.kind.isNamespaced ? ["--namespace=\(key.namespace)"] : []
    // A name after its kind can never be taken for an option.
    return place + [timeOption, "describe", "\(list([key.kind]))/\(key.name)"]
  }

  private static func checkObject(_ key: ObjectKey) throws(AccessProblem) {
    guard key.kind != .secrets else {
      throw AccessProblem(.badOption, "the values of Secrets are never read", nextStep: "y shows what is known of it")
    }
    if key.kind.isNamespaced { try checkName(key.namespace, as: "namespace") }
    try checkName(key.name, as: key.kind.kindName)
  }

  static var timeOption: String { "--request-timeout=\(requestTimeLimit.components.seconds)s" }

  private static func logWords(_ container: LogTarget, _ opening: LogOpening) throws(AccessProblem) -> [String] {
    try checkName(container.namespace, as: "namespace")
    try checkName(container.pod, as: "pod")
    try checkName(container.container, as: "container")
    // A pod's name after `pod/` can never be taken for an option.
    return ["--namespace=\(container.namespace)", "logs", "--container=\(container.container)"] + opening.words
      + (container.isPrevious ? ["--previous"] : []) + (opening.follows ? [] : [timeOption]) + ["pod/\(container.pod)"]
  }

  /// The kinds as kubectl takes them without doubt: with their group, and with a version that is not the usual one.
  static func list(_ kinds: [ResourceKind]) -> String {
    kinds.map { kind in
      kind.version == "v1" ? kind.qualifiedResource : "\(kind.resource).\(kind.version).\(kind.group)"
    }.joined(separator: ",")
  }

  private func scope(_ target: ClusterTarget, orDefault: Bool = false) throws(AccessProblem) -> String {
    guard let namespace = target.namespace else { return orDefault ? "--namespace=default" : "--all-namespaces" }
    try checkName(namespace, as: "namespace")
    return "--namespace=\(namespace)"
  }
}

/// Refuses names that no object can have: they could be taken for an option or a path.
func checkName(_ name: String, as what: String) throws(AccessProblem) {
  guard isObjectName(name) else {
    throw AccessProblem(
      .badOption, "“\(name)” cannot be the name of a \(what)",
      nextStep: "names are made of a–z, 0–9, - and . and begin and end with a letter or digit")
  }
}
