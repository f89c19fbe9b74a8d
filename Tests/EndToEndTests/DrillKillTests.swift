import ClusterModel
import Foundation
import Subprocess
import Testing

extension OneAfterTheOther {
  /// The program is killed in the middle of a drill, and somebody else puts everything back.
  @Suite struct DrillKillTests {
    /// Who undoes what the program left.
    private enum Rescuer: String, Sendable { case watchdog, nextUndo, otherMachine }

    /// A drill for each shape of change.
    private static let cases: [(kind: String, target: String, rescuer: Rescuer)] = [
      ("D02", "todo-backend", .watchdog), ("D14", "todo-backend", .watchdog), ("D26", "todo-frontend", .nextUndo),
      ("D27", "todo-backend", .otherMachine), ("D28", "todo.local/api", .nextUndo),
      ("D30", "todo-backend", .otherMachine), ("D32", "node/todotop-demo", .watchdog),
    ]

    @Test func `killed with -9, every shape of change is put back exactly, and once`() throws {
      let problems = inParallel(Array(Self.cases.indices), width: 4) { index -> [String] in
        let (kind, target, rescuer) = Self.cases[index]
        do {
          return try Self.problems(kind, target, rescuer).map { "\(kind), \(rescuer): \($0)" }
        } catch {
          return ["\(kind), \(rescuer): \(error)"]
        }
      }
      for problem in problems.joined() { Issue.record("\(problem)") }
    }

    private static func problems(_ kind: String, _ target: String, _ rescuer: Rescuer) throws -> [String] {
      let scene = try DrillStand(for: kind)
      let before = try scene.everything()
      let process = try scene.begin(kind, target: target)
      guard process.waits(for: "ACTIVE") else { return ["not begun: \(process.text)"] }
      let (program, watchdog) = (try process.id, try #require(try process.watchdog))
      if rescuer != .watchdog { kill(watchdog, SIGKILL) }
      kill(program, SIGKILL)
      guard try eventually({ try !isRunning(program) }) else { return ["it cannot be killed"] }
      var problems: [String] = []
      switch rescuer {
      case .watchdog:
        if try !eventually(within: 60, { try scene.isUnlocked && !isRunning(watchdog) }) {
          problems.append("the watchdog did not end it")
        }
      case .nextUndo:
        let outcome = try scene.todotop("undo", "--all")
        if outcome.exitCode != 0 || !outcome.output.contains("RESTORED") {
          problems.append("undo: \(outcome.exitCode) \(outcome.output)\(outcome.errors)")
        }
      case .otherMachine:
        // As if it had been silent for long: a holder that was just heard of is left alone.
        let patch = #"[{"op":"replace","path":"/spec/renewTime","value":"2020-01-01T00:00:00.000000Z"}]"#
        try scene.demo.kubectl("-n", "todo", "patch", "lease", "todotop-drill", "--type=json", "-p", patch)
        let outcome = try scene.todotop("undo", state: scene.root.appending(path: "other"))
        if outcome.exitCode != 0 || !outcome.output.contains("by the lock in the cluster") {
          problems.append("undo: \(outcome.exitCode) \(outcome.output)\(outcome.errors)")
        }
      }
      if try !eventually(within: 30, { try scene.differences(from: before).isEmpty }) {
        problems += try scene.differences(from: before)
      }
      if try !scene.demo.kubectl("-n", "todo", "get", "networkpolicies", "-o", "name").output.isEmpty {
        problems.append("the policy is still there")
      }
      // The first machine comes back: there is nothing more to undo, and nothing is written.
      let versions = try versions(of: scene)
      let again = try scene.todotop("undo", "--all")
      // Its own journal knows nothing of the other machine.
      let words = rescuer == .otherMachine ? "somebody else put it back" : "no drill is open"
      if again.exitCode != 0 || !again.output.contains(words) {
        problems.append("again: \(again.exitCode) \(again.output)\(again.errors)")
      }
      if try versions != Self.versions(of: scene) { problems.append("undone twice") }
      return problems
    }

    /// How often the specification of each object was written.
    private static func versions(of scene: DrillStand) throws -> String {
      let path =
        "jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.generation} {.spec.selector}{\"\\n\"}{end}"
      return try scene.demo.kubectl("-n", "todo", "get", "deployments,services,ingresses", "-o", path).output
    }
  }
}
