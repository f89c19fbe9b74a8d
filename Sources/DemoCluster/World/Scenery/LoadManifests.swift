import YAML

/// What the load is made of: `Resources/demo/parts/load.yaml`.
struct LoadManifests: Sendable {
  /// The name that is replaced in each copy.
  static let name = "load-N"

  let node: NodeCapacity
  let deployment: JSON
  let service: JSON
  /// What one pod asks for.
  let share: NodeShare

  /// Reads a head with the node, a Deployment and a Service.
  init(_ bytes: [UInt8]) throws(YAMLError) {
    let documents = try yamlDocuments(bytes)
    guard let head = documents.first else { throw YAMLError(YAMLPlace(line: 1, column: 1), "the load is empty") }
    node = try NodeCapacity(try head.fields(["node"]).required("node"))
    let manifests = try documents.dropFirst().map { node throws(YAMLError) in try Manifest(node) }
    guard let deployment = manifests.first(where: { $0.kind == .deployments })?.object,
      let service = manifests.first(where: { $0.kind == .services })?.object
    else { throw YAMLError(head.place, "the load needs a Deployment and a Service") }
    (self.deployment, self.service) = (deployment.withoutType, service.withoutType)
    share = NodeShare(requestedBy: deployment.value(at: "spec.template") ?? .object([]))
  }

  /// The load inside the program.
  static let builtIn: LoadManifests = {
    do { return try LoadManifests(demoResource("parts/load.yaml") ?? []) } catch {
      preconditionFailure("parts/load.yaml:\(error)")
    }
  }()
}

extension JSON {
  /// An object without apiVersion and kind, as the store keeps it.
  fileprivate var withoutType: JSON {
    .object(members.filter { !["apiVersion", "kind"].contains($0.name) })
  }

  /// The value with every text that is one name replaced by another.
  func renamed(from name: String, to other: String) -> JSON {
    switch self {
    case .string(let text): .string(text == name ? other : text)
    case .array(let elements): .array(elements.map { $0.renamed(from: name, to: other) })
    case .object(let members):
      .object(members.map { Member(name: $0.name, value: $0.value.renamed(from: name, to: other)) })
    default: self
    }
  }
}
