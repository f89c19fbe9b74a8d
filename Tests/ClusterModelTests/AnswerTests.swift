import ClusterModel
import Testing

/// Answers on the recorded application as a whole.
@Suite struct AnswerTests {
  let backend = ObjectKey(.deployments, namespace: "todo", name: "todo-backend")

  @Test func `a rollout shows its ReplicaSets, pods and gate`() throws {
    let (snapshot, now) = (try Recordings.snapshot("todo"), try Recordings.now("todo"))
    let view = try #require(snapshot.rolloutView(of: backend, at: now))
    #expect(view.status.isDone && view.deadlineRemaining == nil)
    #expect(view.newPart?.pods.count == 2 && view.newPart?.ready == 2)
    #expect(view.oldParts.isEmpty)
    #expect(!view.gate.explanation.isEmpty)
    #expect(snapshot.pods(of: backend) == view.newPart?.pods)
  }

  /// Replicas, surge, unavailable, strategy, probe; whether users are protected.
  @Test(arguments: [
    (2, CountOrPercent.percent(25), CountOrPercent.percent(25), "RollingUpdate", true, true),
    (2, .percent(25), .percent(25), "RollingUpdate", false, false), (2, .count(1), .count(0), "Recreate", true, false),
    (1, .count(1), .count(1), "RollingUpdate", true, false),
    (1, .percent(25), .percent(25), "RollingUpdate", true, true),
    (1, .count(0), .count(0), "RollingUpdate", true, false),
    (0, .percent(25), .percent(25), "RollingUpdate", true, false),
    (4, .percent(25), .percent(100), "RollingUpdate", true, false),
  ])
  func `the gate protects users only with a probe and pods that stay`(
    _ replicas: Int, _ surge: CountOrPercent, _ unavailable: CountOrPercent, _ strategy: String, _ hasProbe: Bool,
    _ protects: Bool
  ) {
    let (deployment, set) = Make.deployment("web", replicas: replicas) {
      ($0.maxSurge, $0.maxUnavailable, $0.strategy) = (surge, unavailable, strategy)
      var container = ContainerSpec()
      container.readinessProbe = hasProbe ? Probe() : nil
      $0.template.containers = [container]
    }
    let now = Timestamp(seconds: 1_800_000_000)
    let snapshot = Recordings.snapshot(of: [deployment, set], at: now)
    #expect(snapshot.rolloutView(of: deployment.key, at: now)?.gate.protectsUsers == protects)
  }

  @Test func `the time left for a rollout is counted from its last progress`() {
    let now = Timestamp(seconds: 1_800_000_000)
    let (deployment, set) = Make.deployment("web", replicas: 2) {
      $0.updatedReplicas = 1
      $0.progressDeadlineSeconds = 60
      var condition = Condition(type: "Progressing", status: "True")
      condition.reason = "ReplicaSetUpdated"
      condition.lastUpdateTime = now.advanced(by: .seconds(-18))
      $0.conditions = [condition]
    }
    let view = Recordings.snapshot(of: [deployment, set], at: now).rolloutView(of: deployment.key, at: now)
    #expect(view?.deadlineRemaining == .seconds(42))
  }

  @Test func `the steps of a pod's start have their durations, in order`() throws {
    let snapshot = try Recordings.snapshot("todo")
    let pod = try #require(snapshot.pods(of: backend).first)
    let phases = snapshot.startupPhases(ofPod: pod)
    #expect(phases.map(\.step) == StartupPhase.Step.allCases)
    #expect(phases.allSatisfy { $0.isFinished })
    #expect(phases.allSatisfy { ($0.duration ?? .zero) >= .zero })
  }

  @Test func `the rows of the recorded application`() throws {
    let rows = try Recordings.snapshot("todo").workloads(in: "todo", at: try Recordings.now("todo"))
    #expect(
      rows.map { "\($0.key.name) \($0.readyText) \($0.imageTags.joined(separator: ","))" }.prefix(4) == [
        "todo-backend 2/2 2.1.0,1.37", "todo-frontend 3/3 1.4.2", "todo-db 1/1 2.1.0", "node-agent 1/1 1.37",
      ])
    #expect(rows.contains { $0.autoscaler != nil })
    #expect(rows.contains { $0.disruptionBudget != nil })
    #expect(rows.filter { $0.cronJob == "todo-digest" }.count == 3)
  }

  @Test func `the autoscaler's metrics read as kubectl prints them`() throws {
    let snapshot = try Recordings.snapshot("todo")
    let autoscaler = try #require(snapshot.horizontalPodAutoscalers.objects().first)
    #expect(autoscaler.metrics.count == 1 && autoscaler.metrics[0].hasPrefix("cpu: "))
  }

  @Test func `what workloads need and does not exist is named with who needs it`() throws {
    let now = Timestamp(seconds: 1_800_000_000)
    let (deployment, _) = Make.deployment("web", replicas: 1) {
      var container = ContainerSpec()
      container.environmentReferences = [
        ConfigurationReference(kind: "Secret", name: "s", isOptional: false),
        ConfigurationReference(kind: "Secret", name: "t", isOptional: true),
        ConfigurationReference(kind: "ConfigMap", name: "m", isOptional: false),
      ]
      $0.template.containers = [container]
    }
    let snapshot = Recordings.snapshot(of: [deployment, .configMap(Make.metadata("m"))], at: now)
    let missing = try #require(snapshot.missingReferences(in: "n"))
    #expect(missing.map(\.name) == ["s"] && missing.map(\.kind) == ["Secret"])
    #expect(missing.first?.neededBy == [deployment.key])
    #expect(Snapshot().missingReferences(in: "n") == nil)
  }

  @Test func `nodes, warnings and restarts of the recorded cluster`() throws {
    let (snapshot, now) = (try Recordings.snapshot("broken"), try Recordings.now("broken"))
    #expect(snapshot.nodeReadiness == (1, 1) && snapshot.nodeProblems.isEmpty)
    let warnings = snapshot.warnings(within: .seconds(60), in: "todo-broken", at: now)
    #expect(!warnings.isEmpty)
    #expect(
      warnings.allSatisfy { $0.isWarning && ($0.lastTimestamp ?? .distantPast) >= now.advanced(by: .seconds(-60)) })
    #expect(!snapshot.podsRestarted(since: now.advanced(by: .seconds(-300)), in: "todo-broken").isEmpty)
  }
}
