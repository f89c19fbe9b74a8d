extension World {
  /// Gives a DaemonSet one pod for each node it selects, and counts them.
  mutating func reconcileDaemonSet(_ key: ObjectKey) {
    guard let stored = store.object(.daemonSets, key) else { return }
    let daemonSet = stored.object
    let selector = daemonSet.value(at: "spec.template.spec.nodeSelector")?.stringMembers ?? [:]
    let nodes = store.objects(.nodes).filter { node in selector.allSatisfy { node.labels[$0.key] == $0.value } }
    let pods = activePods(ofController: stored.uid)
    let template = (daemonSet["spec", "template"] ?? .object([])).toleratingTroubledNodes
    for _ in pods.count..<max(pods.count, nodes.count) {
      let pod = createPod(
        from: template, in: key.namespace, namePrefix: key.name + "-",
        owner: Controller(kind: .daemonSets, name: key.name, uid: stored.uid))
      record("SuccessfulCreate", "Created pod: \(pod.key.name)", on: .daemonSets, stored, by: .daemonSetController)
    }
    let active = activePods(ofController: stored.uid)
    let ready = active.count { $0.isReady }
    update(.daemonSets, key) { daemonSet in
      daemonSet["status"] = [
        "currentNumberScheduled": .integer(active.count), "numberMisscheduled": 0,
        "desiredNumberScheduled": .integer(nodes.count), "numberReady": .integer(ready),
        "observedGeneration": daemonSet["metadata", "generation"] ?? 1,
        "updatedNumberScheduled": .integer(active.count), "numberAvailable": .integer(ready),
      ]
    }
  }
}

extension JSON {
  /// A template of a pod that stays on nodes where others may not, as the controller of DaemonSets makes it.
  fileprivate var toleratingTroubledNodes: JSON {
    let taints = [
      ("not-ready", "NoExecute"), ("unreachable", "NoExecute"), ("disk-pressure", "NoSchedule"),
      ("memory-pressure", "NoSchedule"), ("pid-pressure", "NoSchedule"), ("unschedulable", "NoSchedule"),
    ]
    let added = taints.map { name, effect in
      JSON.strings(["key": "node.kubernetes.io/" + name, "operator": "Exists", "effect": effect])
    }
    var template = self
    template["spec", "tolerations"] = .array((self["spec", "tolerations"]?.elements ?? []) + added)
    return template
  }
}
