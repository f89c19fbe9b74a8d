/// A ConfigMap or Secret that workloads need and that does not exist.
public struct MissingReference: Hashable, Sendable {
  /// `ConfigMap` or `Secret`.
  public var kind: String
  public var namespace: String
  public var name: String
  /// The workloads that need it.
  public var neededBy: [ObjectKey]
}

extension Snapshot {
  /// The nodes that can take pods, of all that are known.
  public var nodeReadiness: (ready: Int, total: Int) {
    let all = nodes.objects()
    return (all.count(where: \.isReady), all.count)
  }

  /// What nodes complain of, by name: `node-1: MemoryPressure`, `node-2 is NotReady`.
  public var nodeProblems: [String] {
    nodes.objects().flatMap { node in
      let name = node.metadata.name
      let pressures = node.pressures.map { "\(name): \($0)" }
      return node.isReady ? pressures : ["\(name) is \(node.statusText)"] + pressures
    }
  }

  /// The ConfigMaps and Secrets that the workloads of a namespace need and that do not exist, by kind and name.
  ///
  /// - Returns: `nil` where neither the names of ConfigMaps nor of Secrets can be read.
  public func missingReferences(in namespace: String) -> [MissingReference]? {
    let readable = (stream(.configMaps).hasList, stream(.secrets).hasList)
    guard readable.0 || readable.1 else { return nil }
    var missing: [ConfigurationReference: [ObjectKey]] = [:]
    for kind in WorkloadSummary.kinds {
      for key in keys(of: kind, in: namespace).sorted() {
        for reference in template(of: key)?.neededReferences ?? [] where !exists(reference, in: namespace, readable) {
          missing[reference, default: []].append(key)
        }
      }
    }
    return missing.map { reference, keys in
      MissingReference(kind: reference.kind, namespace: namespace, name: reference.name, neededBy: keys)
    }.sorted { ($0.kind, $0.name) < ($1.kind, $1.name) }
  }

  private func exists(_ reference: ConfigurationReference, in namespace: String, _ readable: (Bool, Bool)) -> Bool {
    if reference.kind == "ConfigMap" {
      return !readable.0 || configMaps[ObjectKey(.configMaps, namespace: namespace, name: reference.name)] != nil
    }
    return !readable.1 || secrets[ObjectKey(.secrets, namespace: namespace, name: reference.name)] != nil
  }

  /// The template of a workload's pods.
  public func template(of workload: ObjectKey) -> PodTemplate? {
    switch workload.kind {
    case .deployments: deployments[workload]?.template
    case .statefulSets: statefulSets[workload]?.template
    case .daemonSets: daemonSets[workload]?.template
    case .jobs: jobs[workload]?.template
    default: nil
    }
  }

  /// The pods that answer DNS queries and those of them that are ready; `nil` where none are among the pods read.
  public var dnsPods: (ready: Int, total: Int)? {
    let all = pods.keys(in: "kube-system").filter { pods[$0]?.metadata.labels["k8s-app"] == "kube-dns" }
    guard !all.isEmpty else { return nil }
    return (all.count { podSummaries[$0]?.steadyHealth == .good }, all.count)
  }

  /// The warnings of the last time, newest first.
  public func warnings(within duration: Duration, in namespace: String? = nil, at now: Timestamp) -> [KubernetesEvent] {
    events.warnings(since: now.advanced(by: .zero - duration), in: namespace)
  }

  /// The pods of a namespace whose containers restarted since a moment, by name.
  ///
  /// - Complexity: O(pods of the namespace).
  public func podsRestarted(since moment: Timestamp, in namespace: String? = nil) -> [ObjectKey] {
    pods.keys(in: namespace).filter { key in
      guard let columns = podSummaries[key]?.columns, columns.restarts > 0 else { return false }
      return columns.lastRestart.map { $0 >= moment } ?? false
    }.sorted()
  }
}

extension PodTemplate {
  /// The ConfigMaps and Secrets without which the pods do not start, each once.
  public var neededReferences: [ConfigurationReference] {
    let environment = (containers + initContainers).flatMap(\.environmentReferences)
    let volumes = volumeReferences.filter { $0.kind != "PersistentVolumeClaim" }.map {
      ConfigurationReference(kind: $0.kind, name: $0.name, isOptional: $0.isOptional)
    }
    var seen: Set<ConfigurationReference> = []
    return (environment + volumes).filter { !$0.isOptional && seen.insert($0).inserted }
  }
}
