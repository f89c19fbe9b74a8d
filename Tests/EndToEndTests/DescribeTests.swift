import Foundation
import Testing

/// What the real kubectl describes of the demo has the shape of what it described of a real cluster.
@Suite(.serialized) struct DescribeTests {
  private static let pods = [
    "crashloop", "imagepull", "imagepull-denied", "init-fails", "invalid-image-name", "liveness-fails",
    "missing-configmap-volume", "missing-secret", "notready", "oomkilled", "pending-pvc", "todo-backend",
    "todo-frontend", "unschedulable-cpu", "unschedulable-selector",
  ]

  @Test func `pods and deployments show the recorded sections, fields and events in the recorded order`() throws {
    let demo = try DemoProcess(port: 0, "--speed", "10")
    let applied = try demo.kubectl("apply", "-f", fixture("describe/objects.json"))
    try #require(applied.exitCode == 0, "\(applied.errors)")
    for name in Self.pods { try compare(name, "pod", demo) }
    for name in ["todo-backend", "todo-frontend"] { try compare("deploy-" + name, "deployment", demo) }
  }

  private func compare(_ name: String, _ kind: String, _ demo: DemoProcess) throws {
    let recorded = Shape(try String(contentsOfFile: fixture("describe/\(name).txt"), encoding: .utf8))
    var seen = recorded
    // A pod needs a moment to fall ill, and shows each state of its illness only for a while.
    let isSame = try eventually(within: 20) {
      let object = kind == "pod" ? try pod(name, demo) : String(name.dropFirst("deploy-".count))
      seen = Shape(try demo.kubectl("-n", "todo-broken", "describe", kind, object).output)
      return seen == recorded
    }
    #expect(isSame, "\(name): \(seen.differences(from: recorded))")
  }

  private func pod(_ name: String, _ demo: DemoProcess) throws -> String {
    let names = try demo.kubectl("-n", "todo-broken", "get", "pods", "-o", "name").output.split(separator: "\n")
    return try #require(
      names.map { String($0.dropFirst("pod/".count)) }.first {
        $0 == name
          || $0.wholeMatch(of: try! Regex(NSRegularExpression.escapedPattern(for: name) + "-[a-z0-9]+-[a-z0-9]{5}"))
            != nil
      })
  }

  /// What a description says apart from names, addresses and times.
  private struct Shape: Equatable {
    /// Headings and fields in their order; of conditions and reasons their values too.
    let fields: [String]
    /// Type, reason, source and pattern of the message of each event.
    let events: Set<String>

    init(_ description: String) {
      let parts = description.split(separator: "\nEvents:", maxSplits: 1)
      var isState = false
      fields = (parts.first ?? "").split(separator: "\n").compactMap { line in
        // Whether a container that ends again and again is just waiting depends on the moment.
        if line.hasPrefix("    State:") { isState = true } else if !line.hasPrefix("      ") { isState = false }
        return isState && line.hasPrefix("      ") ? nil : Self.field(String(line))
      }
      let seen = parts.dropFirst().first?.split(separator: "\n").compactMap { Self.event(String($0)) } ?? []
      // Whether an image was there already depends on the pods before; a pull that fails is told by its failure.
      events = Set(seen.filter { !$0.contains(" Pulling ") })
    }

    private static func field(_ line: String) -> String {
      let line = line.replacing(#/kube-api-access-\w+/#, with: "TOKEN").replacing(
        #/pod-template-hash=\w+/#, with: "pod-template-hash")
      let text = line.replacing(#/ +/#, with: " ").trimmingPrefix(" ")
      let isWhole = ["Reason:", "QoS", "Status:", "node.kubernetes.io/", "/"].contains { text.hasPrefix($0) }
      guard !isWhole, let name = line.firstMatch(of: #/^( *[^:]+?):(\s|$)/#) else { return String(text) }
      return String(name.1)
    }

    private static func event(_ line: String) -> String? {
      guard let parts = line.wholeMatch(of: #/ +(Normal|Warning) +(\S+) +\S+(?: \(x\d+ over \S+\))? +(\S+) +(.*)/#)
      else {
        return nil
      }
      let message = String(parts.4)
        .replacing(#/Failed to pull image (.*?): .*/#, with: "Failed to pull image")
        .replacing(#/probe failed: .*/#, with: "probe failed")
        .replacing(
          #/Container image .* already present on machine|Successfully pulled image .*/#, with: "image is there"
        )
        .replacing(#/image "[^"]*"/#, with: "image").replacing(#/\([0-9a-f-]{36}\)/#, with: "(UID)")
        .replacing(#/(Successfully assigned) .* to .*/#, with: { "\($0.1)" })
        .replacing(#/in pod \S+/#, with: "in pod").replacing(#/replica set \S+/#, with: "replica set")
      return "\(parts.1) \(parts.2) \(parts.3) \(message)"
    }

    func differences(from other: Shape) -> String {
      let changes = fields.difference(from: other.fields).map { "\($0)" }
      return (changes + events.symmetricDifference(other.events).sorted()).joined(separator: "\n")
    }
  }
}
