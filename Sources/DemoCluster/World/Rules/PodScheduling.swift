extension World {
  /// How long the scheduler waits before it looks at a pod again that fits nowhere, in seconds.
  static let secondsBetweenSchedulings = 60.0

  /// Binds a pod to the node that has most CPU left, or says why none fits.
  mutating func schedulePod(_ reference: PodReference) {
    guard let pod = pod(reference), pod["spec", "nodeName"] == nil, !pod.isTerminating else { return }
    if let missing = unboundClaim(of: pod) {
      let nodes = store.objects(.nodes).count
      let head = "0/\(nodes) nodes are available: "
      return refuse(
        reference, head + missing + ". preemption: " + head + "\(nodes) Preemption is not helpful for scheduling.")
    }
    let needed = Self.requestedMillicores(of: pod)
    let selector = pod["spec", "nodeSelector"]?.stringMembers ?? [:]
    var unfit = Unfit()
    var best: (name: String, free: Int)?
    for node in store.objects(.nodes) {
      let object = node.object
      let free = freeMillicores(of: object)
      if object["spec", "unschedulable"]?.bool == true {
        unfit.cordoned += 1
      } else if !node.isReady {
        unfit.unready += 1
      } else if !selector.allSatisfy({ node.labels[$0.key] == $0.value }) {
        unfit.unselected += 1
      } else if free < needed {
        unfit.full += 1
      } else if free > best?.free ?? -1 {
        best = (node.key.name, free)
      }
    }
    if let best { bind(reference, to: best.name, millicores: needed) } else { refuse(reference, unfit.message) }
  }

  /// Why the claims of a pod keep it from any node: the demo binds none, so one is bound only where a manifest says so.
  private func unboundClaim(of pod: JSON) -> String? {
    let namespace = pod["metadata", "namespace"]?.string ?? ""
    for volume in pod["spec", "volumes"]?.elements ?? [] {
      guard let name = volume["persistentVolumeClaim", "claimName"]?.string else { continue }
      let claim = store.object(.persistentVolumeClaims, ObjectKey(namespace: namespace, name: name))?.object
      guard let claim else { return "persistentvolumeclaim \"\(name)\" not found" }
      if claim["status", "phase"] != "Bound" { return "pod has unbound immediate PersistentVolumeClaims" }
    }
    return nil
  }

  private func freeMillicores(of node: JSON) -> Int {
    let name = node["metadata", "name"]?.string ?? ""
    let allocatable = Self.millicores(node.value(at: "status.allocatable.cpu")?.string ?? "0")
    return allocatable - requestedMillicores[name, default: 0]
  }

  private mutating func bind(_ reference: PodReference, to node: String, millicores: Int) {
    requestedMillicores[node, default: 0] += millicores
    let moment = now
    let bound = update(.pods, reference.key) { pod in
      pod["spec", "nodeName"] = .string(node)
      pod.setCondition("PodScheduled", true, at: moment)
    }
    guard let bound else { return }
    record(
      "Scheduled", "Successfully assigned \(reference.key.namespace)/\(reference.key.name) to \(node)", on: .pods,
      bound, by: .scheduler(isWarning: false))
    plan(after: 0.1, .preparePod(reference))
  }

  private mutating func refuse(_ reference: PodReference, _ message: String) {
    let moment = now
    let refused = update(.pods, reference.key) { pod in
      pod.setCondition("PodScheduled", false, at: moment, reason: "Unschedulable", message: message)
    }
    guard let refused else { return }
    record("FailedScheduling", message, on: .pods, refused, by: .scheduler(isWarning: true))
    plan(after: Self.secondsBetweenSchedulings, .schedulePod(reference))
  }
}

/// Why nodes did not fit a pod.
private struct Unfit {
  var full = 0
  var unselected = 0
  var cordoned = 0
  var unready = 0

  /// The scheduler's sentence.
  var message: String {
    let head = "0/\(full + unselected + cordoned + unready) nodes are available: "
    let reasons = [
      (full, "Insufficient cpu"), (unselected, "node(s) didn't match Pod's node affinity/selector"),
      (cordoned, "node(s) were unschedulable"),
      (unready, "node(s) had untolerated taint {node.kubernetes.io/not-ready: }"),
    ]
    let preemption = [
      (full, "No preemption victims found for incoming pod"),
      (unselected + cordoned + unready, "Preemption is not helpful for scheduling"),
    ]
    return head + Self.list(reasons) + ". preemption: " + head + Self.list(preemption) + "."
  }

  private static func list(_ counts: [(Int, String)]) -> String {
    counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.sorted().joined(separator: ", ")
  }
}
