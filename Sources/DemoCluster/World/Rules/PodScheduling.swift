/// Which nodes take a pod: the first reason against a node counts, as the scheduler's filters run one after another.
extension World {
  /// How long the scheduler waits before it looks again at pods that fit nowhere, in seconds.
  static let secondsBetweenSchedulings = 60.0
  /// How soon it looks again when a node has changed or room has become free, in seconds.
  static let secondsToLookAgain = 1.0

  /// Binds a pod to the node that has most CPU left, or says why none fits.
  mutating func schedulePod(_ reference: PodReference) {
    guard let pod = pod(reference), pod["spec", "nodeName"] == nil, !pod.isTerminating else { return }
    if let missing = unboundClaim(of: pod) {
      let nodes = store.objects(.nodes).count
      let head = "0/\(nodes) nodes are available: "
      return refuse(
        reference, head + missing + ". preemption: " + head + "\(nodes) Preemption is not helpful for scheduling.")
    }
    let needed = NodeShare(requestedBy: pod)
    var unfit = Unfit()
    var best: (name: String, free: Int)?
    for node in store.objects(.nodes) {
      let reasons = whyUnfit(node, for: pod, needed)
      let free = freeMillicores(of: node)
      if !reasons.isEmpty {
        unfit.add(reasons)
      } else if free > best?.free ?? Int.min {
        best = (node.key.name, free)
      }
    }
    if let best { bind(reference, to: best.name, needed) } else { refuse(reference, unfit.message) }
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

  private func freeMillicores(of node: StoredObject) -> Int {
    NodeShare(allocatableOf: node.object).millicores - requested[node.key.name, default: NodeShare()].millicores
  }

  private func whyUnfit(_ node: StoredObject, for pod: JSON, _ needed: NodeShare) -> [Unfit.Reason] {
    let object = node.object
    let tolerations = pod["spec", "tolerations"]?.elements ?? []
    func isTolerated(_ taint: JSON) -> Bool { tolerations.contains { $0.tolerates(taint: taint) } }
    let cordon = JSON.strings(["key": "node.kubernetes.io/unschedulable", "effect": "NoSchedule"])
    if object["spec", "unschedulable"]?.bool == true, !isTolerated(cordon) {
      return [.other("node(s) were unschedulable")]
    }
    let taint = (object["spec", "taints"]?.elements ?? []).first { taint in
      ["NoSchedule", "NoExecute"].contains(taint["effect"]?.string) && taint["key"] != cordon["key"]
        && !isTolerated(taint)
    }
    if let taint {
      let words = "\(taint["key"]?.string ?? ""): \(taint["value"]?.string ?? "")"
      return [.other("node(s) had untolerated taint {\(words)}")]
    }
    let selector = pod["spec", "nodeSelector"]?.stringMembers ?? [:]
    guard selector.allSatisfy({ node.labels[$0.key] == $0.value }) else {
      return [.other("node(s) didn't match Pod's node affinity/selector")]
    }
    let free = NodeShare(allocatableOf: object) - requested[node.key.name, default: NodeShare()]
    return needed.excess(over: free).map { .resource($0) }
  }

  private mutating func bind(_ reference: PodReference, to node: String, _ share: NodeShare) {
    place(reference.uid, on: node, share)
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
    if unplaced.isEmpty { planLook(after: Self.secondsBetweenSchedulings) }
    unplaced.insert(reference)
  }

  /// Notes that pods which fit nowhere may fit now.
  mutating func wakeUnplaced() {
    guard !unplaced.isEmpty, !looksSoon else { return }
    planLook(after: Self.secondsToLookAgain)
    looksSoon = true
  }

  /// Plans the one next look at the pods that fit nowhere; an earlier plan no longer counts.
  private mutating func planLook(after seconds: Double) {
    schedulingTurn += 1
    plan(after: seconds, .lookAtUnplaced(turn: schedulingTurn))
  }

  /// Looks again at all pods that fit nowhere.
  mutating func lookAtUnplaced(turn: Int) {
    guard turn == schedulingTurn else { return }
    looksSoon = false
    let pods = unplaced.sorted { $0.key < $1.key }
    unplaced = []
    for pod in pods { schedulePod(pod) }
  }

  /// Counts what a pod takes of its node.
  mutating func place(_ uid: String, on node: String, _ share: NodeShare) {
    placed[uid] = Placement(node: node, share: share)
    requested[node, default: NodeShare()] = requested[node, default: NodeShare()] + share
  }

  /// Frees what a pod took of its node; a second time changes nothing.
  mutating func free(_ uid: String) {
    guard let placement = placed.removeValue(forKey: uid) else { return }
    requested[placement.node] = requested[placement.node, default: NodeShare()] - placement.share
    wakeUnplaced()
  }
}

/// What a pod takes of which node.
struct Placement: Sendable {
  let node: String
  let share: NodeShare
}

/// An amount of what nodes give to pods.
struct NodeShare: Equatable, Sendable {
  /// The most of one kind that is counted: a thousand million processors, or a million GiB.
  static let most = 1 << 40

  var millicores = 0
  var kibibytes = 0
  var pods = 0

  /// Nothing.
  init() {}

  /// What one pod of a known size takes.
  init(millicores: Int, kibibytes: Int) {
    self.millicores = millicores
    self.kibibytes = kibibytes
    pods = 1
  }

  /// What a pod requests: its containers together, or one init container that needs more.
  init(requestedBy pod: JSON) {
    func sum(_ containers: [JSON]) -> NodeShare { containers.reduce(NodeShare()) { $0 + NodeShare(ofContainer: $1) } }
    let initial = pod["spec", "initContainers"]?.elements ?? []
    let together = sum((pod["spec", "containers"]?.elements ?? []) + initial.filter(\.isSidecar))
    let alone = initial.filter { !$0.isSidecar }.map { NodeShare(ofContainer: $0) }
    millicores = max(together.millicores, alone.map(\.millicores).max() ?? 0)
    kibibytes = max(together.kibibytes, alone.map(\.kibibytes).max() ?? 0)
    pods = 1
  }

  /// What a node gives to its pods.
  init(allocatableOf node: JSON) {
    let amounts = node["status", "allocatable"] ?? .null
    millicores = World.millicores(amounts["cpu"]?.string ?? "0")
    kibibytes = Self.kibibytes(amounts["memory"])
    pods = Int(amounts["pods"]?.string ?? "") ?? 0
  }

  private init(ofContainer container: JSON) {
    // A container that says only its limit requests that much.
    func amount(_ name: String) -> JSON? {
      container["resources"]?["requests"]?[name] ?? container["resources"]?["limits"]?[name]
    }
    millicores = World.millicores(amount("cpu")?.string ?? "0")
    kibibytes = Self.kibibytes(amount("memory"))
  }

  private static func kibibytes(_ quantity: JSON?) -> Int {
    Int(((quantity?.string).flatMap(World.mebibytes) ?? 0) * 1024, within: 0...most)
  }

  static func + (left: NodeShare, right: NodeShare) -> NodeShare {
    var sum = left
    sum.millicores += right.millicores
    sum.kibibytes += right.kibibytes
    sum.pods += right.pods
    return sum
  }

  static func - (left: NodeShare, right: NodeShare) -> NodeShare {
    var rest = left
    rest.millicores -= right.millicores
    rest.kibibytes -= right.kibibytes
    rest.pods -= right.pods
    return rest
  }

  /// Of what there is too little, in the scheduler's words.
  fileprivate func excess(over free: NodeShare) -> [String] {
    var words: [String] = []
    if pods > free.pods { words.append("Too many pods") }
    if millicores > 0, millicores > free.millicores { words.append("Insufficient cpu") }
    if kibibytes > 0, kibibytes > free.kibibytes { words.append("Insufficient memory") }
    return words
  }
}

/// Why nodes did not fit a pod.
private struct Unfit {
  /// A reason against a node.
  enum Reason {
    /// Other pods take what this one needs.
    case resource(String)
    /// What no preemption changes.
    case other(String)
  }

  private var nodes = 0
  private var counts: [String: Int] = [:]
  /// Nodes on which preemption could have helped.
  private var full = 0

  mutating func add(_ reasons: [Reason]) {
    nodes += 1
    if case .resource = reasons.first { full += 1 }
    for reason in reasons {
      switch reason {
      case .resource(let words), .other(let words): counts[words, default: 0] += 1
      }
    }
  }

  /// The scheduler's sentence.
  var message: String {
    guard nodes > 0 else { return "no nodes available to schedule pods" }
    let head = "0/\(nodes) nodes are available: "
    let preemption = [
      "No preemption victims found for incoming pod": full, "Preemption is not helpful for scheduling": nodes - full,
    ]
    return head + Self.list(counts) + ". preemption: " + head + Self.list(preemption) + "."
  }

  private static func list(_ counts: [String: Int]) -> String {
    counts.filter { $0.value > 0 }.map { "\($0.value) \($0.key)" }.sorted().joined(separator: ", ")
  }
}
