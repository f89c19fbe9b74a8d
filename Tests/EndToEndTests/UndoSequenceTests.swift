import Foundation
import Testing

/// The sequences of a change and its undo that were recorded with a real cluster, sent to the demo by the real kubectl.
@Suite(.serialized) struct UndoSequenceTests {
  /// A recorded step: a command with its answer, or the object as it then was.
  private struct Step {
    let name: String
    let words: [String]?
    let input: String?
    let exitCode: Int32
    let output: String
    let errors: String
    let object: [String: Any]?

    init(_ json: [String: Any]) throws {
      name = try #require(json["step"] as? String)
      words = json["argv"] as? [String]
      input = json["stdin"] as? String
      exitCode = Int32(json["exit"] as? Int ?? 0)
      output = json["stdout"] as? String ?? ""
      errors = json["stderr"] as? String ?? ""
      object = json["object"] as? [String: Any]
    }
  }

  @Test(arguments: [
    "deployment-image", "deployment-replicas", "deployment-memory-limit", "service-selector", "ingress-backend",
  ])
  func `exit codes, errors and managers of fields are the recorded ones at every step`(name: String) throws {
    let demo = try DemoProcess()
    try demo.kubectl("create", "namespace", "drills")
    let steps = try recorded(name)
    let before = try #require(steps.first?.object)
    let kind = try #require(before["kind"] as? String).lowercased()
    try apply(before, steps, demo)
    var replacements: [String: String] = [:]
    for step in steps {
      let present = try object(kind, demo)
      if let recorded = step.object {
        let metadata = try #require(present["metadata"] as? [String: Any])
        let old = try #require(recorded["metadata"] as? [String: Any])
        for key in ["uid", "resourceVersion"] {
          replacements[try #require(old[key] as? String)] = try #require(metadata[key] as? String)
        }
        #expect(try clients(metadata) == clients(old), "\(step.name)")
      } else {
        try run(step, replacements, present, demo)
      }
    }
  }

  /// Sends a recorded command with the names of this demo, and compares what comes back.
  private func run(
    _ step: Step, _ replacements: [String: String], _ present: [String: Any], _ demo: DemoProcess
  ) throws {
    var words = try #require(step.words).dropFirst().map { word in
      replacements.reduce(word) { $0.replacing("\"\($1.key)\"", with: "\"\($1.value)\"") }
    }
    if step.name == "give ownership back", let index = words.firstIndex(of: "-p") {
      words[index + 1] = try withPresentVersion(words[index + 1], present)
    }
    let outcome = try EndToEndTests.run(["kubectl", "--kubeconfig", demo.kubeconfig] + words, input: step.input)
    #expect(outcome.exitCode == step.exitCode, "\(step.name)")
    #expect(outcome.errors == step.errors, "\(step.name)")
    if !step.output.hasPrefix("{") { #expect(outcome.output == step.output, "\(step.name)") }
  }

  /// The version was read right before: by then the controllers had written their status.
  private func withPresentVersion(_ patch: String, _ present: [String: Any]) throws -> String {
    let parsed = try JSONSerialization.jsonObject(with: Data(patch.utf8))
    var operations = try #require(parsed as? [[String: Any]])
    let version = (present["metadata"] as? [String: Any])?["resourceVersion"] as? String
    for index in operations.indices where operations[index]["path"] as? String == "/metadata/resourceVersion" {
      operations[index]["value"] = version
    }
    return String(
      decoding: try JSONSerialization.data(
        withJSONObject: operations, options: .withoutEscapingSlashes), as: UTF8.self)
  }

  /// Creates the object as its owner did: by the configuration that the last step applies, with the first values.
  private func apply(_ before: [String: Any], _ steps: [Step], _ demo: DemoProcess) throws {
    let input = try #require(steps.last?.input)
    var configuration = try #require(try JSONSerialization.jsonObject(with: Data(input.utf8)) as? [String: Any])
    let first = try #require(before["spec"] as? [String: Any])
    var spec = try #require(configuration["spec"] as? [String: Any])
    for (key, value) in spec where key != "template" && key != "ports" { spec[key] = first[key] ?? value }
    if var template = spec["template"] as? [String: Any], var pod = template["spec"] as? [String: Any],
      var containers = pod["containers"] as? [[String: Any]],
      let old = ((first["template"] as? [String: Any])?["spec"] as? [String: Any])?["containers"] as? [[String: Any]]
    {
      for key in ["image", "resources"] { containers[0][key] = old[0][key] }
      pod["containers"] = containers
      template["spec"] = pod
      spec["template"] = template
      if var strategy = spec["strategy"] as? [String: Any] {
        strategy["type"] = nil
        spec["strategy"] = strategy
      }
    }
    configuration["spec"] = spec
    let text = String(decoding: try JSONSerialization.data(withJSONObject: configuration), as: UTF8.self)
    let outcome = try EndToEndTests.run(
      ["kubectl", "--kubeconfig", demo.kubeconfig, "apply", "--server-side", "--field-manager=helm", "-f", "-"],
      input: text)
    try #require(outcome.exitCode == 0, "\(outcome.errors)")
  }

  private func object(_ kind: String, _ demo: DemoProcess) throws -> [String: Any] {
    let text = try demo.kubectl("-n", "drills", "get", kind, "web", "-o", "json", "--show-managed-fields").output
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// Who manages what, without times; what the controller manages of the status depends on the moment.
  private func clients(_ metadata: [String: Any]) throws -> [String] {
    let entries = try #require(metadata["managedFields"] as? [[String: Any]])
    // The server that was recorded had no ingress controller.
    let clients = entries.filter { $0["manager"] as? String != "nginx-ingress-controller" }
    return try clients.map { entry in
      var entry = entry
      entry["time"] = nil
      if entry["subresource"] != nil { entry["fieldsV1"] = nil }
      return String(decoding: try JSONSerialization.data(withJSONObject: entry, options: .sortedKeys), as: UTF8.self)
    }.sorted()
  }

  private func recorded(_ name: String) throws -> [Step] {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/undo/\(name).json")
    let steps = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [[String: Any]]
    return try #require(steps).map(Step.init)
  }
}
