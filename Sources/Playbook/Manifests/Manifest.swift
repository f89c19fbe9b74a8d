import ClusterModel
import YAML

/// An object that a chart gives, before it is in the cluster.
struct Manifest: Sendable {
  let kind: String
  let name: String
  let node: YAMLNode

  /// An object; `nil` for a document that is none.
  init?(_ node: YAMLNode) {
    guard let kind = node["kind"]?.scalarText, !kind.isEmpty else { return nil }
    self.kind = kind
    name = node["metadata"]?["name"]?.scalarText ?? ""
    self.node = node
  }

  /// The specification of the pods that a workload makes.
  var podSpecification: YAMLNode? {
    kind == "Pod" ? node["spec"] : node["spec"]?["template"]?["spec"]
  }

  /// The containers of the pods that a workload makes, those that run first included.
  var containers: [YAMLNode] {
    (podSpecification?["containers"]?.list ?? []) + (podSpecification?["initContainers"]?.list ?? [])
  }

  /// An annotation of the object.
  func annotation(_ name: String) -> String? { node["metadata"]?["annotations"]?[name]?.scalarText }
}

/// A variable of a container, without its value.
struct EnvironmentEntry: Hashable {
  /// Where its value comes from.
  enum Source: Hashable {
    /// It stands in the manifest; whether there is any.
    case literal(isEmpty: Bool)
    case secret(name: String, key: String, isOptional: Bool)
    case configMap(name: String, key: String)
    case other
  }

  let name: String
  let source: Source

  /// The variables of a container that are named one by one.
  static func all(of container: YAMLNode) -> [EnvironmentEntry] {
    (container["env"]?.list ?? []).map { node in
      let name = node["name"]?.scalarText ?? ""
      if let reference = node["valueFrom"]?["secretKeyRef"] {
        return EnvironmentEntry(
          name: name,
          source: .secret(
            name: reference["name"]?.scalarText ?? "", key: reference["key"]?.scalarText ?? "",
            isOptional: reference["optional"]?.scalarText == "true"))
      }
      if let reference = node["valueFrom"]?["configMapKeyRef"] {
        return EnvironmentEntry(
          name: name,
          source: .configMap(name: reference["name"]?.scalarText ?? "", key: reference["key"]?.scalarText ?? ""))
      }
      let source: Source =
        node["valueFrom"] == nil ? .literal(isEmpty: (node["value"]?.scalarText ?? "").isEmpty) : .other
      return EnvironmentEntry(name: name, source: source)
    }
  }
}

extension Profile {
  /// The namespace of the application: its own, else the one that is read.
  package func namespace(in snapshot: Snapshot) -> String { namespace ?? snapshot.connection.namespace ?? "default" }

  /// Asks for the manifests of the chart; `nil` without a chart.
  func templateQuestion(in snapshot: Snapshot) -> ToolQuestion? {
    sources.chart.map { chart in
      .helmTemplate(
        chart: chart.path, release: sources.release, namespace: namespace(in: snapshot),
        values: sources.values.map(\.path))
    }
  }

  /// Asks for what the chart gives: by helm, and the manifests in a file for machines without it.
  func manifestQuestions(in snapshot: Snapshot) -> [FactQuestion] {
    let file = sources.manifests.map { [FactQuestion.file($0.path)] } ?? []
    return (templateQuestion(in: snapshot).map { [.tool($0)] } ?? []) + file
  }
}

extension CheckContext {
  /// What the chart gives: rendered by helm, or without helm the manifests in a file.
  func manifests() throws(Unanswered) -> [Manifest] {
    guard let question = profile.templateQuestion(in: snapshot) else {
      guard let file = profile.sources.manifests else { throw Unanswered(.skipped("no chart is known")) }
      return try manifests(inFile: file.path)
    }
    if case .missing = facts[tool: question], let file = profile.sources.manifests {
      return try manifests(inFile: file.path)
    }
    let said = try output(of: question)
    guard said.code == 0 else { throw Unanswered(.unknown("the chart cannot be rendered: \(said.problem)")) }
    guard let documents = facts.documents(of: .tool(question)) else {
      throw Unanswered(.unknown("what the chart gives is not YAML"))
    }
    return documents.compactMap { Manifest($0) }
  }

  private func manifests(inFile path: String) throws(Unanswered) -> [Manifest] {
    guard try text(ofFile: path) != nil else { throw Unanswered(.unknown("\(path) does not exist")) }
    guard let documents = facts.documents(of: .file(path)) else {
      throw Unanswered(.unknown("\(path) is not YAML"))
    }
    return documents.compactMap { Manifest($0) }
  }

  /// What the chart gives, where it is known.
  var knownManifests: [Manifest] { (try? manifests()) ?? [] }
}
