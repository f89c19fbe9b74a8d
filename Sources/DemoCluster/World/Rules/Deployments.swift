extension World {
  /// Moves a Deployment one step towards its template and its number of replicas.
  mutating func reconcileDeployment(_ key: ObjectKey) {
    guard let stored = store.object(.deployments, key) else { return }
    let deployment = stored.object
    guard !deployment.isTerminating else { return }
    let template = deployment["spec", "template"] ?? .object([])
    let hash = Self.templateHash(template)
    let newKey = ObjectKey(namespace: key.namespace, name: "\(key.name)-\(hash)")
    if store.object(.replicaSets, newKey) == nil {
      createReplicaSet(newKey, of: stored, deployment, template, hash: hash)
    } else {
      adopt(newKey, by: stored)
    }
    if deployment["spec", "paused"]?.bool != true || replicaSets(of: stored).count == 1 {
      roll(stored, deployment, newKey: newKey)
    }
    writeStatus(ofDeployment: stored, newKey: newKey)
  }

  /// The ReplicaSets of a Deployment, in the order of their names.
  func replicaSets(of deployment: StoredObject) -> [StoredObject] {
    store.objects(.replicaSets, in: deployment.key.namespace).filter { $0.controller?.uid == deployment.uid }
  }

  /// The label that tells the pods of one template from those of another; the order of members does not count.
  static func templateHash(_ template: JSON) -> String {
    var source = RandomSource(seed: RandomSource.hash(String(decoding: template.sorted.encoded, as: UTF8.self)))
    return source.suffix(10)
  }

  private mutating func createReplicaSet(
    _ newKey: ObjectKey, of stored: StoredObject, _ deployment: JSON, _ template: JSON, hash: String
  ) {
    var labels = template["metadata", "labels"] ?? .object([])
    labels["pod-template-hash"] = .string(hash)
    var template = template
    template["metadata", "labels"] = labels
    var selector = deployment["spec", "selector"] ?? .object([])
    selector["matchLabels", "pod-template-hash"] = .string(hash)
    var metadata = JSON.strings(["name": newKey.name, "namespace": newKey.namespace])
    metadata["labels"] = labels
    metadata["annotations"] = .object([])
    let owner = Controller(kind: .deployments, name: stored.key.name, uid: stored.uid)
    metadata["ownerReferences"] = [owner.reference]
    create(
      .replicaSets,
      [
        "metadata": metadata, "spec": ["replicas": 0, "selector": selector, "template": template],
        "status": ["replicas": 0],
      ])
    setRevision(of: newKey, deployment: stored)
    let seconds = Double(deployment["spec", "progressDeadlineSeconds"]?.integer ?? 600)
    plan(after: seconds + 1, .checkProgress(stored.key))
    progress(stored.key, "NewReplicaSetCreated", "Created new replica set \"\(newKey.name)\"")
  }

  /// A template that returns (an undo) gets its old ReplicaSet with a new revision.
  private mutating func adopt(_ newKey: ObjectKey, by deployment: StoredObject) {
    let newest = replicaSets(of: deployment).map { Self.revision(of: $0) }.max() ?? 0
    guard let present = store.object(.replicaSets, newKey), Self.revision(of: present) < newest else { return }
    setRevision(of: newKey, deployment: deployment)
  }

  private mutating func setRevision(of newKey: ObjectKey, deployment: StoredObject) {
    let revision = JSON.string(String((replicaSets(of: deployment).map { Self.revision(of: $0) }.max() ?? 0) + 1))
    update(.replicaSets, newKey) { $0["metadata", "annotations"]?["deployment.kubernetes.io/revision"] = revision }
    update(.deployments, deployment.key) { deployment in
      if deployment["metadata", "annotations"] == nil { deployment["metadata", "annotations"] = .object([]) }
      deployment["metadata", "annotations"]?["deployment.kubernetes.io/revision"] = revision
    }
  }

  private static func revision(of replicaSet: StoredObject) -> Int {
    let annotations = replicaSet.object["metadata", "annotations"]
    return annotations?["deployment.kubernetes.io/revision"]?.string.flatMap { Int($0) } ?? 0
  }
}
