import CellScreen
import ClusterModel

extension DashboardState {
  /// Hides these parts from now on.
  package mutating func hide(_ mask: Mask) {
    masking.hide(mask)
    guard !mask.isEmpty else { return }
    learnConnection()
    // Names that others begin with come first: should there ever be too many, those are the ones that count.
    for kind in Masking.learnedKinds { learn(snapshot.keys(of: kind)) }
  }

  /// Hides what was chosen, or shows it again.
  mutating func toggleMask() {
    hide(masking.mask.isEmpty ? chosenMask : [])
    notice = masking.mask.isEmpty ? "nothing is hidden" : "hidden: \(masking.mask.text)"
  }

  /// Hides what a list names, such as `hosts,names`, or shows everything again for `nothing`.
  mutating func hide(parts list: String) -> [Effect] {
    guard let mask = list == "nothing" ? [] : Mask(list: list) else {
      notice = "\(list) cannot be hidden; name some of \(Mask.all.text), with commas and no blanks, or nothing"
      return []
    }
    if !mask.isEmpty { chosenMask = mask }
    hide(mask)
    notice = mask.isEmpty ? "nothing is hidden" : "hidden: \(mask.text)"
    return []
  }

  /// Keeps up with what came; costs nothing where nothing is hidden.
  mutating func followMask(_ change: SnapshotChange) {
    guard !masking.mask.isEmpty else { return }
    if change.isConnectionChanged { learnConnection() }
    learn(change.added + change.changed)
  }

  /// What was typed as it may be seen: it can be half a name.
  func shownTyping(_ text: String) -> String {
    masking.mask.contains(.names) ? String(repeating: "•", count: TextWidth.columns(of: text)) : text
  }

  /// Learns where this is, and the other places that were named.
  mutating func learnConnection() {
    guard masking.mask.contains(.names) else { return }
    let connection = snapshot.connection
    for name in [connection.context, connection.cluster, connection.namespace ?? ""] { masking.learn(name) }
    for name in placesLeft + namespaces + contexts { masking.learn(name) }
    // Two titles are the program's own words.
    guard !["TodoTop", "recording"].contains(title) else { return }
    for word in title.split(separator: " ") where word.count > 2 { masking.learn(String(word)) }
  }

  private mutating func learn(_ keys: [ObjectKey]) {
    for key in keys where Masking.learnedKinds.contains(key.kind) {
      if key.kind == .nodes {
        if masking.mask.contains(.hosts) { masking.learn(key.name) }
        continue
      }
      if case .ingress(let ingress)? = snapshot[key], masking.mask.contains(.hosts) {
        for host in ingress.rules.map(\.host) + ingress.tls.flatMap(\.hosts) { masking.learn(host) }
      }
      // Nodes may not be listed for everybody.
      if let pod = snapshot.pods[key], masking.mask.contains(.hosts) { masking.learn(pod.nodeName) }
      guard masking.mask.contains(.names) else { continue }
      masking.learn(key.namespace)
      masking.learn(key.name)
      if let pod = snapshot.pods[key] { masking.learn(pod) }
    }
  }
}

extension Masking {
  /// The kinds whose names people give, those that other names are made from first.
  static let learnedKinds: [ResourceKind] = [
    .nodes, .deployments, .statefulSets, .daemonSets, .jobs, .services, .ingresses, .configMaps, .secrets,
    .horizontalPodAutoscalers, .podDisruptionBudgets, .replicaSets, .pods,
  ]

  /// What a pod names: its containers, their images, and what they mount, which need not exist.
  fileprivate mutating func learn(_ pod: Pod) {
    // The last part of its name is how sentences and logs call it.
    if let last = pod.metadata.name.split(separator: "-").last, last.count > 3 { learn(String(last)) }
    for container in pod.containers + pod.initContainers {
      learn(container.name)
      for reference in container.environmentReferences { learn(reference.name) }
      let image = container.image.prefix { $0 != "@" }
      for part in image.split(separator: "/") { learn(String(part.prefix { $0 != ":" })) }
    }
    for reference in pod.volumeReferences { learn(reference.name) }
  }
}
