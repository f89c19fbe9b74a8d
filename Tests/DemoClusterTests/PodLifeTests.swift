import Testing

@testable import DemoCluster

struct PodLifeTests {
  /// What a watcher sees of pods: type, phase, container states, conditions that are true, whether it is ending.
  struct Sight: Equatable {
    let type: String
    let phase: String
    let states: Set<String>
    let conditions: Set<String>
    let isEnding: Bool

    init(_ type: String, _ pod: JSON) {
      self.type = type
      phase = pod["status", "phase"]?.string ?? ""
      let statuses = pod["status", "containerStatuses"]?.elements ?? []
      states = Set(statuses.compactMap { $0["state"]?.members.first?.name })
      conditions = Set(
        (pod["status", "conditions"]?.elements ?? []).filter { $0["status"]?.string == "True" }
          .compactMap { $0["type"]?.string })
      isEnding = pod.isTerminating
    }
  }

  private func changes(_ world: World, since first: Int, of name: (String) -> Bool) -> [Sight] {
    let table = world.store.table(.pods)
    return (first..<table.endOfHistory).map { table.change($0) }.filter { name($0.object.key.name) }
      .map { Sight($0.type.rawValue, $0.object.object) }
  }

  @Test func `a deleted pod is replaced through the states that a real cluster went through`() throws {
    let recorded = try recordedText("watch-pods-delete.jsonl").split(separator: "\n").map {
      try JSON(parsing: String($0))
    }
    let replacement = "todo-backend-7bbd475df6-kmwpq"
    let expected = recorded.filter { $0["object"]?["metadata", "name"]?.string == replacement }
      .map { Sight($0["type"]?.string ?? "", $0["object"] ?? .null) }
    var world = testWorld()
    let before = Set(world.store.objects(.pods, in: "todo").map(\.key))
    let first = world.store.table(.pods).endOfHistory
    let victim = try #require(before.sorted().first)
    world.deletePod(victim)
    world.advance(to: testStart + 40)
    let seen = changes(world, since: first) { name in !before.contains(ObjectKey(namespace: "todo", name: name)) }
    #expect(expected.count == 5)
    #expect(seen == expected)
  }

  @Test func `a deleted pod ends, then goes, and its replacement comes first`() throws {
    var world = testWorld()
    let key = try #require(world.store.objects(.pods, in: "todo").first?.key)
    let first = world.store.table(.pods).endOfHistory
    world.deletePod(key)
    world.advance(to: testStart + 0.5)
    #expect(world.store.object(.pods, key)?.isTerminating == true)
    #expect(world.store.objects(.pods, in: "todo").count == 6)
    world.advance(to: testStart + 20)
    #expect(world.store.object(.pods, key) == nil)
    #expect(world.store.objects(.pods, in: "todo").count == 5)
    let types = changes(world, since: first) { $0 == key.name }.map(\.type)
    #expect(types == ["MODIFIED", "MODIFIED", "MODIFIED", "DELETED"])
  }

  @Test func `endpoints follow the readiness of pods`() throws {
    var world = testWorld()
    let key = try #require(world.store.objects(.pods, in: "todo").first?.key)
    func endpoint() -> JSON? {
      let slices = world.store.objects(.endpointSlices, in: "todo").flatMap { $0.object["endpoints"]?.elements ?? [] }
      return slices.first { $0.value(at: "targetRef.name")?.string == key.name }
    }
    #expect(endpoint()?.value(at: "conditions.ready") == true)
    world.deletePod(key)
    world.advance(to: testStart + 0.1)
    #expect(endpoint()?["conditions"] == ["ready": false, "serving": true, "terminating": true])
    world.advance(to: testStart + 20)
    #expect(endpoint() == nil)
  }

  @Test func `events tell the life of a replaced pod in order`() throws {
    var world = testWorld()
    let before = Set(world.store.objects(.pods, in: "todo").map(\.key))
    world.deletePod(try #require(before.sorted().first))
    world.advance(to: testStart + 20)
    let fresh = try #require(world.store.objects(.pods, in: "todo").first { !before.contains($0.key) })
    let events = world.store.objects(.events, in: "todo").filter { $0.field("involvedObject.uid") == fresh.uid }
    let reasons = events.sorted { $0.resourceVersion < $1.resourceVersion }.compactMap { $0.field("reason") }
    #expect(reasons == ["Scheduled", "Pulled", "Created", "Started", "Unhealthy"])
  }

  @Test func `a pod that is deleted without grace is gone at once`() throws {
    var world = testWorld()
    let key = try #require(world.store.objects(.pods, in: "todo").first?.key)
    world.deletePod(key, graceSeconds: 0)
    #expect(world.store.object(.pods, key) == nil)
  }

  /// What a watcher of many pods sees, with names replaced by the order of their first appearance.
  private func story(_ events: [(type: String, pod: JSON)]) -> [String] {
    var names: [String: String] = [:]
    return events.map { event in
      let name = event.pod["metadata", "name"]?.string ?? ""
      let alias = names[name] ?? (event.type == "ADDED" ? "new" : "old") + String(names.count)
      names[name] = alias
      let sight = Sight(event.type, event.pod)
      return [
        alias, sight.type, sight.phase, sight.states.sorted().joined(separator: ","),
        sight.conditions.sorted().joined(separator: ","), String(sight.isEnding),
      ].joined(separator: " ")
    }
  }

  private func story(recordedIn file: String, skipping first: Int = 0) throws -> [String] {
    let lines = try recordedText(file).split(separator: "\n").dropFirst(first)
    return story(
      try lines.map { line in
        let event = try JSON(parsing: String(line))
        return (event["type"]?.string ?? "", event["object"] ?? .null)
      })
  }

  private func story(_ world: World, since first: Int, of name: (String) -> Bool) -> [String] {
    let table = world.store.table(.pods)
    return story(
      (first..<table.endOfHistory).map { table.change($0) }.filter { name($0.object.key.name) }
        .map { ($0.type.rawValue, $0.object.object) })
  }

  @Test func `a rollout restart shows the recorded events in the recorded order`() throws {
    var world = testWorld()
    let first = world.store.table(.pods).endOfHistory
    world.update(.deployments, ObjectKey(namespace: "todo", name: "todo-frontend")) { deployment in
      deployment["spec"]?["template"]?["metadata"]?["annotations"] = [
        "kubectl.kubernetes.io/restartedAt": .string(testStart.text)
      ]
    }
    world.advance(to: testStart + 60)
    // The recording begins with the three pods that were there.
    let expected = try story(recordedIn: "watch-rollout-restart.jsonl", skipping: 3)
    #expect(expected.count == 27)
    #expect(story(world, since: first) { $0.hasPrefix("todo-frontend") } == expected)
  }

  @Test func `a pod whose image cannot be pulled goes as it was recorded`() throws {
    var world = testWorld()
    let first = world.store.table(.pods).endOfHistory
    let key = ObjectKey(namespace: "todo", name: "unpullable")
    world.createPod([
      "metadata": ["name": .string(key.name), "namespace": "todo"],
      "spec": ["containers": [["name": "frontend", "image": "registry.todo.local/todo-frontend:9.9.9"]]],
    ])
    world.advance(to: testStart + 24)
    world.deletePod(key)
    world.advance(to: testStart + 60)
    // Between deletion and end the kubelet wrote two steps of its clean-up that tell nothing.
    var expected = try story(recordedIn: "watch-bad-rollout.jsonl")
    expected.removeSubrange(6..<8)
    #expect(story(world, since: first) { $0 == key.name } == expected)
  }

  @Test func `a container that does not heed the signal is killed when the grace period ends, as recorded`() throws {
    var world = testWorld()
    let key = ObjectKey(namespace: "todo", name: "deaf")
    world.createPod([
      "metadata": ["name": .string(key.name), "namespace": "todo"],
      "spec": [
        "terminationGracePeriodSeconds": 30,
        "containers": [
          [
            "name": "backend", "image": "todo-backend:v1.0.0",
            "readinessProbe": ["httpGet": ["path": "/", "port": 8000]],
          ],
          ["name": "log-sidecar", "image": "busybox:1.37"],
        ],
      ],
    ])
    world.advance(to: testStart + 20)
    let first = world.store.table(.pods).endOfHistory
    world.deletePod(key)
    world.advance(to: testStart + 60)
    #expect(
      story(world, since: first) { $0 == key.name } == (try story(recordedIn: "watch-pod-stops.jsonl", skipping: 1)))
  }
}
