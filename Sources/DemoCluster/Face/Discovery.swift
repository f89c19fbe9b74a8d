/// What the API says of itself.
enum Discovery {
  /// `/version`.
  static let version: JSON = [
    "major": "1", "minor": "32", "gitVersion": "v1.32.0", "gitCommit": "todotop-demo", "gitTreeState": "clean",
    "buildDate": "2024-12-11T17:59:15Z", "goVersion": "go1.23.3", "compiler": "gc", "platform": "linux/amd64",
  ]

  /// The paths that answer `ok`.
  static let healthPaths: Set<String> = ["/healthz", "/livez", "/readyz"]

  /// `/api`.
  static let coreVersions: JSON = [
    "kind": "APIVersions", "versions": ["v1"],
    "serverAddressByClientCIDRs": [["clientCIDR": "0.0.0.0/0", "serverAddress": "127.0.0.1"]],
  ]

  /// `/apis`.
  static var groups: JSON {
    var versions: [(group: String, version: String)] = []
    for kind in ResourceKind.all where !kind.group.isEmpty {
      if !versions.contains(where: { $0.group == kind.group }) { versions.append((kind.group, kind.version)) }
    }
    versions += [("authentication.k8s.io", "v1"), ("authorization.k8s.io", "v1"), ("metrics.k8s.io", "v1beta1")]
    let groups = versions.map { group, version -> JSON in
      let others = group == "autoscaling" ? [version, "v1"] : [version]
      let entries = others.map { JSON.strings(["groupVersion": group + "/" + $0, "version": $0]) }
      return ["name": .string(group), "versions": .array(entries), "preferredVersion": entries[0]]
    }
    return ["kind": "APIGroupList", "apiVersion": "v1", "groups": .array(groups)]
  }

  /// The entry of one group in `/apis`.
  static func group(_ name: String) -> JSON? {
    guard var group = groups["groups"]?.elements.first(where: { $0["name"]?.string == name }) else { return nil }
    group = .object(
      [JSON.Member(name: "kind", value: "APIGroup"), JSON.Member(name: "apiVersion", value: "v1")] + group.members)
    return group
  }

  /// The resources of a group and version; `nil` where it is not served.
  static func resources(group: String, version: String) -> JSON? {
    let resources: [JSON]
    switch (group, version) {
    case ("metrics.k8s.io", "v1beta1"): resources = metricsResources
    case ("authorization.k8s.io", "v1"): resources = reviewResources
    case ("authentication.k8s.io", "v1"): resources = [review("selfsubjectreviews", "SelfSubjectReview")]
    case ("autoscaling", "v1"): resources = entries(of: .horizontalPodAutoscalers)
    default:
      resources = ResourceKind.all.filter { $0.group == group && $0.version == version }.flatMap(entries)
    }
    guard !resources.isEmpty else { return nil }
    var list: JSON = ["kind": "APIResourceList"]
    if !group.isEmpty { list["apiVersion"] = "v1" }
    list["groupVersion"] = .string(group.isEmpty ? version : group + "/" + version)
    list["resources"] = .array(resources)
    return list
  }

  private static func entries(of kind: ResourceKind) -> [JSON] {
    var entry: JSON = ["name": .string(kind.plural), "singularName": .string(kind.kind.lowercased())]
    entry["namespaced"] = .bool(kind.isNamespaced)
    entry["kind"] = .string(kind.kind)
    entry["verbs"] = .array(kind.verbs.map { .string($0) })
    if !kind.shortNames.isEmpty { entry["shortNames"] = .array(kind.shortNames.map { .string($0) }) }
    if !kind.categories.isEmpty { entry["categories"] = .array(kind.categories.map { .string($0) }) }
    if !kind.storageVersionHash.isEmpty { entry["storageVersionHash"] = .string(kind.storageVersionHash) }
    return [entry]
      + kind.subresources.map { part in
        var entry: JSON = ["name": .string(kind.plural + "/" + part.name), "singularName": ""]
        entry["namespaced"] = .bool(kind.isNamespaced)
        if !part.group.isEmpty { entry["group"] = .string(part.group) }
        if !part.version.isEmpty { entry["version"] = .string(part.version) }
        entry["kind"] = .string(part.kind)
        entry["verbs"] = .array(part.verbs.map { .string($0) })
        return entry
      }
  }

  private static let metricsResources: [JSON] = [
    ["name": "nodes", "singularName": "", "namespaced": false, "kind": "NodeMetrics", "verbs": ["get", "list"]],
    ["name": "pods", "singularName": "", "namespaced": true, "kind": "PodMetrics", "verbs": ["get", "list"]],
  ]

  /// The groups whose resources only answer questions.
  static let reviewGroups: Set<String> = ["authentication.k8s.io", "authorization.k8s.io"]

  private static let reviewResources: [JSON] = [
    review("selfsubjectaccessreviews", "SelfSubjectAccessReview"),
    review("selfsubjectrulesreviews", "SelfSubjectRulesReview"),
  ]

  private static func review(_ plural: String, _ kind: String) -> JSON {
    [
      "name": .string(plural), "singularName": .string(kind.lowercased()), "namespaced": false, "kind": .string(kind),
      "verbs": ["create"],
    ]
  }
}
