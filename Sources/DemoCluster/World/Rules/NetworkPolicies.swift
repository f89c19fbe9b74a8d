/// A connection of a container that the network cuts off, from one moment to another.
struct Silence: Equatable, Sendable {
  /// What the container does not reach.
  enum Peer: String, CaseIterable, Sendable {
    case database
    case backend
  }

  let peer: Peer
  let from: Moment
  /// When the connection came back; `nil` while it is cut off.
  var until: Moment?

  /// Whether the connection is cut off at a moment.
  func covers(_ moment: Moment) -> Bool { moment >= from && (until.map { moment < $0 } ?? true) }
}

/// What NetworkPolicies do where the network obeys them: a pod that no longer reaches its database is not ready, and
/// its log says why; elsewhere they are objects without an effect.
extension World {
  /// The most interruptions that are remembered of a pod.
  static let silenceLimit = 20

  /// Looks which pods of a namespace reach what they need.
  mutating func reconcileNetworkPolicies(in namespace: String) {
    for pod in store.objects(.pods, in: namespace) {
      for container in pod.running {
        guard let image = images[container.image] else { continue }
        if image.databasePort != nil {
          let isCutOff = lacksDatabase(pod, pod.object.container(container.name) ?? .null, image)
          if note(.database, isCutOff, of: pod), isCutOff { askReadiness(of: container.name, in: pod) }
        }
        if let service = image.upstream { _ = note(.backend, !reaches(service, from: pod), of: pod) }
      }
    }
  }

  /// Whether a NetworkPolicy keeps a pod from the database that its image needs.
  func isCutOffFromDatabase(_ pod: StoredObject, _ image: ImageCharacter) -> Bool {
    guard enforcesNetworkPolicies, let port = image.databasePort else { return false }
    return !policies(of: pod, "Egress").admit(port: port) { rule in
      let peers = rule["to"]?.elements ?? []
      return peers.isEmpty || peers.contains { $0["ipBlock"] != nil }
    }
  }

  /// Whether a pod reaches one that serves a Service; where nothing serves it, no policy is to blame.
  private func reaches(_ service: String, from source: StoredObject) -> Bool {
    guard enforcesNetworkPolicies,
      let stored = store.object(.services, ObjectKey(namespace: source.key.namespace, name: service))
    else { return true }
    let serving = store.objects(.pods, in: source.key.namespace).filter { stored.selects($0.labels) }
    return serving.isEmpty || serving.contains { isAdmitted(to: $0, from: source) }
  }

  /// Whether the ingress controller reaches a pod.
  func isAdmittedFromIngress(to pod: StoredObject) -> Bool {
    guard enforcesNetworkPolicies else { return true }
    let controller = store.objects(.pods, in: "ingress-nginx").first { $0.isReady }
    return controller.map { isAdmitted(to: pod, from: $0) } ?? policies(of: pod, "Ingress").isEmpty
  }

  private func isAdmitted(to pod: StoredObject, from source: StoredObject) -> Bool {
    let ports = pod.object["spec", "containers"]?.elements.flatMap { $0["ports"]?.elements ?? [] } ?? []
    let port = ports.first?["containerPort"]?.integer
    let isLetIn = policies(of: pod, "Ingress").admit(port: port, of: ports) { rule in
      let peers = rule["from"]?.elements ?? []
      return peers.isEmpty || peers.contains { isPeer(source, $0, seenFrom: pod.key.namespace) }
    }
    return isLetIn
      && policies(of: source, "Egress").admit(port: port, of: ports) { rule in
        let peers = rule["to"]?.elements ?? []
        return peers.isEmpty || peers.contains { isPeer(pod, $0, seenFrom: source.key.namespace) }
      }
  }

  /// Whether a peer of a rule names a pod.
  private func isPeer(_ pod: StoredObject, _ peer: JSON, seenFrom namespace: String) -> Bool {
    if let block = peer["ipBlock"] { return block["cidr"]?.string == "0.0.0.0/0" }
    if let selector = peer["namespaceSelector"] {
      let labels = store.object(.namespaces, ObjectKey(namespace: "", name: pod.key.namespace))?.labels ?? [:]
      guard selector.selects(labels) else { return false }
    } else if pod.key.namespace != namespace {
      return false
    }
    return peer["podSelector"].map { $0.selects(pod.labels) } ?? true
  }

  /// The policies that isolate a pod in one direction.
  private func policies(of pod: StoredObject, _ direction: String) -> PolicyRules {
    var rules: [JSON] = []
    var isIsolated = false
    for policy in store.objects(.networkPolicies, in: pod.key.namespace) {
      let spec = policy.object["spec"] ?? .null
      let implied: JSON = spec["egress"] == nil ? ["Ingress"] : ["Ingress", "Egress"]
      guard (spec["policyTypes"] ?? implied).elements.contains(.string(direction)),
        (spec["podSelector"] ?? .object([])).selects(pod.labels)
      else { continue }
      isIsolated = true
      rules += spec[direction.lowercased()]?.elements ?? []
    }
    return PolicyRules(isEmpty: !isIsolated, rules: rules)
  }

  /// Notes whether a connection of a pod is cut off.
  ///
  /// - Returns: Whether that has changed.
  private mutating func note(_ peer: Silence.Peer, _ isCutOff: Bool, of pod: StoredObject) -> Bool {
    var known = silences[pod.uid] ?? []
    let open = known.lastIndex { $0.peer == peer && $0.until == nil }
    guard isCutOff != (open != nil) else { return false }
    if let open { known[open].until = now } else { known.append(Silence(peer: peer, from: now)) }
    silences[pod.uid] = Array(known.suffix(Self.silenceLimit))
    return true
  }
}

/// The rules that let traffic of one direction through to or from a pod.
private struct PolicyRules {
  /// Whether no policy concerns the pod, so that everything is let through.
  let isEmpty: Bool
  let rules: [JSON]

  /// Whether one of the rules lets a port through; `ports` are those of the container that listens.
  func admit(port: Int?, of ports: [JSON] = [], matching: (JSON) -> Bool) -> Bool {
    isEmpty
      || rules.contains { rule in
        let allowed = rule["ports"]?.elements ?? []
        return matching(rule) && (allowed.isEmpty || allowed.contains { Self.includes($0, port, ports) })
      }
  }

  private static func includes(_ allowed: JSON, _ port: Int?, _ ports: [JSON]) -> Bool {
    guard (allowed["protocol"]?.string ?? "TCP") == "TCP" else { return false }
    guard let wanted = allowed["port"], let port else { return true }
    if let number = wanted.integer {
      return (number...max(number, allowed["endPort"]?.integer ?? number)).contains(port)
    }
    return ports.contains { $0["name"] == wanted && $0["containerPort"]?.integer == port }
  }
}

extension JSON {
  /// Whether a label selector selects something with these labels; an empty one selects everything.
  func selects(_ labels: [String: String]) -> Bool {
    let expressions = self["matchExpressions"]?.elements ?? []
    return (self["matchLabels"]?.stringMembers ?? [:]).allSatisfy { labels[$0.key] == $0.value }
      && expressions.allSatisfy { expression in
        let label = labels[expression["key"]?.string ?? ""]
        let values = (expression["values"]?.elements ?? []).compactMap(\.string)
        switch expression["operator"]?.string {
        case "In": return label.map(values.contains) ?? false
        case "NotIn": return label.map { !values.contains($0) } ?? true
        case "Exists": return label != nil
        case "DoesNotExist": return label == nil
        default: return false
        }
      }
  }
}
