/// One Deployment of the load, as it is after its rollout.
struct LoadDeployment {
  let index: Int
  let pods: Int
  /// How many nodes carry the load, and the first of them.
  let firstNode: Int
  let nodes: Int
  let created: Moment
  let manifests: LoadManifests

  private var namespace: String { World.loadNamespace(index) }
  private var name: String { "load-\(index + 1)" }

  /// Adds the objects of the Deployment to those of other Deployments.
  func build(into filled: inout [ResourceKind: [StoredObject]], world: inout World) {
    let deployment = finish(.deployments, deploymentObject, world: &world)
    let deploymentOwner = Controller(kind: .deployments, name: name, uid: deployment.uid)
    let hash = World.templateHash(deployment.object["spec", "template"] ?? .object([]))
    let replicaSet = finish(.replicaSets, replicaSetObject(deployment, hash, deploymentOwner), world: &world)
    let owner = Controller(kind: .replicaSets, name: replicaSet.key.name, uid: replicaSet.uid)
    let made = makePods(replicaSet.object["spec", "template"] ?? .object([]), owner: owner, world: &world)
    let service = finish(.services, serviceObject, world: &world)
    let slice = finish(.endpointSlices, sliceObject(service, made), world: &world)
    filled[.deployments, default: []].append(deployment)
    filled[.replicaSets, default: []].append(replicaSet)
    filled[.services, default: []].append(service)
    filled[.endpointSlices, default: []].append(slice)
    filled[.pods, default: []] += made
  }

  /// Gives an object its identity, age and version.
  private func finish(_ kind: ResourceKind, _ object: JSON, world: inout World) -> StoredObject {
    var object = World.withDefaults(kind, object)
    var metadata: JSON = ["name": object["metadata", "name"] ?? "", "namespace": .string(namespace)]
    metadata["uid"] = .string(world.random.uid())
    metadata["resourceVersion"] = ""
    metadata["generation"] = 1
    metadata["creationTimestamp"] = .string(created.text)
    for member in object["metadata"]?.members ?? [] where metadata[member.name] == nil {
      metadata[member.name] = member.value
    }
    object["metadata"] = metadata
    return StoredObject(kind: kind, object: object, resourceVersion: world.store.reserveVersions(1))
  }

  private var deploymentObject: JSON {
    var object = manifests.deployment.renamed(from: LoadManifests.name, to: name)
    object["metadata", "annotations"] = ["deployment.kubernetes.io/revision": "1"]
    object["spec", "replicas"] = .integer(pods)
    let counts = ["replicas", "updatedReplicas", "readyReplicas", "availableReplicas"]
    object["status"] = .object(
      [JSON.Member(name: "observedGeneration", value: 1)]
        + counts.map { JSON.Member(name: $0, value: .integer(pods)) })
    object["status", "conditions"] = [
      condition("Available", "MinimumReplicasAvailable", "Deployment has minimum availability."),
      condition("Progressing", "NewReplicaSetAvailable", "ReplicaSet \"\(name)\" has successfully progressed."),
    ]
    return object
  }

  private func condition(_ type: String, _ reason: String, _ message: String) -> JSON {
    .strings([
      "type": type, "status": "True", "lastUpdateTime": created.text, "lastTransitionTime": created.text,
      "reason": reason, "message": message,
    ])
  }

  private func replicaSetObject(_ deployment: StoredObject, _ hash: String, _ owner: Controller) -> JSON {
    let labels = JSON.strings(["app": name, "pod-template-hash": hash])
    var template = deployment.object["spec", "template"] ?? .object([])
    template["metadata", "labels"] = labels
    let metadata: JSON = [
      "name": .string("\(name)-\(hash)"), "labels": labels,
      "annotations": .strings([
        "deployment.kubernetes.io/desired-replicas": String(pods),
        "deployment.kubernetes.io/max-replicas": String(pods + (pods + 3) / 4),
        "deployment.kubernetes.io/revision": "1",
      ]), "ownerReferences": [owner.reference],
    ]
    let counts = ["replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas"]
    let status = counts.map { JSON.Member(name: $0, value: .integer(pods)) }
    return [
      "metadata": metadata,
      "spec": ["replicas": .integer(pods), "selector": ["matchLabels": labels], "template": template],
      "status": .object(status + [JSON.Member(name: "observedGeneration", value: 1)]),
    ]
  }

  private var serviceObject: JSON {
    var object = manifests.service.renamed(from: LoadManifests.name, to: name)
    object["spec", "clusterIP"] = .string("10.\(100 + index / 60_000).\(index / 250 % 240).\(index % 250 + 1)")
    object["status"] = ["loadBalancer": [:]]
    return object
  }

  private func sliceObject(_ service: StoredObject, _ pods: [StoredObject]) -> JSON {
    let labels = JSON.strings([
      "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io", "kubernetes.io/service-name": name,
    ])
    let owner = Controller(kind: .services, name: name, uid: service.uid)
    return [
      "metadata": [
        "name": .string("\(name)-\(service.uid.prefix(5))"), "generateName": .string(name + "-"), "labels": labels,
        "ownerReferences": [owner.reference],
      ], "addressType": "IPv4", "endpoints": .array(pods.sorted { $0.key < $1.key }.compactMap(World.endpoint)),
      "ports": [["name": "http", "port": 8080, "protocol": "TCP"]],
    ]
  }
}
