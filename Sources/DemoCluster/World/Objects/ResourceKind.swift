/// What the API server needs to know of one kind to serve it.
struct ResourceKind: Sendable, Hashable {
  /// The API group; empty for the core group.
  let group: String
  let version: String
  /// The name in paths, such as `pods`.
  let plural: String
  /// The name in objects, such as `Pod`.
  let kind: String
  let isNamespaced: Bool
  let shortNames: [String]
  let categories: [String]
  /// The subresources discovery lists, with the kind each answers.
  let subresources: [Subresource]
  /// Paths that field selectors may name besides `metadata.name` and `metadata.namespace`.
  let selectableFields: [String]
  /// The hash discovery shows; recorded from a real server.
  let storageVersionHash: String

  /// A part of an object with a path of its own.
  struct Subresource: Sendable, Hashable {
    let name: String
    let kind: String
    let group: String
    let version: String
    let verbs: [String]
  }

  init(
    _ group: String, _ version: String, _ plural: String, _ kind: String, isNamespaced: Bool = true,
    shortNames: [String] = [], categories: [String] = [], subresources: [Subresource] = [],
    selectableFields: [String] = [], storageVersionHash: String = ""
  ) {
    self.group = group
    self.version = version
    self.plural = plural
    self.kind = kind
    self.isNamespaced = isNamespaced
    self.shortNames = shortNames
    self.categories = categories
    self.subresources = subresources
    self.selectableFields = selectableFields
    self.storageVersionHash = storageVersionHash
  }

  /// The group and version as objects write them: `v1`, `apps/v1`.
  var apiVersion: String { group.isEmpty ? version : group + "/" + version }

  /// The name as messages of the server write it: `pods`, `deployments.apps`.
  var qualifiedName: String { group.isEmpty ? plural : plural + "." + group }

  /// The verbs discovery lists; namespaces cannot be deleted as a collection.
  var verbs: [String] {
    let all = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]
    return plural == "namespaces" ? all.filter { $0 != "deletecollection" } : all
  }

  static func == (left: ResourceKind, right: ResourceKind) -> Bool {
    left.plural == right.plural && left.group == right.group
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(plural)
    hasher.combine(group)
  }
}

extension ResourceKind.Subresource {
  /// `status`, which every controller writes.
  static func status(_ kind: String) -> Self {
    Self(name: "status", kind: kind, group: "", version: "", verbs: ["get", "patch", "update"])
  }

  /// `scale`, which `kubectl scale` and autoscalers write.
  static let scale = Self(
    name: "scale", kind: "Scale", group: "autoscaling", version: "v1", verbs: ["get", "patch", "update"])
}
