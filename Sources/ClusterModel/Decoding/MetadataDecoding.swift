import JSON

extension ObjectDecoding {
  func metadata(_ json: JSONValue) -> ObjectMetadata {
    var metadata = ObjectMetadata()
    metadata.namespace = text(json["namespace"])
    metadata.name = text(json["name"])
    metadata.uid = UID(text(json["uid"]))
    metadata.resourceVersion = json["resourceVersion"]?.string ?? ""
    metadata.generation = json["generation"]?.integer ?? 0
    metadata.creationTimestamp = moment(json["creationTimestamp"])
    if let deletion = json["deletionTimestamp"] {
      metadata.deletionTimestamp = moment(deletion)
      metadata.deletionGracePeriodSeconds = count(json["deletionGracePeriodSeconds"])
    }
    metadata.labels = parts.labels(pairs(json["labels"]))
    metadata.annotations = annotations(json["annotations"])
    metadata.owners = parts.owners(list(json["ownerReferences"], owner))
    metadata.finalizers = texts(json["finalizers"])
    return metadata
  }

  private func owner(_ json: JSONValue) -> OwnerReference? {
    guard json.isObject else { return nil }
    return OwnerReference(
      kind: text(json["kind"]), name: text(json["name"]), uid: UID(text(json["uid"])),
      isController: flag(json["controller"]))
  }

  /// The annotations that the program gives a meaning.
  func annotations(_ json: JSONValue?) -> [String: String] {
    guard let json else { return [:] }
    var kept: [String: String] = [:]
    for (key, value) in json.members where Self.isMeaningful(key) {
      if let value = optionalText(value) { kept[texts.text(key)] = value }
    }
    return kept
  }

  private static let meaningful: Set<String> = [
    "deployment.kubernetes.io/revision", "kubernetes.io/ingress.class", "kubernetes.io/change-cause",
    "ingressclass.kubernetes.io/is-default-class", "kubectl.kubernetes.io/restartedAt",
    "nginx.ingress.kubernetes.io/rewrite-target", "nginx.ingress.kubernetes.io/ssl-redirect",
    "nginx.ingress.kubernetes.io/force-ssl-redirect", "nginx.ingress.kubernetes.io/use-regex",
  ]
  private static let meaningfulPrefixes = [
    "argocd.argoproj.io/", "kustomize.toolkit.fluxcd.io/", "helm.toolkit.fluxcd.io/", "meta.helm.sh/", "todotop/",
  ]

  private static func isMeaningful(_ key: String) -> Bool {
    meaningful.contains(key) || meaningfulPrefixes.contains { key.hasPrefix($0) }
  }

  func conditions(_ json: JSONValue?) -> [Condition] {
    list(json) { json in
      guard json.isObject else { return nil }
      var condition = Condition(type: text(json["type"]), status: text(json["status"]))
      condition.reason = text(json["reason"])
      condition.message = message(json["message"])
      condition.lastTransitionTime = moment(json["lastTransitionTime"])
      condition.lastUpdateTime = moment(json["lastUpdateTime"])
      return condition
    }
  }

  func selector(_ json: JSONValue?) -> LabelSelector {
    var selector = LabelSelector()
    selector.matchLabels = pairs(json?["matchLabels"])
    selector.expressions = list(json?["matchExpressions"]) { json in
      guard json.isObject else { return nil }
      return LabelSelector.Expression(
        key: text(json["key"]), operation: text(json["operator"]), values: texts(json["values"]))
    }
    return selector
  }

  /// `25%`, or a number; `nil` for anything else.
  func countOrPercent(_ json: JSONValue?) -> CountOrPercent? {
    if let count = count(json) { return .count(count) }
    guard let text = json?.string else { return nil }
    if let percent = text.hasSuffix("%") ? Int(text.dropLast()) : nil {
      return .percent(min(max(percent, 0), 1_000))
    }
    return Int(text).map { .count(min(max($0, 0), Int(Int32.max))) }
  }

  func port(_ json: JSONValue?) -> PortReference? {
    if let number = count(json) { return .number(number) }
    return optionalText(json).map { name in Int(name).map(PortReference.number) ?? .name(name) }
  }
}
