extension World {
  /// How often the world does what happens without a cause, in seconds.
  static let secondsBetweenHeartbeats = 60.0
  static let secondsBetweenScalings = 15.0
  static let secondsBetweenSyncs = 150.0
  static let secondsBetweenRenewals = 10.0

  /// Starts what happens without a cause.
  mutating func beginBackground() {
    plan(after: Self.secondsBetweenHeartbeats, .heartbeat)
    plan(after: Self.secondsBetweenScalings, .scaleByLoad)
    plan(after: Self.secondsBetweenSyncs, .syncIngresses)
  }

  /// The kubelets report that their nodes are well.
  mutating func heartbeat() {
    let time = JSON.string(now.text)
    for node in store.objects(.nodes) where silentNodes[node.key.name] == nil {
      update(.nodes, node.key) { node in
        var conditions = node["status", "conditions"]?.elements ?? []
        for index in conditions.indices { conditions[index]["lastHeartbeatTime"] = time }
        node["status", "conditions"] = .array(conditions)
      }
    }
    expireEvents()
    plan(after: Self.secondsBetweenHeartbeats, .heartbeat)
  }

  /// The kubelets renew the leases by which the cluster knows that their nodes are alive.
  mutating func renewLeases() {
    let time = JSON.string(now.textWithMicroseconds)
    for node in store.objects(.nodes) where silentNodes[node.key.name] == nil {
      let key = ObjectKey(namespace: "kube-node-lease", name: node.key.name)
      if update(.leases, key, { $0["spec", "renewTime"] = time }) == nil { createLease(key, of: node, at: time) }
    }
    plan(after: Self.secondsBetweenRenewals, .renewLeases)
  }

  private mutating func createLease(_ key: ObjectKey, of node: StoredObject, at time: JSON) {
    var metadata = JSON.strings(["name": key.name, "namespace": key.namespace])
    metadata["ownerReferences"] = [
      .strings(["apiVersion": "v1", "kind": "Node", "name": node.key.name, "uid": node.uid])
    ]
    create(
      .leases,
      [
        "metadata": metadata,
        "spec": ["holderIdentity": .string(key.name), "leaseDurationSeconds": 40, "renewTime": time],
      ])
  }

  /// The autoscaler reads the load; it shows it and leaves the number of replicas alone.
  mutating func scaleByLoad() {
    for stored in store.objects(.horizontalPodAutoscalers) {
      let target = ObjectKey(
        namespace: stored.key.namespace,
        name: stored.object.value(at: "spec.scaleTargetRef.name")?.string ?? "")
      guard let deployment = store.object(.deployments, target)?.object else { continue }
      let load = meanLoad(of: deployment, in: target.namespace)
      let moment = now
      update(.horizontalPodAutoscalers, stored.key) { $0.showLoad(load, replicas: deployment, at: moment) }
    }
    plan(after: Self.secondsBetweenScalings, .scaleByLoad)
  }

  private func meanLoad(of deployment: JSON, in namespace: String) -> (millicores: Int, percent: Int) {
    let labels = deployment.value(at: "spec.selector.matchLabels")?.stringMembers ?? [:]
    let pods = store.objects(.pods, in: namespace).filter { pod in labels.allSatisfy { pod.labels[$0.key] == $0.value }
    }
    let used = pods.flatMap { usage(of: $0, at: now) }.reduce(0.0) { $0 + $1.millicores }
    let requested = max(1, Self.requestedMillicores(of: deployment.value(at: "spec.template") ?? .object([])))
    let mean = pods.isEmpty ? 0 : used / Double(pods.count)
    return (Int(mean), Int(mean * 100 / Double(requested)))
  }

  /// The ingress controller looks at the ingresses again and says so.
  mutating func syncIngresses() {
    for ingress in store.objects(.ingresses) {
      record("Sync", "Scheduled for sync", on: .ingresses, ingress, by: .ingressController)
    }
    plan(after: Self.secondsBetweenSyncs, .syncIngresses)
  }
}

extension JSON {
  /// Writes the status of an autoscaler.
  fileprivate mutating func showLoad(
    _ load: (millicores: Int, percent: Int), replicas deployment: JSON, at moment: Moment
  ) {
    let replicas = deployment["status", "replicas"] ?? 0
    self["status", "currentReplicas"] = replicas
    self["status", "desiredReplicas"] = replicas
    self["status", "currentMetrics"] = [
      [
        "type": "Resource",
        "resource": [
          "name": "cpu",
          "current": ["averageValue": .string("\(load.millicores)m"), "averageUtilization": .integer(load.percent)],
        ],
      ]
    ]
    guard self["status", "conditions"] == nil else { return }
    let texts = [
      ("AbleToScale", true, "ReadyForNewScale", "recommended size matches current size"),
      (
        "ScalingActive", true, "ValidMetricFound",
        "the HPA was able to successfully calculate a replica count from cpu resource utilization (percentage of request)"
      ), ("ScalingLimited", false, "DesiredWithinRange", "the desired count is within the acceptable range"),
    ]
    self["status", "conditions"] = .array(
      texts.map { type, isTrue, reason, message in
        .strings([
          "type": type, "status": isTrue ? "True" : "False", "lastTransitionTime": moment.text, "reason": reason,
          "message": message,
        ])
      })
  }
}
