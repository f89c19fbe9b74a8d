import Testing

@testable import DemoCluster

struct WorldTests {
  @Test func `two worlds with one seed are equal, and another seed gives another`() {
    func texts(_ seed: UInt64) -> [[UInt8]] {
      var world = World.demo(seed: seed, start: testStart, scenario: .incident, churnPerSecond: 5)
      world.advance(to: testStart + 120)
      return ResourceKind.all.flatMap { kind in world.store.objects(kind).map(\.tail) }
    }
    let first = texts(3)
    #expect(first == texts(3))
    #expect(first != texts(4))
  }

  @Test func `time that arrives in small steps brings the same world as one leap`() {
    var leaping = testWorld(.incident)
    var stepping = testWorld(.incident)
    leaping.advance(to: testStart + 90)
    for step in 1...900 { stepping.advance(to: testStart + Double(step) / 10) }
    #expect(leaping.store.resourceVersion == stepping.store.resourceVersion)
    #expect(leaping.store.objects(.pods).map(\.tail) == stepping.store.objects(.pods).map(\.tail))
  }

  @Test func `a healthy demo has every pod running and ready, and every Deployment complete`() {
    let world = testWorld()
    #expect(world.store.objects(.pods, in: "todo").count == 5)
    #expect(world.store.objects(.pods).allSatisfy { $0.isReady && $0.field("status.phase") == "Running" })
    for deployment in world.store.objects(.deployments) {
      let object = deployment.object
      #expect(object["status", "readyReplicas"] == object["spec", "replicas"])
      #expect(object["status", "observedGeneration"] == object["metadata", "generation"])
    }
  }

  @Test func `an incident shows a crash loop, a missing image and a pod that fits nowhere`() {
    let world = testWorld(.incident)
    let waiting = world.store.objects(.pods, in: "todo").flatMap {
      $0.object["status", "containerStatuses"]?.elements ?? []
    }
    .compactMap { $0["state"]?["waiting"]?["reason"]?.string }
    #expect(Set(waiting) == ["CrashLoopBackOff", "ImagePullBackOff"])
    let unscheduled = world.store.objects(.pods, in: "todo").filter { $0.field("spec.nodeName") == "" }
    #expect(unscheduled.count == 1)
  }

  @Test func `a crash loop goes on: restarts and counts of events rise, and the back-off doubles`() throws {
    var world = testWorld(.incident)
    func restarts() -> Int {
      world.store.objects(.pods, in: "todo").flatMap { $0.object["status", "containerStatuses"]?.elements ?? [] }
        .compactMap { $0["restartCount"]?.integer }.max() ?? 0
    }
    func count() -> Int {
      world.store.objects(.events, in: "todo").filter { $0.field("reason") == "BackOff" }
        .compactMap { $0.object["count"]?.integer }.max() ?? 0
    }
    let before = (restarts(), count())
    world.advance(to: testStart + 400)
    #expect(restarts() > before.0)
    #expect(count() > before.1)
    #expect((0...8).map(World.restartDelay) == [0, 10, 20, 40, 80, 160, 300, 300, 300])
  }

  @Test func `a rollout whose pods never get ready exceeds its deadline and leaves the old pods alone`() throws {
    var world = testWorld(.incident)
    world.advance(to: testStart + 300)
    let deployment = try #require(world.store.object(.deployments, ObjectKey(namespace: "todo", name: "todo-backend")))
    let conditions = deployment.object["status", "conditions"]?.elements ?? []
    let progressing = conditions.first { $0["type"]?.string == "Progressing" }
    #expect(progressing?["reason"] == "ProgressDeadlineExceeded")
    #expect(deployment.object["status", "availableReplicas"] == 2)
    #expect(deployment.object["status", "updatedReplicas"] == 1)
  }

  @Test func `a new image rolls out with no more and no fewer pods than the gate allows`() throws {
    var world = testWorld()
    let key = ObjectKey(namespace: "todo", name: "todo-frontend")
    let uid = try #require(world.store.object(.deployments, key)?.uid)
    world.setImage(of: key, to: "todo-frontend:v1.0.1")
    var counts: Set<Int> = []
    var ready: Set<Int> = []
    for step in 1...600 {
      world.advance(to: testStart + Double(step) / 10)
      let pods = world.store.objects(.pods, in: "todo").filter {
        $0.labels["app"] == "todo-frontend" && !$0.isTerminating
      }
      counts.insert(pods.count)
      ready.insert(pods.count(where: \.isReady))
    }
    #expect(counts == [3, 4])
    #expect(ready == [3])
    let object = try #require(world.store.object(.deployments, key)?.object)
    #expect(object["status", "updatedReplicas"] == 3)
    #expect(object["metadata", "annotations"]?["deployment.kubernetes.io/revision"] == "2")
    #expect(world.store.objects(.replicaSets, in: "todo").count { $0.controller?.uid == uid } == 2)
  }

  @Test func `churn makes exactly so many changes of pods a second`() {
    var world = testWorld(churn: 20)
    let before = world.store.table(.pods).endOfHistory
    world.advance(to: testStart + 10)
    #expect(world.store.table(.pods).endOfHistory - before == 200)
  }

  @Test func `namespaces and what is in them go together`() {
    var world = testWorld()
    world.delete(.namespaces, ObjectKey(namespace: "", name: "todo"))
    world.advance(to: testStart + 60)
    for kind in ResourceKind.all where kind.isNamespaced { #expect(world.store.objects(kind, in: "todo").isEmpty) }
  }
}
