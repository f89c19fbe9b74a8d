extension World {
  /// The first ConfigMap or Secret, or key of one, that a container's environment needs and the namespace lacks.
  func missingConfiguration(of container: JSON, in namespace: String) -> String? {
    for source in container["envFrom"]?.elements ?? [] {
      for (field, kind) in [("configMapRef", ResourceKind.configMaps), ("secretRef", .secrets)] {
        guard let reference = source[field], reference["optional"]?.bool != true else { continue }
        if let missing = missing(kind, reference["name"]?.string ?? "", in: namespace) { return missing }
      }
    }
    for variable in container["env"]?.elements ?? [] {
      for (field, kind) in [("configMapKeyRef", ResourceKind.configMaps), ("secretKeyRef", .secrets)] {
        guard let reference = variable["valueFrom"]?[field], reference["optional"]?.bool != true else { continue }
        let name = reference["name"]?.string ?? ""
        if let missing = missing(kind, name, in: namespace) { return missing }
        if let missing = missingKey(reference["key"]?.string ?? "", of: kind, name, in: namespace) { return missing }
      }
    }
    return nil
  }

  /// The first volume of a pod whose ConfigMap or Secret is missing, and what is missing.
  func missingVolume(of pod: JSON) -> (volume: String, missing: String)? {
    let namespace = pod["metadata", "namespace"]?.string ?? ""
    for volume in pod["spec", "volumes"]?.elements ?? [] {
      for (field, kind, name) in [("configMap", ResourceKind.configMaps, "name"), ("secret", .secrets, "secretName")] {
        guard let source = volume[field], source["optional"]?.bool != true,
          store.object(kind, ObjectKey(namespace: namespace, name: source[name]?.string ?? "")) == nil
        else { continue }
        let word = kind.kind.lowercased()
        return (volume["name"]?.string ?? "", "\(word) \"\(source[name]?.string ?? "")\"")
      }
    }
    return nil
  }

  private func missing(_ kind: ResourceKind, _ name: String, in namespace: String) -> String? {
    guard store.object(kind, ObjectKey(namespace: namespace, name: name)) == nil else { return nil }
    return "\(kind.kind.lowercased()) \"\(name)\" not found"
  }

  private func missingKey(_ key: String, of kind: ResourceKind, _ name: String, in namespace: String) -> String? {
    guard let object = store.object(kind, ObjectKey(namespace: namespace, name: name))?.object else { return nil }
    let isPresent = ["data", "binaryData", "stringData"].contains { object[$0]?[key] != nil }
    return isPresent ? nil : "couldn't find key \(key) in \(kind.kind) \(namespace)/\(name)"
  }
}
