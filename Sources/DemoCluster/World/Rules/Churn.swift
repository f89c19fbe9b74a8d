/// Changes that keep coming at a fixed rate, for measuring.
struct Churn: Sendable {
  let perSecond: Double
  /// The pods that change, in order.
  let pods: [ObjectKey]
  var random: RandomSource
}

extension World {
  /// Begins to change pods so many times a second.
  mutating func beginChurn(perSecond: Double, of pods: [ObjectKey], seed: UInt64) {
    guard perSecond > 0, !pods.isEmpty else { return }
    churn = Churn(perSecond: perSecond, pods: pods, random: RandomSource(seed: seed ^ 0xC0FFEE))
    plan(after: 1 / perSecond, .churn)
  }

  /// Changes one pod: mostly a restart, now and then its readiness.
  mutating func performChurn() {
    guard var churn else { return }
    plan(after: 1 / churn.perSecond, .churn)
    let key = churn.pods[Int(churn.random.next() % UInt64(churn.pods.count))]
    let flipsReadiness = churn.random.fraction() < 0.3
    let identity = churn.random.hexadecimal(64)
    self.churn = churn
    guard let stored = store.object(.pods, key), !stored.isTerminating, !stored.running.isEmpty,
      silentNodes[stored.field("spec.nodeName") ?? ""] == nil
    else { return }
    let moment = now
    let isReady = stored.isReady
    update(.pods, key) { pod in
      pod.changeContainers { status in
        if flipsReadiness || !isReady {
          status["ready"] = .bool(!isReady)
        } else {
          status.countRestart(at: moment, identity: identity)
        }
      }
      pod.deriveReadiness(at: moment)
    }
  }
}

extension JSON {
  /// Makes a running container one that has just been restarted.
  fileprivate mutating func countRestart(at moment: Moment, identity: String) {
    self["lastState"] = [
      "terminated": [
        "exitCode": 137, "reason": "Error", "startedAt": self["state"]?["running"]?["startedAt"] ?? nil,
        "finishedAt": .string(moment.text), "containerID": self["containerID"] ?? "",
      ]
    ]
    self["restartCount"] = .integer((self["restartCount"]?.integer ?? 0) + 1)
    start(at: moment, identity: identity, isReady: true)
  }
}
