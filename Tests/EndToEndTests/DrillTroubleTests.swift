import ClusterModel
import Foundation
import Subprocess
import Testing

extension OneAfterTheOther {
  /// Drills that something gets in the way of.
  @Suite struct DrillTroubleTests {
    @Test func `a signal undoes the drill first`() throws {
      let problems = inParallel([SIGINT, SIGTERM, SIGHUP], width: 3) { signal -> String? in
        do { return try Self.problem(after: signal) } catch { return "\(signal): \(error)" }
      }
      #expect(problems.allSatisfy { $0 == nil }, "\(problems.compactMap(\.self))")
    }

    private static func problem(after signal: Int32) throws -> String? {
      let scene = try DrillStand()
      let before = try scene.everything()
      let process = try scene.begin("D27", target: "todo-backend")
      guard process.waits(for: "ACTIVE") else { return "\(signal): \(process.text)" }
      kill(try process.id, signal)
      let isUndone =
        process.exitCode(within: 60) == 1 && process.text.contains("UNDOING") && process.text.contains("RESTORED")
      let isAsBefore = try scene.differences(from: before).isEmpty && scene.isUnlocked
      let isWritten = try scene.journal().suffix(2) == ["UNDOING", "RESTORED"]
      return isUndone && isAsBefore && isWritten ? nil : "\(signal): \(process.text)"
    }

    @Test func `a colleague's change stays, and all three values are shown`() throws {
      let scene = try DrillStand()
      let process = try scene.begin("D14", target: "todo-backend")
      try #require(process.waits(for: "ACTIVE"), "\(process.text)")
      try scene.demo.kubectl("-n", "todo", "set", "image", "deployment/todo-backend", "*=todo-backend:v1.0.1")
      let theirs = try scene.state(of: "deployment/todo-backend")
      kill(try process.id, SIGINT)
      #expect(process.exitCode() == 1)
      for part in [
        "UNDO_CONFLICT", "before: \"todo-backend:v1.0.0\"", "now:    \"todo-backend:v1.0.1\", by kubectl-set",
      ] {
        #expect(process.text.contains(part), "\(part) in \(process.text)")
      }
      #expect(try scene.state(of: "deployment/todo-backend") == theirs)
      #expect(try scene.isUnlocked)
      #expect(try scene.todotop("undo", "--all").output.contains("no drill is open"))
    }

    @Test func `a cluster that goes away and comes back is put back then`() throws {
      let scene = try DrillStand()
      let before = try scene.everything()
      let process = try scene.begin("D27", target: "todo-backend")
      try #require(process.waits(for: "ACTIVE"), "\(process.text)")
      scene.demo.signal(SIGSTOP)
      let isNoticed = process.waits(for: "the cluster does not answer", within: 60)
      scene.demo.signal(SIGCONT)
      #expect(isNoticed, "\(process.text)")
      #expect(process.exitCode() == 1)
      #expect(process.text.contains("RESTORED") && process.text.contains("ABORTED: D27"), "\(process.text)")
      #expect(try scene.differences(from: before).isEmpty && scene.isUnlocked)
    }

    @Test func `without room for the record nothing is done`() throws {
      let scene = try DrillStand()
      let before = try scene.everything()
      // No file of this program may hold more than the first half of a record.
      let words = [programPath, "drill", "run", "D27", "--target", "todo-backend", "--yes", "--confirm"]
      let outcome = try run(
        ["sh", "-c", "ulimit -f 1; exec \"$@\"", "sh"] + words + [DrillStand.confirmed] + scene.place,
        environment: ["XDG_STATE_HOME": scene.root.path, "KUBECACHEDIR": "/dev/null"])
      #expect(outcome.exitCode == 1, "\(outcome.output)\(outcome.errors)")
      #expect(outcome.output.contains("nothing was done"), "\(outcome.output)\(outcome.errors)")
      #expect(try scene.differences(from: before).isEmpty && scene.isUnlocked)
    }

    @Test func `a lock of somebody else, and rights to no lock, have the outcome that they should`() throws {
      let scene = try DrillStand()
      let lease = """
        {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"todotop-drill","namespace":"todo"},\
        "spec":{"holderIdentity":"bob@two","renewTime":"2020-01-01T00:00:00.000000Z","leaseDurationSeconds":60}}
        """
      let file = try TemporaryFile(lease)
      try scene.demo.kubectl("create", "-f", file.url.path)
      let taken = try scene.begin("D27", target: "todo-backend")
      #expect(taken.exitCode() == 1)
      #expect(taken.text.contains("another drill is open here, of bob@two; nothing was done"), "\(taken.text)")
      try scene.demo.kubectl("-n", "todo", "delete", "lease", "todotop-drill")

      let before = try scene.everything()
      for (forbidden, part) in [("Lease", "RESTORED"), ("Lease\\|ConfigMap", "other machines do not see this drill")] {
        let kubectl = try standIn(forbidding: forbidden)
        let process = try scene.begin("D27", target: "todo-backend", kubectl: kubectl.url.path)
        try #require(process.waits(for: "ACTIVE"), "\(process.text)")
        let maps = try scene.demo.kubectl("-n", "todo", "get", "configmap", "todotop-drill", "-o", "name").output
        #expect(maps.isEmpty == forbidden.contains("ConfigMap"))
        kill(try process.id, SIGINT)
        #expect(process.exitCode() == 1 && process.text.contains(part), "\(process.text)")
        #expect(try scene.differences(from: before).isEmpty)
      }
    }

    /// A kubectl whose user may not create objects of a kind.
    private func standIn(forbidding kind: String) throws -> TemporaryFile {
      try TemporaryFile.script(
        """
        case " $* " in
        *" create --filename=- "*)
          body=$(cat)
          if printf '%s' "$body" | grep -q '"kind":"\\(\(kind)\\)"'; then
            echo 'Error from server (Forbidden): error when creating "STDIN": leases is forbidden: no right' >&2
            exit 1
          fi
          printf '%s' "$body" | exec kubectl "$@" ;;
        *) exec kubectl "$@" ;;
        esac
        """)
    }

    @Test func `journals that are broken, foreign or of another cluster are named and never carried out`() throws {
      let (scene, other) = (try DrillStand(), try DrillStand(seed: "8"))
      let process = try other.begin("D27", target: "todo-backend")
      try #require(process.waits(for: "ACTIVE"), "\(process.text)")
      let (program, watchdog) = (try process.id, try process.watchdog)
      if let watchdog { kill(watchdog, SIGKILL) }
      kill(program, SIGKILL)
      let before = try scene.everything()
      try FileManager.default.createDirectory(at: scene.drills, withIntermediateDirectories: true)
      let journals = try FileManager.default.contentsOfDirectory(at: other.drills, includingPropertiesForKeys: nil)
      let journal = try #require(journals.first { $0.pathExtension == "jsonl" })
      let record = try String(contentsOf: journal, encoding: .utf8)
      try FileManager.default.copyItem(at: journal, to: scene.drills.appending(path: journal.lastPathComponent))
      for (name, text) in [
        ("d-broken", "{\"v\":1,\"id\":\n"), ("d-foreign", "{\"hello\":\"world\"}\n"), ("d-renamed", record),
      ] {
        try text.write(to: scene.drills.appending(path: "\(name).jsonl"), atomically: true, encoding: .utf8)
      }
      let outcome = try scene.todotop("undo", "--all")
      #expect(outcome.exitCode == 1 && outcome.output == "no drill is open\n", "\(outcome.output)")
      for part in [
        "d-broken.jsonl is set aside", "d-foreign.jsonl is set aside", "d-renamed.jsonl is set aside",
        "belongs to another cluster",
      ] {
        #expect(outcome.errors.contains(part), "\(part) in \(outcome.errors)")
      }
      #expect(try scene.differences(from: before).isEmpty)
      #expect(FileManager.default.fileExists(atPath: scene.drills.appending(path: "d-broken.jsonl").path))
    }

    @Test func `what must not be drilled is refused, with the reason`() throws {
      let scene = try DrillStand()
      let before = try scene.everything()
      let wrong = ["run", "D26", "--target", "todo-frontend", "--yes", "--confirm", "todotop-demo/other"]
      let refusals: [(words: [String], exitCode: Int32, part: String)] = [
        (["run", "D14", "--target", "todo-backend", "--yes", "--read-only"], 1, "read-only"),
        (["plan", "D26", "--target", "todo-backend"], 1, "(G8)"),
        (["run", "D26", "--target", "todo-frontend", "--yes"], 1, "--confirm todotop-demo/todo"),
        (wrong, 1, "another place"),
        (["run", "D02", "--target", "todo-backend"], 1, "give --yes"),
        (["plan", "D14", "--target", "todo-backend; rm -rf /"], 2, "is no target of D14"),
        (["plan", "D14"], 2, "deployment/todo-backend/backend"),
      ]
      let (place, root) = (scene.place, scene.root.path)
      let problems = inParallel(refusals, width: 4) { refusal -> String? in
        Self.problem([programPath, "drill"] + refusal.words + place, root, refusal.exitCode) {
          $0.contains(refusal.part)
        }
      }
      #expect(problems.compactMap(\.self).isEmpty)
      #expect(try scene.differences(from: before).isEmpty && scene.isUnlocked)
    }

    @Test func `a cluster that is not of this machine is drilled only where it says so, and never a protected one`()
      throws
    {
      let scene = try DrillStand()
      let before = try scene.everything()
      let text = try String(contentsOfFile: scene.demo.kubeconfig, encoding: .utf8)
      // The same cluster by a name that says that others depend on it, and by one that says nothing.
      for (context, isMarked, part) in [
        ("shop-prod", false, "is protected"), ("shop", false, "todotop/drills=enabled"), ("shop", true, "not armed"),
      ] {
        if isMarked { try scene.demo.kubectl("annotate", "namespace", "todo", "todotop/drills=enabled") }
        let file = try TemporaryFile(text.replacing("todotop-demo", with: context))
        let words = ["run", "D14", "--target", "todo-backend", "--yes", "--kubeconfig", file.url.path, "-n", "todo"]
        // A flag is named only where it is all that is missing.
        let problem = Self.problem([programPath, "drill"] + words, scene.root.path, 1) {
          $0.contains(part) && $0.contains("--allow-drills") == isMarked
        }
        #expect(problem == nil)
      }
      #expect(try scene.differences(from: before).isEmpty && scene.isUnlocked)
    }

    private static func problem(
      _ words: [String], _ state: String, _ exitCode: Int32, _ isToldRightly: (String) -> Bool
    ) -> String? {
      do {
        let outcome = try run(words, environment: ["XDG_STATE_HOME": state])
        let isRight = outcome.exitCode == exitCode && isToldRightly(outcome.errors)
        return isRight ? nil : "\(words.dropFirst(2)): \(outcome.exitCode) \(outcome.errors)"
      } catch {
        return "\(words): \(error)"
      }
    }

    @Test func `a target that goes between the plan and the yes is not hit in another's place`() throws {
      let scene = try DrillStand()
      let words = [programPath, "drill", "run", "D02", "--target", "todo-backend"] + scene.place
      let device = try Device(
        words.map { "'\($0)'" }.joined(separator: " "), environment: ["XDG_STATE_HOME": scene.root.path])
      try #require(device.shows("to do this:", within: 60), "\(device.text)")
      let pod = try #require(device.text.firstMatch(of: /target: pod\/(\S+),/)).output.1
      try scene.demo.kubectl("-n", "todo", "delete", "pod", String(pod), "--wait=false", "--grace-period=0", "--force")
      let names = try scene.demo.podNames()
      device.type("y\r")
      #expect(device.shows("ended 1", within: 60), "\(device.text)")
      #expect(device.text.contains("nothing was done") || device.text.contains("gone"), "\(device.text)")
      #expect(try Set(names).isSubset(of: scene.demo.podNames()) && scene.isUnlocked)
    }
  }
}
