extension Snapshot {
  /// Notes what an object that arrives changes against the one known, where no object will tell it later.
  mutating func noteChange(to object: ClusterObject, at now: Timestamp) {
    switch object {
    case .deployment(let new):
      guard let old = deployments[object.key], isLaterState(new.metadata, of: old.metadata) else { return }
      noteScaling(object.key, old.replicas, new.replicas, at: now)
      noteImages(object.key, old.template, new.template, at: now)
    case .statefulSet(let new):
      guard let old = statefulSets[object.key], isLaterState(new.metadata, of: old.metadata) else { return }
      noteScaling(object.key, old.replicas, new.replicas, at: now)
      noteImages(object.key, old.template, new.template, at: now)
    case .daemonSet(let new):
      guard let old = daemonSets[object.key], isLaterState(new.metadata, of: old.metadata) else { return }
      noteImages(object.key, old.template, new.template, at: now)
    case .configMap(let new): noteVersion(object.key, configMaps[object.key], new, at: now)
    case .secret(let new): noteVersion(object.key, secrets[object.key], new, at: now)
    case .node(let new):
      guard let old = nodes[object.key], isLaterState(new.metadata, of: old.metadata),
        old.isUnschedulable != new.isUnschedulable
      else { return }
      let words = new.isUnschedulable ? "takes no new pods any more (cordoned)" : "takes new pods again (uncordoned)"
      changeLog.append(Change(.node, at: now, object.key, words))
    default: break
    }
  }

  private func isLaterState(_ new: ObjectMetadata, of old: ObjectMetadata) -> Bool {
    old.uid == new.uid && !isSame(old, new)
  }

  private mutating func noteVersion(_ key: ObjectKey, _ old: ObjectMetadata?, _ new: ObjectMetadata, at now: Timestamp)
  {
    // Helm marks its older records: that is no change of what runs.
    guard let old, isLaterState(new, of: old), new.helmRelease == nil else { return }
    let versions = "version \(old.resourceVersion) → \(new.resourceVersion)"
    changeLog.append(Change(.configuration, at: now, key, "changed (\(versions))"))
  }

  /// Notes that an object went that leaves nothing behind to tell of it.
  mutating func noteRemoval(of key: ObjectKey, at now: Timestamp) {
    switch key.kind {
    case .configMaps: changeLog.append(Change(.configuration, at: now, key, "deleted"))
    case .secrets:
      guard secrets[key]?.helmRelease == nil else { return }
      changeLog.append(Change(.configuration, at: now, key, "deleted"))
    case .nodes: changeLog.append(Change(.node, at: now, key, "left the cluster"))
    case .deployments, .statefulSets, .daemonSets: changeLog.append(Change(.deploy, at: now, key, "deleted"))
    default: break
    }
  }

  private mutating func noteScaling(_ key: ObjectKey, _ old: Int, _ new: Int, at now: Timestamp) {
    guard old != new else { return }
    changeLog.append(Change(.replicas, at: now, key, "scaled from \(old) to \(new)"))
  }

  private mutating func noteImages(_ key: ObjectKey, _ old: PodTemplate, _ new: PodTemplate, at now: Timestamp) {
    for text in new.imageChanges(since: old) { changeLog.append(Change(.image, at: now, key, text)) }
  }
}

extension PodTemplate {
  /// The images that are others than in an older template: `api: todo-backend:v1.0.0 → v1.0.1`.
  func imageChanges(since old: PodTemplate) -> [String] {
    containers.compactMap { container in
      guard let before = old.containers.first(where: { $0.name == container.name }), before.image != container.image
      else { return nil }
      // Of the same repository the tag says it all.
      let (name, tag) = container.image.splitAtTag
      let isSameName = before.image.splitAtTag.name == name && !tag.isEmpty
      return "\(container.name): \(before.image) → \(isSameName ? tag : container.image)"
    }
  }
}

extension String {
  /// An image's name, and its tag or digest; the port of a registry is no tag.
  var splitAtTag: (name: String, tag: String) {
    if let at = firstIndex(of: "@") { return (String(self[..<at]), String(self[index(after: at)...])) }
    guard let colon = lastIndex(of: ":"), !self[colon...].contains("/") else { return (self, "") }
    return (String(self[..<colon]), String(self[index(after: colon)...]))
  }
}

/// What the Secret of a Helm release says of it.
struct HelmRelease: Hashable {
  var name: String
  var revision: String
  /// `deployed`, `failed`, `pending-upgrade`.
  var status: String
}

extension ObjectMetadata {
  /// The release that this is the record of, for the Secrets that Helm keeps.
  var helmRelease: HelmRelease? {
    guard name.hasPrefix("sh.helm.release.v1."), let release = labels["name"], let version = labels["version"] else {
      return nil
    }
    return HelmRelease(name: release, revision: version, status: labels["status"] ?? "")
  }
}
