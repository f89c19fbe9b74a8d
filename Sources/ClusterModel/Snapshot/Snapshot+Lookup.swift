extension Snapshot {
  /// The object of a key.
  public subscript(key: ObjectKey) -> ClusterObject? {
    switch key.kind {
    case .pods: pods[key].map(ClusterObject.pod)
    case .deployments: deployments[key].map(ClusterObject.deployment)
    case .replicaSets: replicaSets[key].map(ClusterObject.replicaSet)
    case .statefulSets: statefulSets[key].map(ClusterObject.statefulSet)
    case .daemonSets: daemonSets[key].map(ClusterObject.daemonSet)
    case .jobs: jobs[key].map(ClusterObject.job)
    case .services: services[key].map(ClusterObject.service)
    case .endpointSlices: endpointSlices[key].map(ClusterObject.endpointSlice)
    case .ingresses: ingresses[key].map(ClusterObject.ingress)
    case .events: events[key].map(ClusterObject.event)
    case .horizontalPodAutoscalers: horizontalPodAutoscalers[key].map(ClusterObject.horizontalPodAutoscaler)
    case .podDisruptionBudgets: podDisruptionBudgets[key].map(ClusterObject.podDisruptionBudget)
    case .nodes: nodes[key].map(ClusterObject.node)
    case .ingressClasses: ingressClasses[key].map(ClusterObject.ingressClass)
    case .configMaps: configMaps[key].map(ClusterObject.configMap)
    case .secrets: secrets[key].map(ClusterObject.secret)
    case .podMetrics: podMetrics[key].map(ClusterObject.podMetrics)
    case .nodeMetrics: nodeMetrics[key].map(ClusterObject.nodeMetrics)
    }
  }

  /// The keys of a kind, of one namespace or of all; in no order.
  public func keys(of kind: ResourceKind, in namespace: String? = nil) -> [ObjectKey] {
    switch kind {
    case .pods: pods.keys(in: namespace)
    case .deployments: deployments.keys(in: namespace)
    case .replicaSets: replicaSets.keys(in: namespace)
    case .statefulSets: statefulSets.keys(in: namespace)
    case .daemonSets: daemonSets.keys(in: namespace)
    case .jobs: jobs.keys(in: namespace)
    case .services: services.keys(in: namespace)
    case .endpointSlices: endpointSlices.keys(in: namespace)
    case .ingresses: ingresses.keys(in: namespace)
    case .events: events.keys(in: namespace)
    case .horizontalPodAutoscalers: horizontalPodAutoscalers.keys(in: namespace)
    case .podDisruptionBudgets: podDisruptionBudgets.keys(in: namespace)
    case .nodes: nodes.keys(in: nil)
    case .ingressClasses: ingressClasses.keys(in: nil)
    case .configMaps: configMaps.keys(in: namespace)
    case .secrets: secrets.keys(in: namespace)
    case .podMetrics: podMetrics.keys(in: namespace)
    case .nodeMetrics: nodeMetrics.keys(in: nil)
    }
  }

  mutating func reserve(_ kind: ResourceKind, _ count: Int) {
    guard kind == .pods else { return }
    pods.reserveCapacity(count)
    podSummaries.reserveCapacity(count)
  }

  /// The ReplicaSets of a Deployment, newest revision first.
  public func replicaSets(of deployment: ObjectKey) -> [ReplicaSet] {
    guard let uid = deployments[deployment]?.metadata.uid else { return [] }
    let sets = dependents[uid]?.keys.compactMap { replicaSets[$0] } ?? []
    return sets.sorted { ($0.revision ?? 0, $1.metadata.name) > ($1.revision ?? 0, $0.metadata.name) }
  }

  /// The pods a controller made, by name.
  public func pods(ofController uid: UID) -> [ObjectKey] {
    groups[.controller(uid)]?.keys.keys.sorted() ?? []
  }

  /// The pods of a Deployment (through its ReplicaSets), ReplicaSet, StatefulSet, DaemonSet or Job, by name.
  public func pods(of workload: ObjectKey) -> [ObjectKey] {
    controllers(of: workload).flatMap { groups[.controller($0)]?.keys.keys ?? [] }.sorted()
  }

  /// The pods on a node, by namespace and name.
  public func pods(onNode name: String) -> [ObjectKey] { groups[.node(name)]?.keys.keys.sorted() ?? [] }

  /// The pods of a namespace that a selector selects, by name; a selector without conditions selects all.
  ///
  /// - Complexity: O(pods of the namespace).
  public func pods(matching selector: LabelSelector, in namespace: String) -> [ObjectKey] {
    pods.keys(in: namespace).filter { pods[$0].map { selector.matches($0.metadata.labels) } ?? false }.sorted()
  }

  /// The EndpointSlices of a Service, by name.
  public func endpointSlices(of service: ObjectKey) -> [EndpointSlice] {
    (slicesOfService[service]?.keys.sorted() ?? []).compactMap { endpointSlices[$0] }
  }

  /// The events about an object, newest first.
  public func events(about key: ObjectKey) -> [KubernetesEvent] {
    guard let object = self[key] else { return [] }
    let own = events.about(object.metadata.uid)
    guard key.kind == .nodes, object.metadata.uid.value != key.name else { return own }
    // The kubelet gives the node's name where other controllers give its UID.
    return (own + events.about(UID(key.name))).sorted(by: KubernetesEvent.isNewer)
  }

  /// The Deployment, StatefulSet, DaemonSet or Job that a pod belongs to; `nil` for bare pods and while unknown.
  public func workload(ofPod key: ObjectKey) -> ObjectKey? {
    podSummaries[key]?.controller.flatMap { workload(ofController: $0, in: key.namespace) }
  }

  func workload(ofController owner: OwnerReference, in namespace: String) -> ObjectKey? {
    switch owner.kind {
    case "StatefulSet": ObjectKey(.statefulSets, namespace: namespace, name: owner.name)
    case "DaemonSet": ObjectKey(.daemonSets, namespace: namespace, name: owner.name)
    case "Job": ObjectKey(.jobs, namespace: namespace, name: owner.name)
    case "ReplicaSet": deployment(ofReplicaSet: ObjectKey(.replicaSets, namespace: namespace, name: owner.name))
    default: nil
    }
  }

  func deployment(ofReplicaSet key: ObjectKey) -> ObjectKey? {
    guard let owner = replicaSets[key]?.metadata.controller, owner.kind == "Deployment" else { return nil }
    return ObjectKey(.deployments, namespace: key.namespace, name: owner.name)
  }

  /// The UIDs of the objects that make a workload's pods.
  func controllers(of workload: ObjectKey) -> [UID] {
    guard workload.kind == .deployments else { return self[workload].map { [$0.metadata.uid] } ?? [] }
    return deployments.uid(of: workload).flatMap { dependents[$0] }?.keys.compactMap { replicaSets.uid(of: $0) } ?? []
  }
}

extension LabelSelector {
  /// Whether the labels meet every condition; always, where there is none.
  public func matches(_ labels: [String: String]) -> Bool {
    matchLabels.allSatisfy { labels[$0.key] == $0.value } && expressions.allSatisfy { $0.holds(for: labels) }
  }
}

extension LabelSelector.Expression {
  func holds(for labels: [String: String]) -> Bool {
    switch operation {
    case "In": labels[key].map(values.contains) ?? false
    case "NotIn": labels[key].map { !values.contains($0) } ?? true
    case "Exists": labels[key] != nil
    case "DoesNotExist": labels[key] == nil
    default: false
    }
  }
}
