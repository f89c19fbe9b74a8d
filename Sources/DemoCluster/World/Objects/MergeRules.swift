/// Which lists are merged element by element and which objects are replaced as a whole, as the API server's types say.
enum MergeRules {
  /// Objects that are replaced as a whole.
  static let atomicObjects: Set<String> = [
    "selector", "involvedObject", "matchLabels", "podSelector", "namespaceSelector", "labelSelector", "nodeSelector",
    "configMapKeyRef", "secretKeyRef", "fieldRef", "resourceFieldRef", "scaleTargetRef",
  ]

  /// Lists whose elements are merged, with the fields that tell the elements apart.
  private static let listKeys: [String: [[String]]] = [
    "containers": [["name"]], "initContainers": [["name"]], "env": [["name"]], "volumes": [["name"]],
    "imagePullSecrets": [["name"]], "volumeMounts": [["mountPath"]], "hostAliases": [["ip"]],
    "conditions": [["type"]], "podIPs": [["ip"]], "ownerReferences": [["uid"]],
    "ports": [["containerPort", "protocol"], ["port", "protocol"]],
  ]
  /// Lists of texts that are merged as sets.
  static let sets: Set<String> = ["finalizers"]

  /// The fields that tell the elements of a list apart; `nil` for lists that are replaced as a whole.
  static func keys(of elements: [JSON], _ name: String) -> [String]? {
    guard !elements.isEmpty else { return nil }
    return listKeys[name]?.first { keys in
      elements.allSatisfy { element in keys.allSatisfy { value(of: element, $0) != nil } }
    }
  }

  /// The one field by which a strategic patch tells the elements of a list apart.
  static func strategicKey(of elements: [JSON], _ name: String) -> String? {
    let known = (listKeys[name] ?? [["name"]]).compactMap(\.first) + (name == "taints" ? ["key"] : [])
    return known.first { key in elements.contains { $0[key] != nil } }
  }

  /// The path element of an element of a list, such as `k:{"name":"a"}`.
  static func pathElement(of element: JSON, _ keys: [String]) -> String {
    let key = JSON.object(keys.map { JSON.Member(name: $0, value: value(of: element, $0) ?? .null) })
    return "k:" + String(decoding: key.encoded, as: UTF8.self)
  }

  /// The value of a key; the protocol of a port is TCP where nothing else is said.
  private static func value(of element: JSON, _ key: String) -> JSON? {
    if let value = element[key] { return value }
    guard key == "protocol", !element.members.isEmpty else { return nil }
    return "TCP"
  }
}
