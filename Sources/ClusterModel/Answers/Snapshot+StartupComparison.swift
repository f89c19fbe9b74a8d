/// How a pod came to be ready, and how long the pods of the revision before took.
public struct StartupComparison: Hashable, Sendable {
  /// The pods of an older revision.
  public struct Before: Hashable, Sendable {
    public var revision: Int?
    /// How many pods the medians are of.
    public var pods: Int
    /// By step; a step whose time nothing tells is missing.
    public var medians: [StartupPhase.Step: Duration]

    /// From the creation to ready, as the sum of the medians.
    public var total: Duration { medians.values.reduce(.zero, +) }
  }

  public var phases: [StartupPhase]
  /// `nil` where no pod of an older revision was seen to become ready.
  public var before: Before?

  /// From the creation to ready; `nil` before.
  public var total: Duration? {
    guard let last = phases.last, last.isFinished, last.finishedAt != nil else { return nil }
    return phases.compactMap(\.duration).reduce(.zero, +)
  }
}

extension Snapshot {
  /// How a pod came to be ready against the median of the newest older revision of which pods were seen.
  public func startupComparison(ofPod key: ObjectKey) -> StartupComparison? {
    guard let pod = pods[key] else { return nil }
    var comparison = StartupComparison(phases: startupPhases(ofPod: key), before: nil)
    guard let owner = pod.metadata.controller, owner.kind == "ReplicaSet", let deployment = workload(ofPod: key),
      let own = replicaSets[ObjectKey(.replicaSets, namespace: key.namespace, name: owner.name)]?.revision
    else { return comparison }
    for set in replicaSets(of: deployment) where (set.revision ?? .max) < own {
      // Those that end are among the remembered ones already.
      let present = pods(ofController: set.metadata.uid).prefix(StartupTable.podsMax)
        .filter { pods[$0]?.metadata.isTerminating == false }.compactMap { startupSteps(ofPod: $0) }
      let all = startups.steps(of: set.metadata.uid) + present
      guard !all.isEmpty else { continue }
      let medians = StartupPhase.Step.allCases.reduce(into: [:]) { $0[$1] = Self.median(of: $1, in: all) }
      comparison.before = .init(revision: set.revision, pods: all.count, medians: medians)
      break
    }
    return comparison
  }

  /// How long each step of a pod took that became ready; `nil` for others, and for pods whose containers began again.
  func startupSteps(ofPod key: ObjectKey) -> StartupTable.Steps? {
    guard let pod = pods[key], pod.containerStatuses.allSatisfy({ $0.restartCount == 0 }) else { return nil }
    let phases = startupPhases(ofPod: key)
    guard phases.allSatisfy(\.isFinished) else { return nil }
    let steps = phases.reduce(into: StartupTable.Steps()) { $0[$1.step] = $1.duration }
    return steps.isEmpty ? nil : steps
  }

  /// Keeps how long a pod took that is about to be forgotten.
  mutating func rememberStartup(ofPod key: ObjectKey) {
    guard let owner = pods[key]?.metadata.controller, owner.kind == "ReplicaSet", let steps = startupSteps(ofPod: key)
    else { return }
    startups.append(steps, of: owner.uid)
  }

  private static func median(of step: StartupPhase.Step, in all: [StartupTable.Steps]) -> Duration? {
    let sorted = all.compactMap { $0[step] }.sorted()
    return sorted.isEmpty ? nil : sorted[(sorted.count - 1) / 2]
  }
}
