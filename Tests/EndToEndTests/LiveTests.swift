import Foundation
import Testing

extension OneAfterTheOther {
  /// The program over the real kubectl and the demo cluster, without a screen.
  @Suite struct LiveTests {
    static let feeds = [[], ["--poll", "2s"]]

    @Test(arguments: feeds)
    func `every panel has data, by watch and by poll alike`(feed: [String]) throws {
      let (exitCode, document) = try document(["--demo"] + feed)
      let pods = try #require(document["pods"] as? [[String: Any]])
      #expect(pods.count >= 4)
      #expect(pods.contains { $0["memoryBytes"] != nil })
      for list in ["workloads", "ingresses", "nodes", "events"] {
        #expect((document[list] as? [Any])?.isEmpty == false, "\(list)")
      }
      #expect(document["feed"] as? String == (feed.isEmpty ? "watch" : "poll"))
      #expect((document["serverVersion"] as? String ?? "").hasPrefix("v1.32"))
      let verdict = try #require(document["verdict"] as? [String: Any])
      #expect(verdict["word"] as? String == "HEALTHY", "\(verdict)")
      #expect(exitCode == 0)
      // The poll feed never asks for Secrets; all else is live.
      let silent = try states(document).filter { $0.value != "live" }
      #expect(silent == (feed.isEmpty ? [:] : ["secrets": "absent"]))
    }

    @Test(arguments: feeds)
    func `logs come by watch and by poll alike`(feed: [String]) throws {
      let words = (["demo"] + feed).joined(separator: " ")
      let screen = try Tmux("'\(programPath)' \(words)", columns: 120, rows: 40)
      #expect(try screen.shows("todo-frontend"))
      try screen.press("/")
      try screen.type("frontend")
      try screen.press("Enter", "l")
      #expect(try screen.shows("Logs"))
      #expect(try screen.shows("GET "))
    }

    @Test(arguments: feeds)
    func `a kind that is forbidden is a note on its panel, and all else works`(feed: [String]) throws {
      let demo = try DemoProcess()
      let gate = try Gate(before: demo, .forbidding("ingresses.networking.k8s.io"))
      let kubeconfig = try gate.kubeconfig()
      let flags = ["--kubeconfig", kubeconfig.url.path] + feed
      let (exitCode, document) = try document(flags)
      #expect(exitCode == 0)
      let states = try states(document)
      #expect(states["ingresses.networking.k8s.io"] == "forbidden")
      #expect(states.filter { $0.value == "live" }.count >= 16, "\(states)")
      #expect((document["pods"] as? [Any])?.count ?? 0 >= 4)
      let panel = try run([programPath, "snapshot", "--panel", "ingress"] + flags)
      #expect(panel.output.contains("forbidden"), "\(panel.output)")
    }

    @Test func `without a proxy it polls, and says why`() throws {
      let demo = try DemoProcess()
      let kubectl = try TemporaryFile.script(
        "case \"$*\" in *' proxy '*) echo 'error: proxy is disabled here' >&2; exit 1;; esac; exec kubectl \"$@\"")
      let screen = try Tmux(
        "'\(programPath)' --kubeconfig '\(demo.kubeconfig)' -n todo --kubectl '\(kubectl.url.path)'", columns: 200,
        rows: 45)
      #expect(try screen.shows("todo-backend"))
      #expect(try screen.shows("poll ● "))
      #expect(try screen.shows("proxy is disabled here"))
    }

    private func states(_ document: [String: Any]) throws -> [String: String] {
      let feeds = try #require(document["feeds"] as? [[String: Any]])
      return Dictionary(uniqueKeysWithValues: feeds.map { ("\($0["kind"] ?? "")", "\($0["state"] ?? "")") })
    }

    @Test(arguments: [
      ("Crash", "container backend keeps crashing: exit code 1", "died: exit code 1"),
      ("Image", "container reminder cannot pull todo-reminder:v1.0.3: not found", "check the image's name and tag"),
      ("Pending", "no node can take it (0 of 1 nodes): 1 Insufficient cpu", "No preemption victims found"),
    ])
    func `each reason of an incident is on the main screen, and one enter away in full`(
      status: String, reason: String, detail: String
    ) throws {
      let words = ["snapshot", "--demo", "--scenario", "incident", "--size", "160x45"]
      let main = try run([programPath] + words)
      #expect(main.output.contains("✗ ") && main.output.contains(reason), "\(main.output)")
      let details = try run([programPath] + words + ["--keys", "/status:\(status)<enter><enter>"])
      #expect(details.output.contains(reason) && details.output.contains(detail), "\(details.output)")
    }

    @Test func `an incident is said in words and by the exit code`() throws {
      let outcome = try todotop("snapshot", "--demo", "--scenario", "incident", "--format", "json")
      #expect(outcome.exitCode == 1)
      #expect(outcome.output.contains("CrashLoopBackOff"))
      #expect(outcome.output.contains("ImagePullBackOff"))
    }

    @Test func `the columns are those of the real kubectl on the same cluster`() throws {
      let demo = try DemoProcess("--scenario", "incident")
      let table = try demo.kubectl("get", "pods", "-n", "todo", "--no-headers").output
      let rows = table.split(separator: "\n").map { $0.split(separator: " ", omittingEmptySubsequences: true) }
      let outcome = try todotop("snapshot", "--kubeconfig", demo.kubeconfig, "-n", "todo", "--format", "json")
      let document = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
      let pods = try #require(document["pods"] as? [[String: Any]])
      #expect(pods.count == rows.count && !rows.isEmpty)
      for row in rows {
        let pod = try #require(pods.first { $0["name"] as? String == String(row[0]) })
        #expect(pod["ready"] as? String == String(row[1]))
        #expect(pod["status"] as? String == String(row[2]))
      }
    }

    @Test func `doctor says what works, with a remedy for what does not`() throws {
      let demo = try DemoProcess()
      let fine = try todotop("doctor", "--kubeconfig", demo.kubeconfig)
      #expect(fine.exitCode == 0, "\(fine.output)")
      #expect(fine.output.contains("context"))
      demo.signal(SIGKILL)
      let dead = try todotop("doctor", "--kubeconfig", demo.kubeconfig)
      #expect(dead.exitCode == 3)
      #expect(dead.output.contains("→"))
    }

    @Test func `without a terminal one frame is printed and the program ends`() throws {
      let outcome = try todotop("demo", seconds: 60)
      #expect(outcome.output.contains("todo-backend"))
      #expect(outcome.exitCode == 0)
    }

    @Test func `nothing in the program can change the cluster`() throws {
      let demo = try DemoProcess()
      let screen = try Tmux("'\(programPath)' --kubeconfig '\(demo.kubeconfig)'", columns: 120, rows: 40)
      #expect(try screen.shows("todo-backend"))
      let program = try #require(try screen.processID(of: "todotop"))
      let proxy = try #require(try proxies(of: program).first)
      let socket = try #require(proxy.arguments.split(separator: " ").first { $0.hasPrefix("--unix-socket=") })
      let path = String(socket.dropFirst("--unix-socket=".count))
      for method in ["POST", "PUT", "PATCH", "DELETE"] {
        let answer = try run([
          "curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-X", method, "--unix-socket", path,
          "http://localhost/api/v1/namespaces/todo/pods/x",
        ])
        #expect(answer.output == "403", "\(method)")
      }
      #expect(try run(["stat", "-c", "%a", path]).output.hasPrefix("700"))
      #expect(
        try run(["stat", "-c", "%a", URL(filePath: path).deletingLastPathComponent().path]).output.hasPrefix("700"))
    }
  }
}
