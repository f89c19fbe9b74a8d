import ClusterModel
import Testing

/// Every sentence of `kubectl rollout status`.
@Suite struct RolloutStatusTests {
  /// Generation and observed generation; wanted, updated, all and available pods.
  @Test(arguments: [
    (2, 1, 2, 2, 2, 2, "Waiting for deployment spec update to be observed...", false),
    (
      1, 1, 2, 1, 3, 2,
      "Waiting for deployment \"web\" rollout to finish: 1 out of 2 new replicas have been updated...", false
    ),
    (
      1, 1, 2, 2, 3, 2, "Waiting for deployment \"web\" rollout to finish: 1 old replicas are pending termination...",
      false
    ),
    (
      1, 1, 2, 2, 2, 1, "Waiting for deployment \"web\" rollout to finish: 1 of 2 updated replicas are available...",
      false
    ),
    (1, 1, 2, 2, 2, 2, "deployment \"web\" successfully rolled out", true),
    (1, 5, 0, 0, 0, 0, "deployment \"web\" successfully rolled out", true),
  ])
  func `a Deployment`(
    _ generation: Int, _ observed: Int, _ wanted: Int, _ updated: Int, _ all: Int, _ available: Int, _ text: String,
    _ isDone: Bool
  ) {
    var deployment = Deployment()
    deployment.metadata.name = "web"
    (deployment.metadata.generation, deployment.observedGeneration) = (generation, observed)
    (deployment.replicas, deployment.updatedReplicas) = (wanted, updated)
    (deployment.statusReplicas, deployment.availableReplicas) = (all, available)
    #expect(RolloutStatus(of: deployment) == RolloutStatus(text, isDone: isDone))
  }

  @Test func `an exceeded deadline is an error, unless the specification is newer than what was observed`() {
    var deployment = Deployment()
    deployment.metadata.name = "web"
    var condition = Condition(type: "Progressing", status: "False")
    condition.reason = "ProgressDeadlineExceeded"
    deployment.conditions = [condition]
    let status = RolloutStatus(of: deployment)
    #expect(status.text == "deployment \"web\" exceeded its progress deadline")
    #expect(status.isFailed && status.needsAttention && !status.isDone)
    deployment.metadata.generation = 1
    #expect(RolloutStatus(of: deployment).text == "Waiting for deployment spec update to be observed...")
  }

  /// Generation and observed generation; desired, updated and available pods.
  @Test(arguments: [
    (2, 1, 3, 3, 3, "Waiting for daemon set spec update to be observed..."),
    (1, 1, 3, 1, 3, "Waiting for daemon set \"a\" rollout to finish: 1 out of 3 new pods have been updated..."),
    (1, 1, 3, 3, 2, "Waiting for daemon set \"a\" rollout to finish: 2 of 3 updated pods are available..."),
    (1, 1, 3, 3, 3, "daemon set \"a\" successfully rolled out"),
  ])
  func `a DaemonSet`(
    _ generation: Int, _ observed: Int, _ desired: Int, _ updated: Int, _ available: Int, _ text: String
  ) {
    var set = DaemonSet()
    set.metadata.name = "a"
    (set.metadata.generation, set.observedGeneration) = (generation, observed)
    (set.desiredNumberScheduled, set.updatedNumberScheduled) = (desired, updated)
    set.numberAvailable = available
    #expect(RolloutStatus(of: set).text == text)
    #expect(RolloutStatus(of: set).isDone == text.hasSuffix("out"))
    set.updateStrategy = "OnDelete"
    #expect(RolloutStatus(of: set).text == "rollout status is only available for RollingUpdate strategy type")
  }

  /// Observed generation; wanted, ready and updated pods; partition; current and update revision.
  @Test(arguments: [
    (0, 3, 3, 3, nil, "r1", "r1", "Waiting for statefulset spec update to be observed...", false),
    (1, 3, 1, 3, nil, "r1", "r1", "Waiting for 2 pods to be ready...", false),
    (
      2, 3, 3, 1, 1, "r1", "r2", "Waiting for partitioned roll out to finish: 1 out of 2 new pods have been updated...",
      false
    ),
    (2, 3, 3, 2, 1, "r1", "r2", "partitioned roll out complete: 2 new pods have been updated...", true),
    (2, 3, 3, 3, 0, "r2", "r2", "partitioned roll out complete: 3 new pods have been updated...", true),
    (2, 3, 3, 2, nil, "r1", "r2", "waiting for statefulset rolling update to complete 2 pods at revision r2...", false),
    (2, 3, 3, 3, nil, "r2", "r2", "statefulset rolling update complete 3 pods at revision r2...", true),
  ])
  func `a StatefulSet`(
    _ observed: Int, _ wanted: Int, _ ready: Int, _ updated: Int, _ partition: Int?, _ current: String,
    _ update: String, _ text: String, _ isDone: Bool
  ) {
    var set = StatefulSet()
    (set.metadata.generation, set.observedGeneration) = (min(observed, 1), observed)
    (set.replicas, set.readyReplicas, set.updatedReplicas, set.currentReplicas) = (wanted, ready, updated, wanted)
    (set.partition, set.hasRollingUpdateOptions) = (partition, partition != nil)
    (set.currentRevision, set.updateRevision) = (current, update)
    #expect(RolloutStatus(of: set) == RolloutStatus(text, isDone: isDone))
  }

  @Test func `a StatefulSet that updates on deletion only cannot be followed`() {
    var set = StatefulSet()
    set.updateStrategy = "OnDelete"
    #expect(RolloutStatus(of: set).text == "rollout status is only available for RollingUpdate strategy type")
  }
}
