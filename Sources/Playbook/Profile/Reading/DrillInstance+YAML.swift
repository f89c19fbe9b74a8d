import ClusterModel
import YAML

extension DrillInstance {
  /// `{kind: bad-image, target: deployment/todo-backend, container: backend, limit: 60s}`.
  ///
  /// - Parameter workloads: Those of the profile; where it names none, all of the namespace count.
  init(_ node: YAMLNode, workloads: [ObjectKey]) throws(YAMLError) {
    let fields = try node.fields(["kind", "target", "container", "host", "limit", "title"])
    let kind = try Self.kind(fields.required("kind"))
    self.kind = kind
    target = try Self.target(fields.required("target"), of: kind, workloads)
    container =
      try fields["container"].map { node throws(YAMLError) in
        guard kind.aim == .container else { throw YAMLError(node.place, "\(kind.name) takes no container") }
        return try node.objectName("a container")
      } ?? ""
    host = try fields["host"].map { node throws(YAMLError) in try Self.host(node, of: kind) } ?? ""
    limitSeconds = try fields["limit"].map { node throws(YAMLError) in try Self.seconds(node) }
    title =
      try fields["title"].map { node throws(YAMLError) in
        let title = try node.line()
        guard title.count <= Self.titleMax else {
          throw YAMLError(node.place, "the title of a drill has at most \(Self.titleMax) characters")
        }
        return title
      } ?? kind.title
  }

  private static func kind(_ node: YAMLNode) throws(YAMLError) -> DrillKind {
    let word = try node.line()
    guard let kind = DrillKind.named(word) else {
      throw YAMLError(node.place, unknown: word, of: "kind of drill", known: DrillKind.all.map(\.name))
    }
    return kind
  }

  private static func target(
    _ node: YAMLNode, of kind: DrillKind, _ workloads: [ObjectKey]
  ) throws(YAMLError) -> String {
    let text = try node.line()
    let sort: String
    switch kind.aim {
    case .ingressPath: return try path(text, node.place)
    case .service: sort = "service"
    case .node: sort = "node"
    case .pod, .deployment, .container: sort = "deployment"
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, parts[0] == sort, isObjectName(parts[1]) else {
      throw YAMLError(node.place, "\(kind.name) is done to a \(sort): \(sort)/NAME is expected here, not \"\(text)\"")
    }
    if sort == "deployment", !workloads.isEmpty, !workloads.contains(where: { $0.typedName == text }) {
      throw YAMLError(
        node.place, unknown: text, of: "workload of this profile", known: workloads.map(\.typedName))
    }
    return text
  }

  /// A host, which may be missing, and a path: `todo.local/api`.
  private static func path(_ text: String, _ place: YAMLPlace) throws(YAMLError) -> String {
    let host = text.prefix { $0 != "/" }.lowercased()
    guard host.isEmpty || isObjectName(host), text.contains("/"), !text.contains(" ") else {
      throw YAMLError(place, "a host and a path such as todo.local/api are expected here, not \"\(text)\"")
    }
    return host + text.dropFirst(host.count)
  }

  private static func host(_ node: YAMLNode, of kind: DrillKind) throws(YAMLError) -> String {
    guard !kind.placeWords.isEmpty else { throw YAMLError(node.place, "\(kind.name) takes no host") }
    let host = try node.line().lowercased()
    guard isObjectName(host), host.contains(".") else {
      throw YAMLError(node.place, "\"\(host)\" is no name of a host: api.example.com")
    }
    return host
  }

  /// `120s` or `2m`.
  private static func seconds(_ node: YAMLNode) throws(YAMLError) -> Int {
    let text = try node.line()
    let units: [Character: Int] = ["s": 1, "m": 60]
    let digits = text.dropLast()
    guard let unit = text.last.flatMap({ units[$0] }), digits.count <= 4,
      digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits)
    else { throw YAMLError(node.place, "a time such as 120s or 2m is expected here, not \"\(text)\"") }
    let (seconds, bounds) = (number * unit, DrillLimit.allowed)
    guard bounds.contains(seconds) else {
      throw YAMLError(
        node.place, "a drill lasts \(bounds.lowerBound)s to \(bounds.upperBound / 60)m, not \(text)")
    }
    return seconds
  }
}
