import Testing

@testable import DemoCluster

/// Pods that cannot start or do not stay up, beside what a real kubelet said of such pods.
struct PodTroubleTests {
  private let namespace = "todo"

  /// A world with one more pod of one container, some time after it was created.
  private func world(with changes: JSON, initial: JSON? = nil, after seconds: Double) -> World {
    var world = testWorld()
    var container: JSON = ["name": "app", "image": "busybox:1.37"]
    for member in changes.members { container[member.name] = member.value }
    var spec: JSON = ["containers": [container]]
    spec["initContainers"] = initial
    world.createPod(World.withDefaults(.pods, ["metadata": ["name": "sick", "namespace": "todo"], "spec": spec]))
    world.advance(to: testStart + seconds)
    return world
  }

  private func sick(_ world: World) throws -> JSON {
    try #require(world.store.object(.pods, ObjectKey(namespace: namespace, name: "sick"))).object
  }

  private func waiting(_ pod: JSON, _ container: String = "app") -> String? {
    pod.containerStatus(container)?["state"]?["waiting"]?["reason"]?.string
  }

  private func messages(_ world: World, _ reason: String) -> Set<String> {
    let events = world.store.objects(.events, in: namespace).filter { $0.field("involvedObject.name") == "sick" }
    return Set(events.filter { $0.field("reason") == reason }.compactMap { $0.object["message"]?.string })
  }

  /// The recorded status of a pod, at its first event.
  private func recorded(_ name: String) throws -> JSON {
    let lines = try recordedText("watch-broken-pods.jsonl").split(separator: "\n").map { try JSON(parsing: String($0)) }
    return try #require(
      lines.compactMap { $0["object"] }.first { $0["metadata", "name"]?.string?.hasPrefix(name) == true })
  }

  /// Conditions without their times.
  private func conditions(_ pod: JSON) -> Set<String> {
    Set(
      (pod["status", "conditions"]?.elements ?? []).map { condition in
        ["type", "status", "reason", "message"].map { condition[$0]?.string ?? "-" }.joined(separator: " ")
          .replacing("[migrate]", with: "[init]").replacing("[wait-db]", with: "[init]")
      })
  }

  @Test func `a missing Secret and a missing key are told in the kubelet's words`() throws {
    let variable: JSON = [
      "name": "TOKEN", "valueFrom": ["secretKeyRef": ["name": "does-not-exist", "key": "token"]],
    ]
    var world = world(with: ["env": [variable]], after: 20)
    let pod = try sick(world)
    let real = try recorded("missing-secret")
    #expect(waiting(pod) == "CreateContainerConfigError")
    #expect(pod.containerStatus("app")?["state"] == real.containerStatus("app")?["state"])
    #expect(conditions(pod) == conditions(real))
    #expect(messages(world, "Failed") == ["Error: secret \"does-not-exist\" not found"])
    world.create(.secrets, ["metadata": ["name": "does-not-exist", "namespace": "todo"], "data": ["other": ""]])
    world.advance(to: testStart + 40)
    #expect(messages(world, "Failed").contains("Error: couldn't find key token in Secret todo/does-not-exist"))
    world.update(.secrets, ObjectKey(namespace: "todo", name: "does-not-exist")) { $0["data", "token"] = "eA==" }
    world.advance(to: testStart + 60)
    #expect(try sick(world).hasCondition("Ready"))
    #expect(try sick(world).containerStatus("app")?["restartCount"] == 0)
  }

  @Test func `a volume of a missing ConfigMap keeps a pod in creation`() throws {
    var world = testWorld()
    world.createPod([
      "metadata": ["name": "sick", "namespace": "todo"],
      "spec": [
        "containers": [["name": "app", "image": "busybox:1.37"]],
        "volumes": [["name": "cfg", "configMap": ["name": "no-such-config"]]],
      ],
    ])
    world.advance(to: testStart + 30)
    let real = try recorded("missing-configmap-volume")
    #expect(try sick(world).containerStatus("app")?["state"] == real.containerStatus("app")?["state"])
    #expect(try conditions(sick(world)) == conditions(real))
    #expect(
      messages(world, "FailedMount") == [
        "MountVolume.SetUp failed for volume \"cfg\" : configmap \"no-such-config\" not found"
      ])
  }

  @Test func `a name that is no image name, and an image that may not be pulled`() throws {
    let bad = world(with: ["image": "registry.todo.local/Todo Frontend:1.0"], after: 10)
    let real = try recorded("invalid-image-name")
    #expect(try sick(bad).containerStatus("app")?["state"] == real.containerStatus("app")?["state"])
    #expect(try conditions(sick(bad)) == conditions(real))
    #expect(messages(bad, "Failed") == ["Error: InvalidImageName"])
    #expect(messages(bad, "InspectFailed").count == 1)
    let never = world(with: ["image": "todo-migrate:v1.1.0", "imagePullPolicy": "Never"], after: 10)
    #expect(try waiting(sick(never)) == "ErrImageNeverPull")
    #expect(
      messages(never, "ErrImageNeverPull")
        == ["Container image \"todo-migrate:v1.1.0\" is not present with pull policy of Never"])
    #expect(
      ["todo-frontend:v1.0.0", "a/b/c:1", "registry:5000/x@sha256:ab"].allSatisfy { World.whyInvalid($0) == nil })
    #expect(["", "a b", "x:", "a/B:1"].allSatisfy { World.whyInvalid($0) != nil })
  }

  @Test func `an init container that fails is restarted with a back-off, and the others wait`() throws {
    let initial: JSON = [["name": "migrate", "image": "busybox:1.37", "command": ["sh", "-c", "exit 3"]]]
    let world = world(with: [:], initial: initial, after: 196)
    let pod = try sick(world)
    let real = try recorded("init-fails")
    #expect(waiting(pod, "migrate") == "CrashLoopBackOff")
    #expect(pod["status", "phase"] == real["status", "phase"])
    #expect(waiting(pod) == waiting(real))
    #expect(conditions(pod) == conditions(real))
    #expect(pod.containerStatus("migrate")?.shape() == real.containerStatus("migrate")?.shape())
    #expect(pod.containerStatus("migrate")?["lastState"]?["terminated"]?["exitCode"] == 3)
    #expect(pod.containerStatus("migrate")?["restartCount"] == 5)
  }

  @Test func `init containers run one after the other, and a sidecar goes on`() throws {
    let initial: JSON = [
      ["name": "proxy", "image": "busybox:1.37", "restartPolicy": "Always"],
      ["name": "first", "image": "busybox:1.37", "command": ["sleep", "5"]],
      ["name": "second", "image": "todo-migrate:v1.1.0"],
    ]
    let early = world(with: [:], initial: initial, after: 4)
    let pod = try sick(early)
    #expect(pod["status", "phase"] == "Pending")
    #expect(pod.containerStatus("first")?["state"]?["running"] != nil)
    #expect(waiting(pod, "second") == "PodInitializing")
    #expect(!pod.hasCondition("Initialized"))
    let late = try sick(world(with: [:], initial: initial, after: 30))
    #expect(late.hasCondition("Initialized") && late.hasCondition("Ready"))
    #expect(late.containerStatus("proxy")?["state"]?["running"] != nil)
    #expect(late.containerStatus("second")?.hasSucceeded == true)
    #expect(late["status", "phase"] == "Running")
  }

  @Test func `an init container that never ends keeps its pod pending`() throws {
    let initial: JSON = [
      ["name": "wait-db", "image": "busybox:1.37", "command": ["sh", "-c", "while true; do sleep 5; done"]]
    ]
    let pod = try sick(world(with: [:], initial: initial, after: 60))
    let real = try recorded("init-running")
    #expect(conditions(pod) == conditions(real))
    #expect(pod.containerStatus("wait-db")?.shape() == real.containerStatus("wait-db")?.shape())
  }

  @Test func `a container over its memory limit is killed, again and again`() throws {
    let limits: JSON = ["limits": ["memory": "64Mi"]]
    let world = world(with: ["image": "todo-backend:v1.0.0", "resources": limits], after: 70)
    let pod = try sick(world)
    let status = try #require(pod.containerStatus("app"))
    let ended = status["lastState"]?["terminated"]
    #expect(ended?["reason"] == "OOMKilled")
    #expect(ended?["exitCode"] == 137)
    #expect((status["restartCount"]?.integer ?? 0) >= 2)
    #expect(try conditions(pod) == conditions(recorded("oomkilled")))
  }

  @Test func `a container that fails its liveness probe is restarted`() throws {
    let probe: JSON = ["httpGet": ["path": "/healthz", "port": 9999], "periodSeconds": 5, "failureThreshold": 2]
    let world = world(with: ["image": "todo-frontend:v1.0.0", "livenessProbe": probe], after: 200)
    let status = try #require(try sick(world).containerStatus("app"))
    #expect((status["restartCount"]?.integer ?? 0) >= 3)
    #expect(status["lastState"]?["terminated"]?["reason"] == "Completed")
    #expect(messages(world, "Killing") == ["Container app failed liveness probe, will be restarted"])
    let address = try sick(world)["status", "podIP"]?.string ?? ""
    #expect(
      messages(world, "Unhealthy") == [
        "Liveness probe failed: Get \"http://\(address):9999/healthz\": dial tcp \(address):9999: connect: connection refused"
      ])
  }

  @Test func `a readiness probe that a scenario breaks takes pods out of service until it is mended`() throws {
    var world = testWorld()
    let target = ProbeTarget(namespace: "todo", container: "frontend", kind: .readiness)
    func ready() -> Int {
      world.store.objects(.pods, in: "todo").count { $0.labels["app"] == "todo-frontend" && $0.isReady }
    }
    #expect(ready() == 3)
    world.breakProbe(target)
    world.advance(to: testStart + 30)
    #expect(ready() == 0)
    #expect(try deployment(world)["status", "availableReplicas"] == nil)
    world.mendProbe(target)
    world.advance(to: testStart + 60)
    #expect(ready() == 3)
    #expect(try deployment(world)["status", "availableReplicas"] == 3)
  }

  private func deployment(_ world: World) throws -> JSON {
    try #require(world.store.object(.deployments, ObjectKey(namespace: "todo", name: "todo-frontend"))).object
  }

  @Test func `a startup probe that never succeeds restarts its container, which is never ready`() throws {
    let probe: JSON = ["httpGet": ["path": "/", "port": 1], "periodSeconds": 3, "failureThreshold": 2]
    let world = world(with: ["image": "todo-frontend:v1.0.0", "startupProbe": probe], after: 60)
    #expect(messages(world, "Killing") == ["Container app failed startup probe, will be restarted"])
    #expect(try !sick(world).hasCondition("Ready"))
  }

  @Test func `a pod that is not restarted ends with its container`() throws {
    for (script, phase, reason) in [("sleep 2", "Succeeded", "PodCompleted"), ("exit 1", "Failed", "PodFailed")] {
      var world = testWorld()
      world.createPod([
        "metadata": ["name": "sick", "namespace": "todo"],
        "spec": [
          "restartPolicy": "Never",
          "containers": [["name": "app", "image": "busybox:1.37", "command": ["sh", "-c", .string(script)]]],
        ],
      ])
      world.advance(to: testStart + 20)
      let pod = try sick(world)
      #expect(pod["status", "phase"]?.string == phase)
      #expect(conditions(pod).contains("Ready False \(reason) -"))
    }
  }

  @Test func `a finalizer keeps a deleted pod until it is taken away`() throws {
    var world = testWorld()
    let key = ObjectKey(namespace: "todo", name: "sick")
    world.createPod([
      "metadata": ["name": "sick", "namespace": "todo", "finalizers": ["todo.local/hold"]],
      "spec": ["containers": [["name": "app", "image": "busybox:1.37"]]],
    ])
    world.advance(to: testStart + 10)
    world.deletePod(key)
    world.advance(to: testStart + 120)
    let pod = try sick(world)
    let real = try recorded("stuck-terminating")
    #expect(pod["status", "phase"] == real["status", "phase"])
    #expect(conditions(pod) == conditions(real))
    #expect(pod["metadata", "deletionGracePeriodSeconds"] == real["metadata", "deletionGracePeriodSeconds"])
    #expect(pod.containerStatus("app")?["state"]?["terminated"]?["exitCode"] == 137)
    world.update(.pods, key) { $0["metadata", "finalizers"] = nil }
    #expect(world.store.object(.pods, key) == nil)
  }
}
