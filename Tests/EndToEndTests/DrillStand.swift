import ClusterModel
import Foundation
import Playbook
import Subprocess
import Testing

/// A demo cluster, and the real program that drills it, with a state folder of its own.
///
/// A class because it owns the demo and the folder.
final class DrillStand {
  let demo: DemoProcess
  let root = FileManager.default.temporaryDirectory.appending(path: "todotop-drill-\(UUID().uuidString)")
  private var children: [Child] = []

  /// - Parameter seed: Another seed is another cluster, by its UID too.
  init(seed: String = "7", speed: String = "10") throws {
    demo = try DemoProcess(port: 0, "--speed", speed, "--seed", seed)
  }

  /// For a kind of drill: a node that beats ten times as often changes between the plan and the drill, which is refused.
  convenience init(for kind: String) throws { try self.init(speed: kind == "D32" ? "1" : "10") }

  deinit {
    for child in children { child.stop() }
    try? FileManager.default.removeItem(at: root)
  }

  /// The folder with the journals and reports.
  var drills: URL { root.appending(path: "todotop/drills") }

  /// The words that name the demo as a cluster of its own.
  var place: [String] { ["--kubeconfig", demo.kubeconfig, "-n", "todo"] }

  /// The context and namespace, as what reaches users is confirmed.
  static let confirmed = "todotop-demo/todo"

  /// Runs the program to its end.
  func todotop(_ words: String..., state: URL? = nil, environment: [String: String] = [:]) throws -> Outcome {
    let variables = environment.merging(["XDG_STATE_HOME": (state ?? root).path]) { $1 }
    return try run([programPath] + words + place, environment: variables, seconds: 150)
  }

  /// Begins a drill that is agreed to; its process goes on.
  func begin(
    _ kind: String, target: String? = nil, limit: Int = 120, kubectl: String? = nil
  ) throws -> DrillProcess {
    var words = [programPath, "drill", "run", kind, "--yes", "--confirm", Self.confirmed, "--limit", "\(limit)"]
    if let target { words += ["--target", target] }
    if let kubectl { words += ["--kubectl", kubectl] }
    let child = try Child(words + place, environment: variables(["XDG_STATE_HOME": root.path]))
    children.append(child)
    return DrillProcess(child)
  }

  /// The specification of an object without what Kubernetes counts, and who manages its fields.
  func state(of name: String) throws -> (spec: String, owners: [String]) {
    let text = try demo.kubectl("-n", "todo", "get", name, "-o", "json", "--show-managed-fields").output
    let document = try DocumentValue.read(Array(text.utf8))
    guard case .list(let entries)? = document["metadata"]?["managedFields"] else { return ("", []) }
    let owners = entries.filter { $0["subresource"] == nil }.map { entry in
      "\(entry["manager"]?.asText ?? "") \(entry["operation"]?.asText ?? "") \(entry["fieldsV1"]?.sorted.text ?? "")"
    }
    return (document["spec"]?.sorted.text ?? "", owners.sorted())
  }

  /// The specifications and owners of all that drills change and that lives on.
  func everything() throws -> [String: (spec: String, owners: [String])] {
    let kinds = "deployments,services,ingresses"
    let names = try demo.kubectl("-n", "todo", "get", kinds, "-o", "name").output.split(separator: "\n").map(
      String.init)
    return Dictionary(uniqueKeysWithValues: try (names + ["node/todotop-demo"]).map { ($0, try state(of: $0)) })
  }

  /// What is not as it was.
  func differences(from before: [String: (spec: String, owners: [String])]) throws -> [String] {
    let now = try everything()
    return before.keys.sorted().flatMap { name in
      guard let old = before[name], let new = now[name] else { return ["\(name) is gone"] }
      return (old.spec == new.spec ? [] : ["\(name): \(new.spec), not \(old.spec)"])
        + (old.owners == new.owners ? [] : ["\(name) is owned by \(new.owners), not \(old.owners)"])
    }
  }

  /// Whether the lock is gone, and with it the drill closed for everybody.
  var isUnlocked: Bool {
    get throws { try demo.kubectl("-n", "todo", "get", "lease", "todotop-drill").errors.contains("NotFound") }
  }

  /// The states in the journal of the one drill.
  func journal() throws -> [String] {
    let files = try FileManager.default.contentsOfDirectory(at: drills, includingPropertiesForKeys: nil)
    let file = try #require(files.first { $0.pathExtension == "jsonl" })
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
      try DocumentValue.read(Array(line.utf8))["state"]?.asText
    }
  }
}

/// The program while it does a drill.
///
/// A class because it gathers what was printed.
final class DrillProcess {
  let child: Child
  private var output = OutputCapture(limitBytes: 1 << 20)
  private var errors = OutputCapture(limitBytes: 1 << 20)

  init(_ child: Child) { self.child = child }

  /// All that was printed so far.
  var text: String {
    output.take(from: child.output)
    errors.take(from: child.errorOutput)
    return String(decoding: output.bytes + errors.bytes, as: UTF8.self)
  }

  /// The program itself, behind its keeper.
  var id: Int32 {
    get throws { try #require(try childProcesses(of: child.processID).first?.id) }
  }

  /// Waits until something was printed.
  func waits(for part: String, within seconds: Double = 60) -> Bool {
    eventually(within: seconds) { text.contains(part) || child.reap() != nil } && text.contains(part)
  }

  /// Waits for its end and gives its exit code.
  func exitCode(within seconds: Double = 120) -> Int32? {
    _ = eventually(within: seconds) {
      _ = text
      return child.reap() != nil
    }
    if case .exited(let code)? = child.end { return code }
    return nil
  }

  /// The watchdog that it started.
  var watchdog: Int32? {
    get throws { try childProcesses(of: try id).first { $0.arguments.contains("--watch") }?.id }
  }
}
