/// How often a ReplicaSet was refused its pods, and when it asks again.
struct CreateFailure: Sendable {
  var count = 0
  var retryAt: Moment
  /// The message in which later refusals are counted together.
  var combined: String?
}

extension World {
  /// The longest wait before a ReplicaSet asks again for a pod that was refused, in seconds.
  static let longestCreateBackOff = 300.0
  /// How many refusals are told one by one.
  static let separateFailures = 9

  /// The most pods of one namespace: a demo that is asked for a million must go on answering.
  static let namespacePodLimit = 1000

  /// Creates pods of a ReplicaSet, until a quota refuses one.
  mutating func createPods(_ count: Int, of stored: StoredObject, _ replicaSet: JSON) {
    let key = stored.key
    if let failure = createFailures[key], now < failure.retryAt { return }
    let template = replicaSet["spec", "template"] ?? .object([])
    for _ in 0..<count {
      if let words = exceededQuota(in: key.namespace, by: template) { return failCreate(of: stored, words) }
      let pod = createPod(
        from: template, in: key.namespace, namePrefix: key.name + "-",
        owner: Controller(kind: .replicaSets, name: key.name, uid: stored.uid))
      record("SuccessfulCreate", "Created pod: \(pod.key.name)", on: .replicaSets, stored, by: .replicaSetController)
    }
    createFailures[key] = nil
  }

  private mutating func failCreate(of stored: StoredObject, _ words: String) {
    let key = stored.key
    let message = "pods \"\(key.name)-\(random.suffix(5))\" is forbidden: \(words)"
    var failure = createFailures[key] ?? CreateFailure(retryAt: now)
    failure.count += 1
    if failure.count > Self.separateFailures {
      failure.combined = failure.combined ?? "(combined from similar events): Error creating: \(message)"
    }
    let delay = min(Self.longestCreateBackOff, 0.05 * Double(1 << min(failure.count - 1, 13)))
    failure.retryAt = now + delay
    createFailures[key] = failure
    let warning = EventSource(component: EventSource.replicaSetController.component, isWarning: true)
    record("FailedCreate", failure.combined ?? "Error creating: \(message)", on: .replicaSets, stored, by: warning)
    let time = now.text
    update(.replicaSets, key) { replicaSet in
      // The first refusal stands for all.
      guard replicaSet["status", "conditions"] == nil else { return }
      replicaSet["status", "conditions"] = [
        .strings([
          "type": "ReplicaFailure", "status": "True", "lastTransitionTime": time, "reason": "FailedCreate",
          "message": message,
        ])
      ]
    }
    plan(after: delay, .look(.replicaSets, key))
  }

  /// Lets ReplicaSets of a namespace ask again at once, because there may be room.
  mutating func retryCreating(in namespace: String) {
    for key in createFailures.keys.sorted() where key.namespace == namespace {
      createFailures[key]?.retryAt = now
      reconcile(.replicaSets, key)
    }
  }

  /// Why a quota refuses a pod, in the API server's words; `nil` where none does.
  func exceededQuota(in namespace: String, by pod: JSON) -> String? {
    let present = store.objects(.pods, in: namespace).count
    guard present < Self.namespacePodLimit, store.objects(.pods).count < Self.podLimit else {
      return "exceeded quota: demo, requested: pods=1, used: pods=\(present), limited: pods=\(Self.namespacePodLimit)"
    }
    for quota in store.objects(.resourceQuotas, in: namespace) {
      let hard = quota.object["spec", "hard"]?.members ?? []
      let used = used(hard.map(\.name), in: namespace)
      let exceeded = hard.sorted { $0.name < $1.name }.filter { limit in
        let asked = QuotaAmount(limit.name, of: pod).value
        return asked > 0 && (used[limit.name] ?? 0) + asked > QuotaAmount.parse(limit.value, limit.name)
      }
      guard !exceeded.isEmpty else { continue }
      func list(_ text: (JSON.Member) -> String) -> String {
        exceeded.map { "\($0.name)=\(text($0))" }.joined(separator: ",")
      }
      return "exceeded quota: \(quota.key.name), "
        + "requested: \(list { QuotaAmount.text(QuotaAmount($0.name, of: pod).value, $0.name) }), "
        + "used: \(list { QuotaAmount.text(used[$0.name] ?? 0, $0.name) }), "
        + "limited: \(list { QuotaAmount.text(QuotaAmount.parse($0.value, $0.name), $0.name) })"
    }
    return nil
  }

  /// Counts what the pods of a namespace take of a quota.
  mutating func reconcileQuota(_ key: ObjectKey) {
    guard let quota = store.object(.resourceQuotas, key)?.object else { return }
    let hard = quota["spec", "hard"] ?? .object([])
    let used = used(hard.members.map(\.name), in: key.namespace)
    let texts = hard.members.map {
      JSON.Member(name: $0.name, value: .string(QuotaAmount.text(used[$0.name] ?? 0, $0.name)))
    }
    let hasChanged = quota["status", "hard"] != hard
    update(.resourceQuotas, key) { $0["status"] = ["hard": hard, "used": .object(texts)] }
    if hasChanged { retryCreating(in: key.namespace) }
  }

  private func used(_ names: [String], in namespace: String) -> [String: Double] {
    var used: [String: Double] = [:]
    for pod in store.objects(.pods, in: namespace) {
      let phase = pod.field("status.phase")
      guard phase != "Succeeded", phase != "Failed" else { continue }
      for name in names {
        // Reading the whole pod is needed only for what it requests.
        used[name, default: 0] += QuotaAmount.isCount(name) ? 1 : QuotaAmount(name, of: pod.object).value
      }
    }
    return used
  }
}

/// What a pod takes of one resource of a quota: a number, millicores or MiB.
private struct QuotaAmount {
  let value: Double

  init(_ name: String, of pod: JSON) {
    if Self.isCount(name) {
      value = 1
      return
    }
    let resource = name.split(separator: ".").last.map(String.init) ?? name
    let part = name.hasPrefix("limits.") ? "limits" : "requests"
    value = (pod["spec", "containers"]?.elements ?? []).reduce(0) { sum, container in
      guard let quantity = container["resources"]?[part]?[resource] else { return sum }
      return sum + Self.parse(quantity, name)
    }
  }

  static func isCount(_ name: String) -> Bool { name == "pods" || name == "count/pods" }

  static func parse(_ quantity: JSON, _ name: String) -> Double {
    let text = quantity.string ?? quantity.number.map { String(Int($0, within: 0...NodeShare.most)) } ?? "0"
    if isCount(name) { return Double(text) ?? 0 }
    return name.hasSuffix("cpu") ? Double(World.millicores(text)) : World.mebibytes(text) ?? 0
  }

  static func text(_ value: Double, _ name: String) -> String {
    let number = Int(value, within: 0...NodeShare.most)
    if isCount(name) { return String(number) }
    if name.hasSuffix("cpu") { return number % 1000 == 0 ? String(number / 1000) : "\(number)m" }
    return number == 0 ? "0" : "\(number)Mi"
  }
}
