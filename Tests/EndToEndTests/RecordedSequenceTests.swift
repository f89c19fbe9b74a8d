import Foundation
import Testing

/// Recorded sequences of locks, dry runs, evictions and rollouts, sent to the demo by the real kubectl.
@Suite(.serialized) struct RecordedSequenceTests {
  @Test func `dry runs, evictions, locks and rollouts are answered as recorded`() throws {
    let demo = try DemoProcess()
    try demo.kubectl("create", "namespace", "drills")
    try create("web.json", demo)
    let rollout = try demo.kubectl("-n", "drills", "rollout", "status", "deploy/web", "--timeout=60s")
    try #require(rollout.exitCode == 0, "\(rollout.errors)")
    var names: [String: String] = [:]
    for sequence in ["dry-runs", "pod-delete-evict", "locks-and-created", "rollout-verbs"] {
      let pods = try objects("pods", demo)
      let pod = try #require(pods.first?["metadata"] as? [String: Any])
      names["web-74c595bfb8-5tz6p"] = pod["name"] as? String
      names["71a523a6-9747-4a72-8fc4-cb9384b28a61"] = pod["uid"] as? String
      let steps = try recording("undo/\(sequence).json")
      for json in try #require(steps as? [[String: Any]]) {
        try perform(json, &names, demo)
      }
    }
  }

  private func perform(_ json: [String: Any], _ names: inout [String: String], _ demo: DemoProcess) throws {
    let step = RecordedCommand(json)
    switch step.name {
    case "restart paused": try demo.kubectl("-n", "drills", "rollout", "pause", "deploy/web")
    case "FailedCreate": try showQuota(json, demo)
    default:
      if step.name == "delete again (404)" { try waitUntilGone(try #require(names["web-74c595bfb8-5tz6p"]), demo) }
      let words = try #require(step.words).map { $0.replacing(words: names) }
      let outcome = try run(
        ["kubectl", "--kubeconfig", demo.kubeconfig] + words, input: step.input?.replacing(words: names))
      #expect(outcome.exitCode == step.exitCode, "\(step.name): \(outcome.errors)")
      #expect(outcome.errors == step.errors.replacing(words: names), "\(step.name)")
      try compare(outcome.output, step.output.replacing(words: names), step.name)
      if step.name == "create policy" {
        let policy = try #require(try parsed(outcome.output)["metadata"] as? [String: Any])
        names["0ec699c1-3031-4541-a3b9-bacea274d6f6"] = policy["uid"] as? String
      }
      if step.name == "restart of a paused deployment" {
        try demo.kubectl("-n", "drills", "rollout", "resume", "deploy/web")
      }
    }
  }

  /// Text must be the same; of an object the same members must be there, and the same managers.
  private func compare(_ output: String, _ recorded: String, _ step: String) throws {
    guard recorded.hasPrefix("{") else {
      // The sequences before had made other revisions.
      let revisions = #/(?m)(^\d+ +<none>\n)+/#
      return #expect(output.replacing(revisions, with: "#") == recorded.replacing(revisions, with: "#"), "\(step)")
    }
    let (object, expected) = (try parsed(output), try parsed(recorded))
    #expect(object.keys.sorted() == expected.keys.sorted(), "\(step)")
    for name in ["metadata", "spec"] {
      let (part, other) = (object[name] as? [String: Any], expected[name] as? [String: Any])
      #expect(part?.keys.sorted() == other?.keys.sorted(), "\(step) \(name)")
    }
    #expect(try managers(object) == managers(expected), "\(step)")
  }

  private func managers(_ object: [String: Any]) throws -> [String] {
    let entries = (object["metadata"] as? [String: Any])?["managedFields"] as? [[String: Any]] ?? []
    return try entries.map { entry in
      var entry = entry
      entry["time"] = nil
      let text = try JSONSerialization.data(withJSONObject: entry, options: .sortedKeys)
      return String(decoding: text, as: UTF8.self).replacing(#/[0-9a-f-]{36}/#, with: "UID")
        .replacing(#/\d+\.\d+\.\d+\.\d+/#, with: "ADDRESS")
    }
  }

  /// Under a quota that is used up, a pod that goes cannot be replaced: events and the Deployment say so as recorded.
  private func showQuota(_ json: [String: Any], _ demo: DemoProcess) throws {
    let list = try #require(json["object"] as? [String: Any])
    let event = try #require((list["items"] as? [[String: Any]])?.first { $0["reason"] as? String == "FailedCreate" })
    let deployment = try #require(json["deployment"] as? [String: Any])
    let condition = try #require(failure(deployment))
    // Never more than the quota while pods end, so that their replacements are refused.
    try demo.kubectl("-n", "drills", "delete", "pod", "-l", "app=web", "--wait=false")
    var seen: [String: Any]?
    let hasFailed = try eventually(within: 15) {
      seen = try objects("deployments", demo).first.flatMap(failure)
      return seen != nil
    }
    try #require(hasFailed)
    #expect(pattern(seen?["message"]) == pattern(condition["message"]))
    #expect(seen?["reason"] as? String == condition["reason"] as? String)
    let events = try objects("events", demo).filter { $0["reason"] as? String == "FailedCreate" }
    #expect(Set(events.map { pattern($0["message"]) }) == [pattern(event["message"])])
    let isWell = try demo.kubectl("-n", "drills", "wait", "--for=condition=Available", "deploy/web", "--timeout=60s")
    #expect(isWell.exitCode == 0)
  }

  private func failure(_ deployment: [String: Any]) -> [String: Any]? {
    let conditions = (deployment["status"] as? [String: Any])?["conditions"] as? [[String: Any]]
    return conditions?.first { $0["type"] as? String == "ReplicaFailure" }
  }

  private func pattern(_ message: Any?) -> String {
    (message as? String ?? "").replacing(#/web-\w+-\w+/#, with: "POD").replacing(#/pods=\d+/#, with: "pods=N")
  }

  private func waitUntilGone(_ pod: String, _ demo: DemoProcess) throws {
    let outcome = try demo.kubectl("-n", "drills", "wait", "--for=delete", "pod/" + pod, "--timeout=60s")
    try #require(outcome.exitCode == 0)
  }

  private func create(_ name: String, _ demo: DemoProcess) throws {
    let outcome = try demo.kubectl(
      "apply", "--server-side", "--field-manager=helm", "-f", fixture("undo/" + name))
    try #require(outcome.exitCode == 0, "\(outcome.errors)")
  }

  private func objects(_ kind: String, _ demo: DemoProcess) throws -> [[String: Any]] {
    let list = try parsed(demo.kubectl("-n", "drills", "get", kind, "-o", "json").output)
    return try #require(list["items"] as? [[String: Any]])
  }

  private func parsed(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }
}
