extension LoadDeployment {
  /// Writes the pods of a ReplicaSet from one template; only names, addresses and identities differ.
  func makePods(_ template: JSON, owner: Controller, world: inout World) -> [StoredObject] {
    let pod = runningPod(template, owner: owner)
    let texts = StoredObject.texts(of: pod)
    let (opening, rest) = (ByteTemplate(texts.opening), ByteTemplate(texts.rest))
    let managedFields = ByteTemplate(ManagedFields.text(.pods, pod))
    let labels = template["metadata", "labels"]?.stringMembers ?? [:]
    let running = (template["spec", "containers"]?.elements ?? []).map {
      RunningContainer(name: $0["name"]?.string ?? "", image: $0["image"]?.string ?? "", startedAt: created + 2)
    }
    let namespace = World.loadNamespace(index)
    return (0..<pods).map { number in
      let node = firstNode + (index * World.podsPerLoadDeployment + number) % nodes
      let name = owner.name + "-" + world.random.suffix(5)
      let uid = world.random.uid()
      let version = world.store.reserveVersions(1)
      let address = "10.244.\(node % 250).\(index * World.podsPerLoadDeployment / max(1, nodes) % 250 + 2)"
      let nodeName = World.nodeName(node)
      let values = [
        name, uid, String(version), nodeName, "192.168.49.\(node + 2)", address, world.random.hexadecimal(64),
        world.random.suffix(5),
      ]
      return StoredObject(
        kind: .pods, key: ObjectKey(namespace: namespace, name: name), uid: uid, resourceVersion: version,
        labels: labels, fields: fields(node: nodeName, address: address), running: running, controller: owner,
        createdAt: created, opening: opening.filled(values), managedFields: managedFields.pieces(values),
        rest: rest.filled(values))
    }
  }

  private func fields(node: String, address: String) -> [String] {
    ResourceKind.pods.selectableFields.map { path in
      switch path {
      case "spec.nodeName": node
      case "status.podIP": address
      case "status.phase": "Running"
      case "spec.restartPolicy": "Always"
      case "spec.schedulerName": "default-scheduler"
      case "spec.serviceAccountName": "default"
      default: ""
      }
    }
  }

  /// A running pod with marks: name 0, uid 1, version 2, node 3, host 4, address 5, container 6, token 7.
  private func runningPod(_ template: JSON, owner: Controller) -> JSON {
    var metadata: JSON = .strings([
      "name": "@0@", "generateName": owner.name + "-", "namespace": World.loadNamespace(index), "uid": "@1@",
      "resourceVersion": "@2@", "creationTimestamp": created.text,
    ])
    metadata["labels"] = template["metadata", "labels"]
    metadata["ownerReferences"] = [owner.reference]
    var pod: JSON = ["metadata": metadata]
    pod["spec"] = World.admittedSpec(template["spec"] ?? .object([]), token: "@7@")
    pod["spec", "nodeName"] = "@3@"
    pod["status"] = ["phase": "Running"]
    pod.setCondition("PodReadyToStartContainers", true, at: created + 2)
    pod.setCondition("Initialized", true, at: created)
    pod.setCondition("Ready", true, at: created + 4)
    pod.setCondition("ContainersReady", true, at: created + 4)
    pod.setCondition("PodScheduled", true, at: created)
    pod["status", "hostIP"] = "@4@"
    pod["status", "hostIPs"] = [["ip": "@4@"]]
    pod["status", "podIP"] = "@5@"
    pod["status", "podIPs"] = [["ip": "@5@"]]
    pod["status", "startTime"] = .string(created.text)
    var statuses = (pod["spec", "containers"]?.elements ?? []).map(World.creating)
    for index in statuses.indices { statuses[index].start(at: created + 2, identity: "@6@", isReady: true) }
    pod["status", "containerStatuses"] = .array(statuses)
    pod["status", "qosClass"] = "Burstable"
    return pod
  }
}
