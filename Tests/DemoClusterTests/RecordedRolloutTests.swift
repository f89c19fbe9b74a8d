import Testing

@testable import DemoCluster

/// A rollout restart as watchers of Deployments, ReplicaSets and events see it, next to what a real cluster sent.
struct RecordedRolloutTests {
  private struct Seen {
    let type: String
    let object: JSON
  }

  private let world: World
  private let first: World

  init() {
    first = testWorld()
    var world = first
    world.update(.deployments, ObjectKey(namespace: "todo", name: "todo-frontend")) { deployment in
      deployment["spec"]?["template"]?["metadata"]?["annotations"] = [
        "kubectl.kubernetes.io/restartedAt": .string(testStart.text)
      ]
    }
    world.advance(to: testStart + 60)
    self.world = world
  }

  private func seen(_ kind: ResourceKind, of name: (JSON) -> String?) -> [Seen] {
    let table = world.store.table(kind)
    return (first.store.table(kind).endOfHistory..<table.endOfHistory).map { table.change($0) }.map {
      Seen(type: $0.type.rawValue, object: $0.object.object)
    }.filter { name($0.object)?.hasPrefix("todo-frontend") == true }
  }

  private func recorded(_ file: String) throws -> [Seen] {
    try recordedText(file).split(separator: "\n").map { line in
      let event = try JSON(parsing: String(line))
      return Seen(type: event["type"]?.string ?? "", object: event["object"] ?? .null)
    }
  }

  private func name(_ object: JSON) -> String? { object["metadata", "name"]?.string }

  /// Names of the ReplicaSet that was there and the one that came.
  private func names(_ replicaSets: [Seen]) throws -> (old: String, new: String) {
    let new = try #require(replicaSets.first { $0.type == "ADDED" && $0.object["status", "replicas"] == 0 })
    let old = try #require(replicaSets.first { name($0.object) != name(new.object) })
    return (name(old.object) ?? "", name(new.object) ?? "")
  }

  /// A text without what differs between two clusters.
  private func plain(_ text: String, _ names: (old: String, new: String)) -> String {
    text.replacing(names.old, with: "OLD").replacing(names.new, with: "NEW")
      .replacing(/(OLD|NEW)-[a-z0-9]{5}/) { "\($0.output.1) POD" }
      .replacing(/"[a-z.\/]*todo-frontend:[a-z0-9.]+"/, with: "IMAGE").replacing("node-1", with: "NODE")
      .replacing("todotop-demo", with: "NODE")
  }

  private func story(ofReplicaSets seen: [Seen], _ name: String) -> [String] {
    seen.filter { self.name($0.object) == name }.map { seen in
      let object = seen.object
      let annotations = object["metadata", "annotations"]
      let counts = ["replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas"].map {
        object["status", $0]?.integer.map(String.init) ?? "-"
      }
      let sizes = ["desired-replicas", "max-replicas", "revision"].map {
        annotations?["deployment.kubernetes.io/" + $0]?.string ?? "-"
      }
      return [
        seen.type, "generation", text(object["metadata", "generation"]), text(object["status", "observedGeneration"]),
        "wants", text(object["spec", "replicas"]), "has", counts.joined(separator: "/"), sizes.joined(separator: "/"),
      ].joined(separator: " ")
    }
  }

  private func text(_ number: JSON?) -> String { number?.integer.map(String.init) ?? "-" }

  @Test func `each ReplicaSet goes through the recorded counts`() throws {
    let ours = seen(.replicaSets, of: name)
    let theirs = try recorded("watch-replicasets-rollout-restart.jsonl")
    let (our, their) = try (names(ours), names(theirs))
    #expect(story(ofReplicaSets: ours, our.new) == story(ofReplicaSets: theirs, their.new))
    #expect(
      story(ofReplicaSets: ours, our.old) == Array(story(ofReplicaSets: theirs, their.old).dropFirst()),
      "the recording begins with the ReplicaSet that was there")
    #expect(story(ofReplicaSets: ours, our.new).count == 12)
  }

  @Test func `the ReplicaSets are scaled in the recorded order`() throws {
    func scalings(_ seen: [Seen]) throws -> [String] {
      let names = try names(seen)
      var wanted: [String: String] = [:]
      return seen.compactMap { seen in
        let name = name(seen.object) ?? ""
        let replicas = text(seen.object["spec", "replicas"])
        guard wanted[name] != replicas else { return nil }
        wanted[name] = replicas
        return plain("\(name) \(replicas)", names)
      }
    }
    let theirs = try scalings(recorded("watch-replicasets-rollout-restart.jsonl"))
    #expect(try scalings(seen(.replicaSets, of: name)) == Array(theirs.dropFirst()))
  }

  @Test func `the Deployment goes through the recorded counts and conditions`() throws {
    func story(_ seen: [Seen], _ names: (old: String, new: String)) -> [String] {
      seen.map { seen in
        let object = seen.object
        let counts = [
          "observedGeneration", "replicas", "updatedReplicas", "readyReplicas", "availableReplicas",
          "unavailableReplicas",
        ].map { text(object["status", $0]) }
        let conditions = (object["status", "conditions"]?.elements ?? []).map { condition in
          ["type", "status", "reason", "message"].map { condition[$0]?.string ?? "-" }.joined(separator: " ")
        }
        let revision = object["metadata", "annotations"]?["deployment.kubernetes.io/revision"]?.string ?? "-"
        let parts = [seen.type, text(object["metadata", "generation"]), counts.joined(separator: "/"), revision]
        return plain((parts + conditions).joined(separator: " "), names)
      }
    }
    let ours = try story(seen(.deployments, of: name), names(seen(.replicaSets, of: name)))
    let theirs = try story(
      recorded("watch-deployments-rollout-restart.jsonl"),
      names(recorded("watch-replicasets-rollout-restart.jsonl")))
    #expect(ours == Array(theirs.dropFirst()), "the recording begins with the Deployment that was there")
    #expect(ours.count == 12)
  }

  @Test func `events have the recorded reasons and messages in the recorded order of each object`() throws {
    /// The events of each object in order, objects of one kind and origin together.
    func stories(_ seen: [Seen], _ names: (old: String, new: String)) -> [String: Set<[String]>] {
      var byObject: [String: [String]] = [:]
      for event in seen where event.type == "ADDED" {
        let object = event.object["involvedObject"]
        let source = event.object["source"]?["component"]?.string ?? event.object["reportingComponent"]?.string ?? ""
        let words = ["type", "reason", "message"].map { event.object[$0]?.string ?? "-" }.joined(separator: " ")
        let key = "\(object?["kind"]?.string ?? "") \(object?["name"]?.string ?? "")"
        byObject[key, default: []].append(plain("\(source): \(words)", names))
      }
      return Dictionary(grouping: byObject, by: { plain($0.key, names) }).mapValues { Set($0.map(\.value)) }
    }
    let ours = try stories(
      seen(.events) { $0["involvedObject", "name"]?.string }, names(seen(.replicaSets, of: name)))
    let theirs = try stories(
      recorded("watch-events-rollout-restart.jsonl"), names(recorded("watch-replicasets-rollout-restart.jsonl")))
    #expect(
      theirs.keys.sorted() == [
        "Deployment todo-frontend", "Pod NEW POD", "Pod OLD POD", "ReplicaSet NEW", "ReplicaSet OLD",
      ])
    #expect(ours == theirs)
  }
}
