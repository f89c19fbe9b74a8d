import Testing

@testable import DemoCluster

struct RolloutTests {
  @Test func `an undo brings the old ReplicaSet back with a new revision`() throws {
    var small = try SmallWorld()
    small.advance(20)
    let template = small.replicaSets.first?["spec", "template"]
    small.world.setImage(of: SmallWorld.key, to: SmallWorld.better)
    small.advance(40)
    #expect(small.replicaSets.count == 2)
    small.change { deployment in
      // As `kubectl rollout undo` does: the old template without its hash.
      var old = template ?? .null
      old["metadata"]?["labels"]?["pod-template-hash"] = nil
      deployment["spec", "template"] = old
    }
    small.advance(40)
    #expect(small.replicaSets.count == 2)
    #expect(small.deployment["metadata", "annotations"]?["deployment.kubernetes.io/revision"] == "3")
    let active = try #require(small.replicaSets.first { $0["spec", "replicas"] == 3 })
    #expect(active["metadata", "annotations"]?["deployment.kubernetes.io/revision"] == "3")
    #expect(active["metadata", "annotations"]?["deployment.kubernetes.io/revision-history"] == "1")
    #expect(small.condition("Progressing") == "True NewReplicaSetAvailable")
  }

  @Test func `Recreate starts no new pod before the last old one is gone`() throws {
    var small = try SmallWorld(spec: ["strategy": ["type": "Recreate"]])
    small.advance(20)
    small.world.setImage(of: SmallWorld.key, to: SmallWorld.better)
    var images: Set<Set<String>> = []
    for _ in 0..<400 {
      small.advance(0.1)
      images.insert(Set(small.pods.compactMap { $0.object.container("web")?["image"]?.string }))
    }
    #expect(images == [[SmallWorld.good], [SmallWorld.better]])
    #expect(small.condition("Progressing") == "True NewReplicaSetAvailable")
    #expect(small.pods.count == 3)
  }

  @Test func `minReadySeconds delays availability, and with it the rollout`() throws {
    var small = try SmallWorld(spec: ["minReadySeconds": 20])
    small.advance(15)
    #expect(small.deployment["status", "readyReplicas"] == 3)
    #expect(small.deployment["status", "availableReplicas"] == nil)
    #expect(small.condition("Available") == "False MinimumReplicasUnavailable")
    small.advance(15)
    #expect(small.deployment["status", "availableReplicas"] == 3)
    small.world.setImage(of: SmallWorld.key, to: SmallWorld.better)
    small.advance(40)
    #expect(small.deployment["status", "updatedReplicas"] == 2)
    small.advance(60)
    #expect(small.condition("Progressing") == "True NewReplicaSetAvailable")
  }

  @Test func `a paused Deployment rolls nothing out, but follows its number of replicas`() throws {
    var small = try SmallWorld()
    small.advance(20)
    small.change { $0["spec", "paused"] = true }
    small.world.setImage(of: SmallWorld.key, to: SmallWorld.better)
    small.change { $0["spec", "replicas"] = 4 }
    small.advance(20)
    #expect(small.replicaSets.count == 1)
    #expect(small.pods.count == 4)
    #expect(small.condition("Progressing") == "Unknown DeploymentPaused")
    small.change { $0["spec", "paused"] = nil }
    small.advance(60)
    #expect(small.deployment["status", "updatedReplicas"] == 4)
    #expect(small.condition("Progressing") == "True NewReplicaSetAvailable")
  }

  @Test func `a rollout that goes on does not exceed its deadline, and one that stands still does`() throws {
    var small = try SmallWorld(replicas: 4, spec: ["progressDeadlineSeconds": 8])
    small.advance(20)
    small.world.setImage(of: SmallWorld.key, to: SmallWorld.better)
    var reasons: Set<String> = []
    for _ in 0..<60 {
      small.advance(0.5)
      reasons.insert(small.condition("Progressing") ?? "")
    }
    #expect(reasons == ["True ReplicaSetUpdated", "True NewReplicaSetAvailable"])
    small.world.setImage(of: SmallWorld.key, to: "web:missing")
    small.advance(30)
    #expect(small.condition("Progressing") == "False ProgressDeadlineExceeded")
    #expect(small.deployment["status", "availableReplicas"] == 3)
    small.world.setImage(of: SmallWorld.key, to: SmallWorld.better)
    small.advance(30)
    #expect(small.condition("Progressing") == "True NewReplicaSetAvailable")
  }

  @Test func `no more old ReplicaSets are kept than the history allows`() throws {
    var small = try SmallWorld(replicas: 1, spec: ["revisionHistoryLimit": 2])
    for revision in 0..<5 {
      small.change { $0["spec"]?["template"]?["metadata", "annotations"] = ["n": .string(String(revision))] }
      small.advance(20)
    }
    #expect(small.replicaSets.count == 3)
    let kept = small.replicaSets.compactMap {
      $0["metadata", "annotations"]?["deployment.kubernetes.io/revision"]?.string
    }
    #expect(kept.sorted() == ["3", "4", "5"])
  }

  @Test func `a quota refuses pods in the recorded words, and lets them in when it grows`() throws {
    var small = try SmallWorld(replicas: 2)
    small.advance(20)
    small.world.create(
      .resourceQuotas, ["metadata": ["name": "tight", "namespace": "shop"], "spec": ["hard": ["pods": "2"]]])
    small.advance(1)
    small.change { $0["spec", "replicas"] = 3 }
    small.advance(60)
    #expect(small.pods.count == 2)
    #expect(small.condition("ReplicaFailure") == "True FailedCreate")
    let recorded = try recording("quota-status.json")
    func words(_ deployment: JSON?) -> String? {
      deployment?["conditions"]?.elements.first { $0["type"]?.string == "ReplicaFailure" }?["message"]?.string
    }
    let expected = words(recorded)?.replacing(/"[a-z0-9-]+"/, with: "NAME").replacing("todotop-8f3a", with: "tight")
    let seen = words(small.deployment["status"])?.replacing(/"[a-z0-9-]+"/, with: "NAME")
    #expect(seen == expected?.replacing("limited: pods=1", with: "limited: pods=2"))
    #expect(small.events("FailedCreate").count == 10)
    #expect(
      small.events("FailedCreate").last?.hasPrefix("(combined from similar events): Error creating: pods ") == true)
    let quota = ObjectKey(namespace: "shop", name: "tight")
    #expect(small.world.store.object(.resourceQuotas, quota)?.object["status", "used"] == ["pods": "2"])
    small.world.update(.resourceQuotas, quota) { $0["spec", "hard"] = ["pods": "5"] }
    small.advance(20)
    #expect(small.pods.count == 3)
    #expect(small.condition("ReplicaFailure") == nil)
  }
}
