import ClusterModel

/// Who wrote which fields of an object, and its labels: what is known of it without a single value.
struct ManagedFields {
  /// A variable of a container.
  struct Variable: Hashable {
    let container: String
    let name: String
    /// Whether its value stands in the object itself.
    let isLiteral: Bool
  }

  let labels: [String: String]
  let annotations: [String: String]
  private let entries: [(manager: String, operation: String, fields: DocumentValue)]

  init(_ document: DocumentValue) {
    // The whole object, or its metadata alone.
    let metadata = document["metadata"] ?? document
    func pairs(_ value: DocumentValue?) -> [String: String] {
      Dictionary((value?.fields ?? []).map { ($0.name, $0.value.scalar) }) { first, _ in first }
    }
    labels = pairs(metadata["labels"])
    annotations = pairs(metadata["annotations"])
    entries = (metadata["managedFields"]?.elements ?? []).compactMap { entry in
      entry["fieldsV1"].map { (entry["manager"]?.scalar ?? "", entry["operation"]?.scalar ?? "", $0) }
    }
  }

  /// Who wrote one of these top-level fields: `f:data`.
  func managers(of names: [String]) -> [String] {
    var seen: Set<String> = []
    return entries.filter { entry in names.contains { entry.fields[$0] != nil } }.map(\.manager).filter {
      seen.insert($0).inserted
    }
  }

  /// What a manager patched below the specification, by the names of the fields; what it applied is its to keep.
  func specification(patchedBy manager: String) -> [String] {
    entries.filter { $0.manager == manager && $0.operation == "Update" }.flatMap { entry in
      (entry.fields["f:spec"].map(Self.names) ?? []).filter { $0 != "template" }
    }
  }

  /// Whether it tells of containers at all.
  var hasContainers: Bool { !containers.isEmpty }

  /// The variables of all containers.
  var environment: [Variable] {
    var seen: Set<Variable> = []
    return containers.flatMap { container in
      (container.fields["f:env"]?.fields ?? []).compactMap { field in
        Self.keyName(field.name).map { name in
          Variable(container: container.name, name: name, isLiteral: field.value["f:value"] != nil)
        }
      }
    }.filter { seen.insert($0).inserted }
  }

  /// Whether variables come from a ConfigMap or Secret as a whole.
  var hasWholeSources: Bool { containers.contains { $0.fields["f:envFrom"] != nil } }

  private var containers: [(name: String, fields: DocumentValue)] {
    entries.flatMap { entry in
      let specification = entry.fields["f:spec"]?["f:template"]?["f:spec"]
      let lists = [specification?["f:containers"], specification?["f:initContainers"]]
      return lists.flatMap { $0?.fields ?? [] }.compactMap { field in
        Self.keyName(field.name).map { ($0, field.value) }
      }
    }
  }

  /// The name in `k:{"name":"backend"}`.
  private static func keyName(_ field: String) -> String? {
    guard field.hasPrefix("k:"), let key = try? DocumentValue.read(Array(field.dropFirst(2).utf8)) else { return nil }
    return key["name"]?.scalar
  }

  private static func names(_ fields: DocumentValue) -> [String] {
    fields.fields.flatMap { field -> [String] in
      guard field.name.hasPrefix("f:") else { return [] }
      let name = String(field.name.dropFirst(2))
      let below = names(field.value)
      return below.isEmpty ? [name] : below.map { "\(name).\($0)" }
    }
  }
}
