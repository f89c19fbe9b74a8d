extension World {
  /// The variables that a container sees.
  func environment(of container: JSON, in pod: JSON) -> [(name: String, value: String)] {
    let namespace = pod["metadata", "namespace"]?.string ?? ""
    var variables: [(name: String, value: String)] = [
      ("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
      ("HOSTNAME", pod["metadata", "name"]?.string ?? ""),
    ]
    for source in container["envFrom"]?.elements ?? [] {
      let prefix = source["prefix"]?.string ?? ""
      for (field, kind) in [("configMapRef", ResourceKind.configMaps), ("secretRef", .secrets)] {
        guard let name = source[field]?["name"]?.string else { continue }
        variables += configuration(kind, name, in: namespace).map { (prefix + $0.name, $0.value) }
      }
    }
    for variable in container["env"]?.elements ?? [] {
      guard let name = variable["name"]?.string else { continue }
      variables.append((name, value(of: variable, in: pod)))
    }
    variables += [
      ("KUBERNETES_SERVICE_HOST", "10.96.0.1"), ("KUBERNETES_SERVICE_PORT", "443"), ("HOME", "/root"),
    ]
    return variables
  }

  private func value(of variable: JSON, in pod: JSON) -> String {
    if let value = variable["value"]?.string { return value }
    let namespace = pod["metadata", "namespace"]?.string ?? ""
    for (field, kind) in [("configMapKeyRef", ResourceKind.configMaps), ("secretKeyRef", .secrets)] {
      guard let reference = variable["valueFrom"]?[field], let name = reference["name"]?.string else { continue }
      let key = reference["key"]?.string
      return configuration(kind, name, in: namespace).first { $0.name == key }?.value ?? ""
    }
    return variable.value(at: "valueFrom.fieldRef.fieldPath")?.string.flatMap { pod.value(at: $0)?.string } ?? ""
  }

  private func configuration(
    _ kind: ResourceKind, _ name: String, in namespace: String
  ) -> [(name: String, value: String)] {
    let object = store.object(kind, ObjectKey(namespace: namespace, name: name))?.object
    return (object?["data"]?.members ?? []).map { member in
      let text = member.value.string ?? ""
      guard kind == .secrets else { return (member.name, text) }
      return (member.name, String(decoding: Base64.bytes(text) ?? [], as: UTF8.self))
    }
  }
}
