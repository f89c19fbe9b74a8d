extension World {
  /// Moves a Deployment one step towards its template and its number of replicas.
  mutating func reconcileDeployment(_ key: ObjectKey) {
    guard let stored = store.object(.deployments, key) else { return }
    let deployment = stored.object
    guard !deployment.isTerminating else { return }
    let isPaused = deployment["spec", "paused"]?.bool == true
    notePause(key, deployment, isPaused: isPaused)
    let present = replicaSet(of: stored, withTemplateOf: deployment)
    guard !isPaused else {
      scaleWhilePaused(stored, deployment, newKey: present?.key)
      return writeStatus(ofDeployment: stored, newKey: present?.key)
    }
    if deployment.value(at: "spec.strategy.type")?.string == "Recreate",
      takeDown(replicaSets(of: stored).filter { $0.key != present?.key }, of: stored)
    {
      return writeStatus(ofDeployment: stored, newKey: present?.key)
    }
    guard let newKey = present?.key else {
      createReplicaSet(of: stored, deployment)
      return reconcile(.deployments, key)
    }
    adopt(newKey, by: stored)
    roll(stored, deployment, newKey: newKey)
    writeStatus(ofDeployment: stored, newKey: newKey)
    trimHistory(of: stored, newKey: newKey)
  }

  /// The ReplicaSet whose pods are those a Deployment asks for.
  private func replicaSet(of stored: StoredObject, withTemplateOf deployment: JSON) -> StoredObject? {
    let template = deployment["spec", "template"] ?? .null
    let known = replicaSets(of: stored).map { (replicaSet: $0, template: $0.object["spec", "template"] ?? .null) }
    // Mostly a ReplicaSet has the very template; only otherwise is it worth comparing what the two mean.
    if let same = known.first(where: { $0.template.withoutHash == template }) { return same.replicaSet }
    let wanted = template.comparableTemplate
    return known.first { $0.template.comparableTemplate == wanted }?.replicaSet
  }

  /// The ReplicaSets of a Deployment, in the order of their names.
  func replicaSets(of deployment: StoredObject) -> [StoredObject] {
    store.objects(.replicaSets, in: deployment.key.namespace).filter { $0.controller?.uid == deployment.uid }
  }

  /// The label that tells the pods of one template from those of another; the order of members does not count.
  static func templateHash(_ template: JSON) -> String {
    let text = String(decoding: template.comparableTemplate.encoded, as: UTF8.self)
    var source = RandomSource(seed: RandomSource.hash(text))
    return source.suffix(10)
  }

  private mutating func createReplicaSet(of stored: StoredObject, _ deployment: JSON) {
    var template = deployment["spec", "template"] ?? .object([])
    let hash = Self.templateHash(template)
    let newKey = ObjectKey(namespace: stored.key.namespace, name: "\(stored.key.name)-\(hash)")
    var labels = template["metadata", "labels"] ?? .object([])
    labels["pod-template-hash"] = .string(hash)
    template["metadata", "labels"] = labels
    var selector = deployment["spec", "selector"] ?? .object([])
    selector["matchLabels", "pod-template-hash"] = .string(hash)
    let revision = nextRevision(of: stored)
    var metadata = JSON.strings(["name": newKey.name, "namespace": newKey.namespace])
    metadata["labels"] = labels
    let replicas = firstReplicas(of: stored, deployment)
    metadata["annotations"] = sizeAnnotations(of: deployment)
    metadata["annotations"]?["deployment.kubernetes.io/revision"] = .string(revision)
    metadata["ownerReferences"] = [Controller(kind: .deployments, name: stored.key.name, uid: stored.uid).reference]
    var spec: JSON = ["replicas": .integer(replicas)]
    spec["minReadySeconds"] = deployment["spec", "minReadySeconds"]
    spec["selector"] = selector
    spec["template"] = template
    create(.replicaSets, ["metadata": metadata, "spec": spec, "status": ["replicas": 0]])
    let moment = now
    update(.deployments, stored.key) { deployment in
      deployment.setRevision(revision)
      deployment.setDeploymentCondition(
        "Progressing", "True", "NewReplicaSetCreated", "Created new replica set \"\(newKey.name)\"", at: moment)
    }
    planProgressCheck(of: stored.key, deployment)
    guard replicas > 0 else { return }
    record(
      "ScalingReplicaSet", "Scaled up replica set \(newKey.name) from 0 to \(replicas)", on: .deployments, stored,
      by: .deploymentController)
  }

  /// A template that returns (an undo) gets its old ReplicaSet with a new revision.
  private mutating func adopt(_ newKey: ObjectKey, by deployment: StoredObject) {
    let newest = replicaSets(of: deployment).map { Self.revision(of: $0) }.max() ?? 0
    guard let present = store.object(.replicaSets, newKey) else { return }
    let minimum = deployment.object["spec", "minReadySeconds"]
    let former = Self.revision(of: present)
    guard former < newest else {
      update(.replicaSets, newKey) { $0["spec", "minReadySeconds"] = minimum }
      return writeRevision(String(former), to: deployment.key)
    }
    let revision = nextRevision(of: deployment)
    update(.replicaSets, newKey) { replicaSet in
      let history = replicaSet["metadata", "annotations"]?["deployment.kubernetes.io/revision-history"]?.string
      let longer = (history.map { $0 + "," } ?? "") + String(former)
      replicaSet["metadata", "annotations"]?["deployment.kubernetes.io/revision"] = .string(revision)
      replicaSet["metadata", "annotations"]?["deployment.kubernetes.io/revision-history"] = .string(longer)
      replicaSet["spec", "minReadySeconds"] = minimum
    }
    writeRevision(revision, to: deployment.key)
    planProgressCheck(of: deployment.key, deployment.object)
  }

  private func nextRevision(of deployment: StoredObject) -> String {
    String((replicaSets(of: deployment).map { Self.revision(of: $0) }.max() ?? 0) + 1)
  }

  private mutating func writeRevision(_ revision: String, to deployment: ObjectKey) {
    update(.deployments, deployment) { $0.setRevision(revision) }
  }

  /// Looks at a Deployment again when its rollout may have taken too long.
  mutating func planProgressCheck(of key: ObjectKey, _ deployment: JSON) {
    let seconds = Double(deployment["spec", "progressDeadlineSeconds"]?.integer ?? 600)
    plan(after: seconds + 1, .look(.deployments, key))
  }

  /// Forgets the oldest ReplicaSets of a Deployment whose rollout is complete.
  private mutating func trimHistory(of deployment: StoredObject, newKey: ObjectKey) {
    guard let object = store.object(.deployments, deployment.key)?.object,
      object.progressReason == "NewReplicaSetAvailable"
    else { return }
    let limit = object["spec", "revisionHistoryLimit"]?.integer ?? 10
    let old = replicaSets(of: deployment).filter { $0.key != newKey }
    guard old.count > limit else { return }
    let oldest = old.sorted { Self.revision(of: $0) < Self.revision(of: $1) }.prefix(old.count - limit)
    for replicaSet in oldest where (podsOfController[replicaSet.uid] ?? []).isEmpty {
      guard replicaSet.object["spec", "replicas"] == 0 else { continue }
      remove(.replicaSets, replicaSet.key)
    }
  }

  private static func revision(of replicaSet: StoredObject) -> Int {
    let annotations = replicaSet.object["metadata", "annotations"]
    return annotations?["deployment.kubernetes.io/revision"]?.string.flatMap { Int($0) } ?? 0
  }
}

extension JSON {
  /// Notes which revision a Deployment has.
  fileprivate mutating func setRevision(_ revision: String) {
    if self["metadata", "annotations"] == nil { self["metadata", "annotations"] = .object([]) }
    self["metadata", "annotations"]?["deployment.kubernetes.io/revision"] = .string(revision)
  }

  /// A template without what does not tell two templates apart: the hash, and fields that are empty.
  fileprivate var comparableTemplate: JSON {
    withoutHash.withoutEmpties.sorted
  }

  /// A template without the label that its ReplicaSet adds.
  fileprivate var withoutHash: JSON {
    var template = self
    if var labels = template["metadata", "labels"] {
      labels["pod-template-hash"] = nil
      template["metadata", "labels"] = labels
    }
    return template
  }

  private var withoutEmpties: JSON {
    switch self {
    case .object(let members):
      .object(
        members.map { Member(name: $0.name, value: $0.value.withoutEmpties) }.filter {
          $0.value != .null && $0.value != .object([]) && $0.value != .array([])
        })
    case .array(let elements): .array(elements.map(\.withoutEmpties))
    default: self
    }
  }
}
