import Testing
import YAML

@testable import DemoCluster

struct ScenarioTests {
  private func world(_ name: String, seed: UInt64? = nil) throws -> World {
    World.demo(seed: seed, start: testStart, scenario: try #require(DemoScenario.named(name)))
  }

  /// Why containers of the application wait, and how often.
  private func waiting(_ world: World) -> [String: Int] {
    let reasons = world.store.objects(.pods, in: "todo").flatMap {
      $0.object["status", "containerStatuses"]?.elements ?? []
    }
    .compactMap { $0["state"]?["waiting"]?["reason"]?.string }
    return Dictionary(reasons.map { ($0, 1) }, uniquingKeysWith: +)
  }

  @Test func `there are the scenarios that the documents name, and no others`() {
    #expect(DemoScenario.names == ["bare", "healthy", "incident", "large", "noisy", "rollout"])
    #expect(DemoScenario.named("parts/todo") == nil && DemoScenario.named("no") == nil)
  }

  @Test(arguments: DemoScenario.names)
  func `every scenario has a sentence, runs, and is the same for the same seed`(name: String) throws {
    let scenario = try #require(DemoScenario.named(name))
    #expect((20...100).contains(scenario.sentence.count) && !scenario.sentence.hasSuffix("."))
    func texts(_ seed: UInt64?) throws -> [[UInt8]] {
      var world = try world(name, seed: seed)
      world.advance(to: testStart + 20)
      return ResourceKind.all.flatMap { kind in world.store.objects(kind).map(\.tail) }
    }
    // Ten thousand pods take too long to be made three times.
    guard name != "large" else { return }
    let first = try texts(nil)
    #expect(try first == texts(scenario.seed))
    #expect(try first != texts(scenario.seed + 1))
  }

  @Test func `the incident has its crash loop, its missing image and its pod that fits nowhere, each with the reason`()
    throws
  {
    var world = try world("incident")
    world.advance(to: testStart + 60)
    #expect(Set(waiting(world).keys).isSubset(of: ["CrashLoopBackOff", "ImagePullBackOff", "ErrImagePull"]))
    #expect(waiting(world).count == 2 || waiting(world)["ImagePullBackOff"] == 1)
    let pending = try #require(
      world.store.objects(.pods, in: "todo").first { $0.field("spec.nodeName") == "" }?.object)
    let condition = pending["status", "conditions"]?.elements.first { $0["type"] == "PodScheduled" }
    #expect(condition?["reason"] == "Unschedulable")
    #expect(condition?["message"]?.string?.hasPrefix("0/1 nodes are available: 1 Insufficient cpu.") == true)
    let crashed = world.store.objects(.pods, in: "todo").flatMap {
      $0.object["status", "containerStatuses"]?.elements ?? []
    }
    .first { $0["lastState"]?["terminated"]?["exitCode"] == 1 }
    #expect(crashed?["restartCount"]?.integer ?? 0 > 3)
  }

  @Test func `the rollout is half way through at the start and goes on, without losing a pod`() throws {
    var world = try world("rollout")
    let key = ObjectKey(namespace: "todo", name: "todo-backend")
    for second in stride(from: 0.0, through: 70, by: 10) {
      world.advance(to: testStart + second)
      let deployment = try #require(world.store.object(.deployments, key)?.object)
      let status = deployment["status"]
      #expect((2...4).contains(status?["updatedReplicas"]?.integer ?? 0), "\(second)")
      #expect(status?["availableReplicas"]?.integer ?? 0 >= 4)
      #expect(deployment.progressReason == "ReplicaSetUpdated")
    }
    world.advance(to: testStart + 600)
    let status = try #require(world.store.object(.deployments, key)?.object["status"])
    #expect(status["updatedReplicas"] == 4 && status["availableReplicas"] == 4)
  }

  @Test func `the noise comes at its rates, in events and in JSON lines`() throws {
    var world = try world("noisy")
    let before = world.store.table(.events).endOfHistory
    world.advance(to: testStart + 10)
    let table = world.store.table(.events)
    let reasons = (before..<table.endOfHistory).map { table.change($0).object.field("reason") ?? "" }
    // Each event is one change, and an old one that makes place another.
    #expect(reasons.count { $0 == "Unhealthy" } >= 80 && reasons.count { $0 == "ProbeWarning" } >= 40)
    #expect(world.store.objects(.events, in: "todo").count <= World.eventLimit)
    let pod = try #require(
      world.store.objects(.pods, in: "todo").first { $0.key.name.hasPrefix("todo-audit") })
    var api = API(world: world)
    let path = "/api/v1/namespaces/todo/pods/\(pod.key.name)/log"
    let text = String(decoding: api.answer(Request("GET", path, query: ["sinceSeconds": "10"])).bytes, as: UTF8.self)
    let lines = text.split(separator: "\n")
    #expect((450...510).contains(lines.count))
    for line in lines { #expect((try? JSON(parsing: String(line)))?["level"] != nil, "\(line)") }
  }

  @Test func `a bare cluster has its system and no application`() throws {
    let world = try world("bare")
    #expect(world.store.object(.namespaces, ObjectKey(namespace: "", name: "todo")) == nil)
    #expect(Set(world.store.objects(.pods).map(\.key.namespace)) == ["kube-system", "ingress-nginx"])
    #expect(world.store.objects(.pods).allSatisfy { $0.isReady })
    #expect(world.store.objects(.ingresses).isEmpty && !world.store.objects(.nodes).isEmpty)
  }

  @Test func `a large cluster has ten thousand pods and changes by itself`() throws {
    var world = try world("large")
    #expect(world.store.objects(.pods).count == 10_000)
    let before = world.store.table(.pods).endOfHistory
    world.advance(to: testStart + 10)
    #expect(world.store.table(.pods).endOfHistory - before >= 50)
    #expect(World.demo(start: testStart, scenario: .healthy, totalPods: 40).store.objects(.pods).count == 40)
  }

  private static let head = "sentence: Words\nage: 1h\nnodes: [{cpu: 4, memory: 8Gi}]\n"

  @Test(arguments: [
    ("", "x.yaml:1:1: a scenario begins with"), ("seed: 1\n", "x.yaml:1:1: the key \"sentence\" is missing"),
    (head + "sed: 1\n", "x.yaml:4:1: there is no key \"sed\"; there are sentence, seed"),
    (head + "seed: -1\n", "x.yaml:4:7: a number from 0"),
    (head + "age: 2h\n", "x.yaml:4:1: the key \"age\" comes twice"),
    (head + "timeline:\n- at: 5x\n  do: apply this\n", "x.yaml:5:7: a time such as 30s"),
    (head + "timeline:\n- at: -2h\n  do: apply this\n", "x.yaml:5:7: this is before the cluster began"),
    (head + "timeline:\n- at: 5s\n  do: explode all\n", "x.yaml:6:7: there is no command \"explode\""),
    (head + "timeline:\n- at: 5s\n  do: scale deployment/a many\n", "x.yaml:6:7: \"many\" is no number"),
    (head + "timeline:\n- at: 5s\n  do: restart pod/a\n", "x.yaml:6:7: restart is for deployment/NAME"),
    (head + "timeline:\n- at: 5s\n  do: apply other.yaml\n", "x.yaml:6:7: there is no file other.yaml"),
    (head + "timeline:\n- at: 5s\n  do: apply part.yaml\n", "part.yaml:3:7: no Widget of v1 is served here"),
    (head + "---\nkind: Pod\n", "x.yaml:5:1: an object needs apiVersion and kind"),
    (head + "---\nkind: Pod\n---\na: [", "x.yaml:8:1: not YAML: "),
    (head + "images: [{image: a, pul: 1s}]\n", "x.yaml:4:21: there is no key \"pul\""),
    (head + "images: [{image: a, cpu: [9, 1]}]\n", "x.yaml:4:26: [LEAST, MOST] is expected"),
    (head + "images: [{image: a, log: {every: 1s, opening: ['${who}']}}]\n", "x.yaml:4:48: there is no place \"who\""),
    (head + "images: [{image: a, log: {every: 1s, opening: ['${1..']}}]\n", "x.yaml:4:48: a ${ in this text"),
    (head + "events: [{on: pod/a, perSecond: 1, reason: A, message: b}]\n", "x.yaml:4:15: deployment/NAME is expected"),
    (head + "images: [{image: a, log: {every: 1s, without: {disk: []}}}]\n", "x.yaml:4:48: there is no key \"disk\""),
    (head + "load: {pods: 20001}\n", "x.yaml:4:14: a number from 0 to 20000"),
    (head + "enforcesNetworkPolicies: no\n", "x.yaml:4:26: true or false is expected here, not \"no\""),
  ])
  func `a mistake in a file is named with its line and column`(text: String, words: String) {
    do {
      _ = try DemoScenario(name: "x", Array(text.utf8)) { name in
        name == "part.yaml" ? Array("# One\napiVersion: v1\nkind: Widget\n".utf8) : demoResource(name)
      }
      Issue.record("no mistake in \(text)")
    } catch {
      #expect(error.description.hasPrefix(words), "\(error)")
    }
  }

  @Test func `commands of a timeline happen at their moments`() throws {
    let commands = [
      ("restart deployment/todo-frontend", "restartedAt"), ("scale deployment/todo-frontend 5", "\"replicas\":5"),
      ("image deployment/todo-frontend todo-frontend:v1.0.1", "todo-frontend:v1.0.1"),
    ]
    for (command, mark) in commands {
      let text = Self.head + "timeline:\n- at: -10m\n  do: apply parts/todo.yaml\n- at: 5s\n  do: \(command)\n"
      var world = World.demo(start: testStart, scenario: try DemoScenario(name: "x", Array(text.utf8)))
      func spec() -> String {
        let key = ObjectKey(namespace: "todo", name: "todo-frontend")
        return String(decoding: (world.store.object(.deployments, key)?.object["spec"] ?? .null).encoded, as: UTF8.self)
      }
      world.advance(to: testStart + 4.9)
      #expect(!spec().contains(mark))
      world.advance(to: testStart + 5.1)
      #expect(spec().contains(mark), "\(command)")
    }
  }

  @Test func `a deleted pod of a timeline is replaced`() throws {
    let text =
      Self.head
      + "timeline:\n- at: -10m\n  do: apply parts/todo.yaml\n- at: 5s\n  do: delete-pod deployment/todo-backend\n"
    var world = World.demo(start: testStart, scenario: try DemoScenario(name: "x", Array(text.utf8)))
    let before = Set(world.store.objects(.pods, in: "todo").map(\.key.name))
    world.advance(to: testStart + 60)
    let after = Set(world.store.objects(.pods, in: "todo").map(\.key.name))
    #expect(before.subtracting(after).count == 1 && after.count == before.count)
  }
}
