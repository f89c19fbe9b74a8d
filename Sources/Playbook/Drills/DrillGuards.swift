import ClusterModel

/// Why a drill is not done, with the guard that says so.
package struct DrillRefusal: Error, Hashable, Sendable {
  /// `G6`.
  package let guardID: String
  package let sentence: String

  init(_ guardID: String, _ sentence: String) {
    self.guardID = guardID
    self.sentence = sentence
  }
}

/// The guards that look at a drill before it is begun, G1 to G9 and G11; G10 watches while it lasts.
struct DrillGuards {
  let kind: DrillKind
  let target: DrillTarget
  let change: DrillChange?
  let limitSeconds: Int
  let setting: DrillSetting
  let snapshot: Snapshot
  let now: Timestamp

  /// All that speaks against it, the first first.
  var refusals: [DrillRefusal] {
    [
      permission, protection, namespace, optIn, openDrill, limit, identity, health, budget, owners, rights,
    ].compactMap { $0 }
  }

  private var permission: DrillRefusal? {
    guard setting.arming.readOnlyReason.isEmpty else { return DrillRefusal("G1", setting.arming.readOnlyReason) }
    return setting.arming.isArmed(at: now) ? nil : DrillRefusal("G1", "not armed: ctrl-t arms")
  }

  private var protection: DrillRefusal? {
    if setting.standing == .protected {
      return DrillRefusal("G2", "the context \(setting.cluster.context) is protected: others depend on it")
    }
    return setting.cluster.uid.isEmpty ? DrillRefusal("G2", "which cluster this is could not be asked") : nil
  }

  private var namespace: DrillRefusal? {
    let others = ["kube-", "ingress", "argocd", "argo-cd", "flux-system", "cert-manager"]
    guard let prefix = others.first(where: setting.namespace.hasPrefix) else {
      let isForeign = target.object.kind.isNamespaced && target.object.namespace != setting.namespace
      return isForeign ? DrillRefusal("G3", "\(target.object.typedName) is in another namespace") : nil
    }
    return DrillRefusal("G3", "the namespace \(setting.namespace) (\(prefix)…) serves the whole cluster")
  }

  private var optIn: DrillRefusal? {
    guard setting.standing == .normal else { return nil }
    if !setting.isOptedIn {
      return DrillRefusal(
        "G4", "not a cluster of this machine: the namespace needs the annotation \(DrillSetting.optIn)=enabled")
    }
    let owned = target.workload ?? target.object
    let isReleased = snapshot[owned]?.metadata.labels["app.kubernetes.io/managed-by"] == "Helm"
    return isReleased ? nil : DrillRefusal("G4", "\(owned.typedName) belongs to no Helm release")
  }

  private var openDrill: DrillRefusal? {
    setting.openDrill.map { DrillRefusal("G5", "the drill \($0) is open: undo it first") }
  }

  private var limit: DrillRefusal? {
    DrillLimit.allowed.contains(limitSeconds)
      ? nil : DrillRefusal("G9", "a drill lasts 10 s to 15 min, not \(limitSeconds) s")
  }

  private var identity: DrillRefusal? {
    for pod in [DrillTarget.SeenPod(target.object, target.uid)] + target.pods {
      guard let object = snapshot[pod.key] else { return DrillRefusal("G5", "\(pod.key.typedName) is gone") }
      guard object.metadata.uid == pod.uid else {
        return DrillRefusal("G5", "\(pod.key.typedName) is another object of the same name now")
      }
      if object.metadata.isTerminating { return DrillRefusal("G5", "\(pod.key.typedName) is being deleted") }
    }
    return nil
  }

  private var health: DrillRefusal? {
    if let release = pendingRelease { return DrillRefusal("G6", "a Helm operation is under way: \(release)") }
    let verdict = snapshot.verdict(of: setting.scope, without: snapshot.unreachablePaths, at: now)
    guard verdict.word == .healthy else {
      return DrillRefusal("G6", "the application is \(verdict.word.rawValue): \(verdict.reason)")
    }
    return nil
  }

  /// The newest release Secret that says that Helm is at work.
  private var pendingRelease: String? {
    snapshot.keys(of: .secrets, in: setting.namespace).sorted().first { key in
      key.name.hasPrefix("sh.helm.release.v1.")
        && snapshot.secrets[key]?.labels["status"]?.hasPrefix("pending-") == true
    }?.name
  }

  private var budget: DrillRefusal? {
    guard kind.traits.contains(.removesPods), !kind.traits.contains(.ignoresBudget),
      let budget = DrillNotes.budget(of: target, in: snapshot, at: now), budget.disruptionsAllowed == 0
    else { return nil }
    return DrillRefusal("G7", "the disruption budget \(budget.metadata.name) allows no pod to go now")
  }

  private var owners: DrillRefusal? {
    let reverting = DrillNotes.reverting(target, in: snapshot, at: now)
    let isDeep = kind.traits.contains(.changesTemplate) || kind.traits.contains(.changesReplicas) || isRouting
    if isDeep, let owner = reverting.first(where: \.isCertain) { return DrillRefusal("G8", owner.words) }
    if kind.traits.contains(.changesReplicas), let scaler = reverting.first(where: \.isAutoscaler) {
      return DrillRefusal("G8", scaler.words)
    }
    return nil
  }

  private var isRouting: Bool { [.service, .ingressPath].contains(kind.aim) }

  private var rights: DrillRefusal? {
    guard let change, let missing = DrillNotes.missingRights(for: change, setting).first else { return nil }
    return DrillRefusal("G11", "no right to \(missing.verb) \(missing.resource)")
  }
}
