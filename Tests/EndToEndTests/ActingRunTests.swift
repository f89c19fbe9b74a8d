import Foundation
import Testing

extension OneAfterTheOther {
  /// Every verb by its keys, in a real terminal, with the real kubectl; what the cluster is afterwards is read from it.
  @Suite struct ActingRunTests {
    /// The screen with the backend chosen among the workloads.
    private func open(_ demo: DemoProcess, _ flags: String = "", ready: String = "armed") throws -> Tmux {
      let screen = try Tmux(
        "'\(programPath)' --kubeconfig '\(demo.kubeconfig)' -n todo \(flags)", columns: 140, rows: 45)
      #expect(try screen.shows("todo-frontend"))
      #expect(try screen.shows(ready))
      try screen.press("4", "/")
      try screen.type("todo-backend")
      try screen.press("Enter")
      #expect(try screen.shows("1 of 2 match"))
      return screen
    }

    /// Gives a command until it asks: the row of a pod that is gone stays for some seconds, and nothing can be done to it.
    private func command(_ word: String, on screen: Tmux, asks question: String) throws -> Bool {
      try eventually(within: 20) {
        try screen.press("Home", ":")
        try screen.type(word)
        try screen.press("Enter")
        let asks = try eventually(within: 1) { try screen.text().contains(question) }
        // What is typed before the question can be read does not answer it.
        Thread.sleep(forTimeInterval: 0.5)
        return asks
      }
    }

    /// Presses keys that lead to a question, and says yes once it can have been read.
    private func confirm(_ screen: Tmux, _ keys: String...) throws {
      for key in keys { try screen.press(key) }
      #expect(try screen.shows("does it"))
      Thread.sleep(forTimeInterval: 0.5)
      try screen.press("y")
    }

    /// What the cluster says of the backend.
    private func backend(_ demo: DemoProcess, _ path: String) throws -> String {
      try demo.kubectl("-n", "todo", "get", "deployment", "todo-backend", "-o", "jsonpath={\(path)}").output
    }

    private func becomes(_ value: String, _ demo: DemoProcess, _ path: String) throws -> Bool {
      try eventually(within: 20) { try backend(demo, path) == value }
    }

    @Test func `restart, scale, image, pause, resume and undo change the workload`() throws {
      let demo = try DemoProcess(port: 0, "--speed", "4")
      let screen = try open(demo)
      let (image, revision) = (
        ".spec.template.spec.containers[0].image", ".metadata.annotations.deployment\\.kubernetes\\.io/revision"
      )
      let before = try backend(demo, image)
      // Cancelled: nothing happens.
      try screen.press("r")
      #expect(try screen.shows("does it"))
      Thread.sleep(forTimeInterval: 0.5)
      try screen.press("Enter")
      #expect(try screen.shows("nothing was changed"))
      #expect(try backend(demo, revision) == "1")

      try confirm(screen, "r")
      #expect(try screen.shows("Rollouts begun here"))
      #expect(try becomes("2", demo, revision))
      #expect(try screen.shows("took ", within: 40))
      #expect(try screen.shows("successfully rolled out"))
      #expect(try !backend(demo, ".spec.template.metadata.annotations.kubectl\\.kubernetes\\.io/restartedAt").isEmpty)
      try screen.press("Escape")

      try confirm(screen, "s", "3", "Enter")
      #expect(try becomes("3", demo, ".spec.replicas"))
      #expect(try screen.shows("u takes it back"))
      try confirm(screen, "u")
      #expect(try becomes("2", demo, ".spec.replicas"))
      #expect(try screen.shows("scaled from 3 to 2"))

      try screen.press(":")
      try screen.type("image backend=todo-backend:v1.0.1")
      try confirm(screen, "Enter")
      #expect(try becomes("todo-backend:v1.0.1", demo, image))
      #expect(try screen.shows("u takes it back"))
      try confirm(screen, "u")
      #expect(try becomes(before, demo, image))

      for (word, value) in [("pause", "true"), ("resume", "")] {
        try screen.press(":")
        try screen.type(word)
        try confirm(screen, "Enter")
        #expect(try screen.shows("rollouts \(word)d"))
        #expect(
          try eventually(within: 10) { ["", "false"].contains(try backend(demo, ".spec.paused")) == value.isEmpty })
        guard word == "pause" else { continue }
        try screen.press("r")
        #expect(try screen.shows("is paused: kubectl refuses. Resume its rollouts first"))
      }
      #expect(try becomes("todotop", demo, ".metadata.managedFields[?(@.manager==\"todotop\")].manager"))
    }

    @Test func `an image that cannot be pulled is named at once, users stay served, and undo brings the old one back`()
      throws
    {
      let demo = try DemoProcess()
      let screen = try open(demo)
      let image = ".spec.template.spec.containers[0].image"
      let before = try backend(demo, image)
      try screen.press(":")
      try screen.type("image backend=todo-backend:nope")
      try confirm(screen, "Enter")
      #expect(try becomes("todo-backend:nope", demo, image))
      #expect(
        try eventually(within: 30) {
          try demo.kubectl("-n", "todo", "get", "events", "-o", "jsonpath={.items[*].message}").output.contains(
            "Failed to pull image")
        })
      #expect(
        try screen.holds("why line", within: 2) { text in
          text.split(separator: "\n").contains {
            $0.contains("why ") && $0.contains("cannot pull") && $0.contains("todo-backend:nope")
          }
        })
      #expect(try backend(demo, ".status.availableReplicas") == "2")
      try confirm(screen, "u")
      #expect(try becomes(before, demo, image))
      #expect(try screen.shows("successfully rolled out", within: 40))
    }

    @Test func `users are asked through a rollout that cannot succeed, and through its undo`() throws {
      let screen = try Tmux("'\(programPath)' demo", columns: 140, rows: 45)
      #expect(try screen.shows("✓ todo.local/api"))
      try screen.press("4", ":")
      try screen.type("image backend=todo-backend:nope")
      try confirm(screen, "Enter")
      #expect(try screen.shows("cannot pull", within: 40))
      let isServed = { (text: String) in
        text.split(separator: "\n").contains { line in
          line.contains("✓ todo.local/api: ") && line.contains("answers good meanwhile")
        }
      }
      #expect(try screen.holds("good answers", isServed))
      try confirm(screen, "u")
      #expect(try screen.shows("successfully rolled out", within: 40))
      #expect(try screen.shows("✓ HEALTHY", within: 40))
    }

    @Test func `pods are deleted and evicted by their UID, nodes cordoned, and a revision is gone back to`() throws {
      let demo = try DemoProcess(port: 0, "--speed", "4")
      let screen = try open(demo)
      let pods = { try Set(demo.podNames().filter { $0.hasPrefix("todo-backend") }) }
      try confirm(screen, "r")
      #expect(try screen.shows("took ", within: 40))
      try screen.press("Escape", "b")
      #expect(try screen.shows("Revisions of todo-backend"))
      try confirm(screen, "Enter")
      #expect(try becomes("3", demo, ".metadata.annotations.deployment\\.kubernetes\\.io/revision"))
      #expect(try screen.shows("took ", within: 40))
      try screen.press("Escape", "5", "/")
      try screen.type("backend")
      try screen.press("Enter")
      #expect(try screen.shows("2 of"))
      #expect(try eventually(within: 20) { try pods().count == 2 })
      let old = try pods()
      #expect(try command("delete", on: screen, asks: "Delete?"))
      try screen.press("y")
      #expect(try screen.shows("deleted"))
      #expect(try eventually(within: 30) { try old.subtracting(pods()).count == 1 })
      try screen.press("u")
      #expect(try screen.shows("cannot be taken back"))
      #expect(try eventually(within: 30) { try pods().count == 2 })
      #expect(try command("evict", on: screen, asks: "Evict?"))
      let whole = try pods()
      try screen.press("y")
      #expect(try screen.shows("evicted"))
      #expect(try eventually(within: 30) { try !whole.subtracting(pods()).isEmpty })
      // The node of the pod, from the pod's details.
      try screen.press("2")
      #expect(try command("cordon", on: screen, asks: "Cordon?"))
      try screen.press("y")
      #expect(try screen.shows("cordoned"))
      let isCordoned = {
        try demo.kubectl("get", "nodes", "-o", "jsonpath={.items[*].spec.unschedulable}").output == "true"
      }
      #expect(try eventually(within: 10) { try isCordoned() })
      try confirm(screen, "u")
      #expect(try eventually(within: 10) { try !isCordoned() })
    }

    @Test func `an object that goes while the question is open is not hit, and two terminals never hit the wrong one`()
      throws
    {
      let demo = try DemoProcess()
      let (one, two) = (try open(demo), try open(demo))
      try one.press("s", "3", "Enter")
      try two.press("s", "4", "Enter")
      #expect(try one.shows("2 → 3 replicas") && two.shows("2 → 4 replicas"))
      Thread.sleep(forTimeInterval: 0.5)
      try one.press("y")
      try two.press("y")
      // Who comes first at the server wins; the other is refused and sets nothing behind its back.
      #expect(try eventually { try ["3", "4"].contains(backend(demo, ".spec.replicas")) })
      let won = try backend(demo, ".spec.replicas")
      let (winner, loser) = won == "3" ? (one, two) : (two, one)
      #expect(try winner.shows("scaled from 2 to \(won)"))
      #expect(try loser.holds("a refusal") { $0.contains("nothing was changed") || $0.contains("changed") })
      Thread.sleep(forTimeInterval: 2)
      #expect(try backend(demo, ".spec.replicas") == won)
      try one.press("Escape", "5", "/")
      try one.type("backend")
      try one.press("Enter", "C-d")
      #expect(try one.shows("Delete?"))
      let asked = try #require(demo.podNames().first { try one.text().contains("Pod \($0)") })
      try demo.kubectl("-n", "todo", "delete", "pod", asked, "--grace-period=0", "--force")
      #expect(try one.shows("\(asked) is gone"))
      let left = try demo.podNames()
      try one.press("y")
      #expect(try one.shows("nothing was changed"))
      #expect(try Set(left).isSubset(of: demo.podNames()))
    }

    @Test func `read-only refuses, another context is disarmed until ctrl-t, and its right is asked for`() throws {
      let demo = try DemoProcess()
      let quiet = try open(demo, "--read-only", ready: "read-only")
      try quiet.press("r")
      #expect(try quiet.shows("started with --read-only"))
      let body = try String(contentsOfFile: demo.kubeconfig, encoding: .utf8).replacing("todotop-demo", with: "shop")
      let path = FileManager.default.temporaryDirectory.appending(path: "todotop-\(UUID().uuidString).yaml").path
      try body.write(toFile: path, atomically: true, encoding: .utf8)
      defer { try? FileManager.default.removeItem(atPath: path) }
      let screen = try Tmux("'\(programPath)' --kubeconfig '\(path)' -n todo", columns: 140, rows: 45)
      #expect(try screen.shows("disarmed"))
      #expect(try screen.shows("todo-frontend"))
      try screen.press("4", "r")
      #expect(try screen.shows("ctrl-t allows changes"))
      try screen.press("C-t")
      #expect(try screen.shows("ARMED 4:5"))
      try confirm(screen, "r")
      #expect(try screen.shows("Rollouts begun here"))
    }

    @Test func `a shell has the terminal until it ends, and the screen comes back`() throws {
      let demo = try DemoProcess()
      let screen = try open(demo)
      try screen.press("5", "s")
      #expect(try screen.holds("a prompt") { !$0.contains("Workloads") })
      try screen.type("echo hello from within")
      try screen.press("Enter")
      #expect(try screen.shows("hello from within"))
      try screen.type("exit")
      try screen.press("Enter")
      #expect(try screen.shows("has ended"))
      #expect(try screen.shows("Workloads"))
    }

    @Test func `kill -9 in the middle of a verb leaves no child, and ctrl-x ends what hangs`() throws {
      let demo = try DemoProcess()
      let script = FileManager.default.temporaryDirectory.appending(path: "todotop-\(UUID().uuidString).sh").path
      // It hangs where something is changed, and is the real kubectl else.
      let text = "case \"$*\" in *'rollout restart'*) exec sleep 3141;; esac\nexec kubectl \"$@\"\n"
      try text.write(toFile: script, atomically: true, encoding: .utf8)
      defer { try? FileManager.default.removeItem(atPath: script) }
      let screen = try open(demo, "--kubectl 'sh \(script)'")
      try confirm(screen, "r")
      #expect(try eventually(within: 10) { try isHanging() })
      try screen.press("C-x")
      #expect(try screen.shows("it may have been done all the same"))
      #expect(try eventually(within: 5) { try !isHanging() })
      try confirm(screen, "Escape", "r")
      #expect(try eventually(within: 10) { try isHanging() })
      kill(try #require(try screen.processID(of: "todotop")), SIGKILL)
      #expect(try eventually(within: 5) { try !isHanging() })
    }

    private func isHanging() throws -> Bool { try run(["pgrep", "-f", "sleep 3141"]).exitCode == 0 }
  }
}
