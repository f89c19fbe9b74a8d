import ClusterModel
import Foundation
import Playbook
import Subprocess
import Testing

extension OneAfterTheOther {
  /// Every kind of drill by the real program, with the real kubectl.
  @Suite struct DrillCommandTests {
    /// What a kind must come to on the demo where that is not PASSED: its network keeps no policies.
    private static let verdicts = ["D30": "NO EFFECT"]
    /// The host of the database that the demo's Secret names.
    private static let databaseHost = "db.example.invalid"
    /// Of the two workloads, so that each kind has one target alone.
    private static let targets: [DrillAim: String] = [
      .pod: "todo-backend", .deployment(hitsPods: true): "todo-backend", .deployment(hitsPods: false): "todo-frontend",
      .container: "todo-backend", .service: "todo-backend", .ingressPath: "todo.local/api",
    ]

    @Test func `every kind is seen, undone and judged, and leaves all as it was`() throws {
      // Several at a time, each with a cluster of its own: what takes time is waiting.
      let problems = inParallel(DrillKind.all.map(\.id), width: 6) { id -> [String] in
        do {
          return try Self.isThroughIngress(id) ? Self.problemsOnDemo(of: id) : Self.problems(of: id)
        } catch {
          return ["\(id): \(error)"]
        }
      }
      for problem in problems.joined() { Issue.record("\(problem)") }
    }

    /// Whether only an answer of the ingress tells: that of a demo is reached by the program that started it alone.
    private static func isThroughIngress(_ id: String) -> Bool { ["D28", "D29", "D30"].contains(id) }

    /// What they leave is compared in the tests that need no ingress.
    private static func problemsOnDemo(of id: String) throws -> [String] {
      let (scene, kind) = (try PlaybookScene(), try #require(DrillKind.named(id)))
      let outcome = try scene.todotop(
        "drill", "run", id, "--demo", "--speed", "10", "--target", targets[kind.aim] ?? "", "--yes", "--confirm",
        DrillStand.confirmed, "--limit", "10")
      return isAsWanted(outcome, id) ? [] : ["\(id): \(outcome.exitCode)\n\(outcome.output)\(outcome.errors)"]
    }

    private static func isAsWanted(_ outcome: Outcome, _ id: String) -> Bool {
      let verdict = verdicts[id] ?? "PASSED"
      return outcome.output.contains("\n\(verdict): \(id)") && (outcome.exitCode == 0) == (verdict == "PASSED")
    }

    private static func problems(of id: String) throws -> [String] {
      let (scene, kind) = (try DrillStand(for: id), try #require(DrillKind.named(id)))
      let before = try scene.everything()
      // Ten times as fast as elsewhere the slowest sign takes four seconds.
      let limit = id == "D19" ? 15 : 10
      let words =
        (targets[kind.aim].map { ["--target", $0] } ?? []) + (kind.placeWords.isEmpty ? [] : ["--host", databaseHost])
      let outcome = try run(
        [programPath, "drill", "run", id, "--yes", "--confirm", DrillStand.confirmed, "--limit", "\(limit)"]
          + words + scene.place, environment: ["XDG_STATE_HOME": scene.root.path], seconds: 150)
      var problems: [String] = []
      if !isAsWanted(outcome, id) {
        problems.append("exit code \(outcome.exitCode)\n\(outcome.output)\(outcome.errors)")
      }
      if try !eventually(within: 20, { try scene.isUnlocked }) { problems.append("the lock is still there") }
      let differences = try eventually(within: 20) { try scene.differences(from: before).isEmpty }
      if !differences { problems += try scene.differences(from: before).filter { !isKnown($0, of: id) } }
      return problems.map { "\(id): \($0)" }
    }

    /// What cannot come back, as the plan says: the mark of a restart stays in the template.
    private static func isKnown(_ difference: String, of id: String) -> Bool {
      id == "D01" && difference.hasPrefix("deployment.apps/todo-frontend")
    }

    @Test func `the report's figures are those of its raw requests`() throws {
      let scene = try DrillStand()
      let process = try scene.begin("D26", target: "todo-frontend", limit: 12)
      #expect(process.exitCode() != nil, "\(process.text)")
      let id = try #require(process.text.firstMatch(of: /d-\d+-\d+-[0-9a-f]{4}/)).output
      let folder = scene.drills.appending(path: "\(id)")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      #expect(names == ["evidence.txt", "journal.json", "probes.jsonl", "report.json", "report.md"])
      for name in names {
        let mode = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(name)")[.posixPermissions] as? Int
        #expect(mode == 0o600, "\(name)")
      }
      #expect(
        try FileManager.default.attributesOfItem(atPath: folder.path)[.posixPermissions] as? Int == 0o700)
      let report = try object(folder.appending(path: "report.json"))
      let uid = try scene.demo.kubectl("get", "namespace", "kube-system", "-o", "jsonpath={.metadata.uid}").output
      #expect(report["cluster"] as? String == uid && !uid.isEmpty)
      let raw = try String(contentsOf: folder.appending(path: "probes.jsonl"), encoding: .utf8)
      let requests = try raw.split(separator: "\n").map { line in
        try RawRequest(#require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]))
      }
      let start = try #require(RawRequest.nanoseconds(report["startedAt"]))
      let end = RawRequest.nanoseconds(report["recoveredAt"]) ?? Int.max
      let paths = try #require(report["paths"] as? [[String: Any]])
      #expect(paths.count == 2, "\(raw.prefix(2_000))")
      var (sent, good) = (0, 0)
      for path in paths {
        let isKept = path["isKeptAlive"] as? Bool == true
        let own = requests.filter {
          $0.path == path["path"] as? String && $0.isKeptOpen == isKept && (start...end).contains($0.at)
        }.sorted { $0.at < $1.at }
        #expect(path["sent"] as? Int == own.count && path["good"] as? Int == own.count { $0.isGood })
        let outage = RawRequest.outages(own)
        #expect(isNear(path["outageSeconds"], outage.reduce(0, +)))
        #expect(isNear(path["worstGapSeconds"], outage.max() ?? 0))
        let times = own.filter(\.isGood).map(\.seconds).sorted()
        // Three good answers are what recovery waits for.
        try #require(times.count >= 3)
        #expect(isNear(path["p50Seconds"], times[(times.count + 1) / 2 - 1]))
        if !isKept { (sent, good) = (sent + own.count, good + own.count { $0.isGood }) }
      }
      #expect(isNear(report["availability"], Double(good) / Double(sent)) && good < sent)
      let journal = try object(folder.appending(path: "journal.json"))
      #expect(journal["status"] as? String == "completed" && journal["chaoslib-version"] != nil)
      let shown = try scene.todotop("drill", "report", "\(id)")
      #expect(shown.exitCode == 0 && shown.output.hasPrefix("# D26 "), "\(shown.errors)")
    }

    private func object(_ file: URL) throws -> [String: Any] {
      try #require(JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    }

    /// Whether a figure of the report is that value, as far as its three digits say.
    private func isNear(_ figure: Any?, _ value: Double) -> Bool {
      (figure as? Double).map { abs($0 - value) < 0.000_6 } ?? false
    }

    @Test func `the catalogue needs no cluster, and a plan changes nothing`() throws {
      let bare = try todotop("drill", "list", environment: ["KUBECONFIG": "/nonexistent", "HOME": "/nonexistent"])
      #expect(bare.exitCode == 0 && bare.errors.contains("neither targets nor earlier drills are shown"))
      for kind in DrillKind.all { #expect(bare.output.contains("\(kind.id)  L")) }
      let scene = try DrillStand()
      let list = try scene.todotop("drill", "list", "--format", "json")
      #expect(list.exitCode == 0 && list.output.contains("\"deployment/todo-backend, container backend\""))
      let before = try scene.everything()
      let plan = try scene.todotop("drill", "plan", "D14", "--target", "todo-backend")
      #expect(plan.exitCode == 0 && plan.output.contains("the undo: accepted on trial"), "\(plan.output)\(plan.errors)")
      #expect(try scene.differences(from: before).isEmpty && scene.isUnlocked)
    }

    @Test func `the drills of a profile are listed first, and say the rest of a target`() throws {
      let stand = try DrillStand()
      let profile = """
        name: Mine
        drills:
        - {kind: host-unreachable, target: deployment/todo-backend, host: db.example.com, limit: 70s, title: No database}
        - {kind: kill-pod, target: deployment/todo-worker}
        phases: [{name: One, reason: none}]
        """
      let file = try TemporaryFile(profile)
      // One was done here, another on another cluster.
      let uid = try stand.demo.kubectl("get", "namespace", "kube-system", "-o", "jsonpath={.metadata.uid}").output
      for (id, cluster, seconds) in [("d-20260101-000000-aaaa", uid, 3), ("d-20260102-000000-bbbb", "another", 9)] {
        let report = """
          {"id":"\(id)","drill":"D21","target":"deployment/todo-backend, container backend, db.example.com",
           "cluster":"\(cluster)","startedAt":"2026-01-01T00:00:00Z","verdict":"PASSED","timeToRecover":\(seconds)}
          """
        let folder = stand.drills.appending(path: id)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try report.write(to: folder.appending(path: "report.json"), atomically: true, encoding: .utf8)
      }
      let list = try stand.todotop("drill", "list", "--profile", file.url.path)
      let lines = list.output.split(separator: "\n").map(String.init)
      #expect(list.exitCode == 0 && lines.first == "Drills of the profile:", "\(list.output)\(list.errors)")
      #expect(lines.dropFirst().first?.hasPrefix("D21  L3  host-unreachable       No database") == true)
      #expect(lines.contains("         deployment/todo-backend, db.example.com, 70 s at most"))
      #expect(lines.contains("         cannot be done: deployment/todo-worker is not here"))
      let history = lines.filter { $0.contains("last PASSED") }
      #expect(history == Array(repeating: "         1 run, last PASSED, best 3.0 s, median 3.0 s", count: 2))
      let json = try stand.todotop("drill", "list", "--profile", file.url.path, "--format", "json")
      let document = try #require(
        JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any], "\(json.errors)")
      let proposed = try #require(document["profile"] as? [[String: Any]])
      #expect(proposed.map { $0["id"] as? String } == ["D21", "D02"])
      #expect(proposed[0]["limitSeconds"] as? Int == 70 && proposed[1]["obstacle"] as? String != nil)
      let plan = try stand.todotop("drill", "plan", "D21", "--target", "todo-backend", "--profile", file.url.path)
      #expect(plan.output.contains("db.example.com") && plan.output.contains("undone after 70 s"), "\(plan.output)")
      let other = try stand.todotop(
        "drill", "plan", "D21", "--target", "todo-backend", "--profile", file.url.path, "--host", "a.example.com",
        "--limit", "30")
      #expect(other.output.contains("a.example.com") && other.output.contains("undone after 30 s"), "\(other.output)")
      let broken = try TemporaryFile(profile.replacing("70s", with: "70"))
      let refused = try stand.todotop("drill", "list", "--profile", broken.url.path)
      #expect(refused.errors.contains(":3:90: a time such as 120s or 2m is expected here"), "\(refused.errors)")
    }

    @Test func `the demo lives as long as its drill`() throws {
      let scene = try PlaybookScene()
      let outcome = try scene.todotop(
        "drill", "run", "kill-pod", "--demo", "--speed", "10", "--target", "todo-backend", "--yes", "--format", "json")
      #expect(outcome.exitCode == 0, "\(outcome.output)\(outcome.errors)")
      let report = try #require(
        JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any], "\(outcome.output)")
      #expect(report["verdict"] as? String == "PASSED" && report["isSimulated"] as? Bool == true)
      #expect(outcome.errors.contains("ACTIVE"))
    }
  }
}

/// A line of the raw log, read without the program's own code.
private struct RawRequest {
  let at: Int
  let path: String
  let isKeptOpen: Bool
  let isGood: Bool
  let seconds: Double

  init(_ line: [String: Any]) throws {
    at = try #require(Self.nanoseconds(line["at"]))
    path = try #require(line["path"] as? String)
    isKeptOpen = line["connection"] as? String == "kept open"
    isGood = try #require(line["good"] as? Bool)
    seconds = Double(try #require(line["nanoseconds"] as? Int)) / 1e9
  }

  /// A moment with nine digits of the second, since 1970.
  static func nanoseconds(_ moment: Any?) -> Int? {
    guard let text = moment as? String, let dot = text.firstIndex(of: ".") else { return nil }
    let digits = text[dot...].dropFirst().prefix { $0.isNumber }
    guard let date = ISO8601DateFormatter().date(from: text[..<dot] + "Z") else { return nil }
    return Int(date.timeIntervalSince1970) * 1_000_000_000
      + (Int(digits.padding(toLength: 9, withPad: "0", startingAt: 0)) ?? 0)
  }

  /// From each first bad answer to the first of three good ones, in seconds.
  static func outages(_ requests: [RawRequest]) -> [Double] {
    var outages: [Double] = []
    var index = 0
    while let first = requests[index...].firstIndex(where: { !$0.isGood }) {
      let end = requests.indices.dropFirst(first).first { requests[$0...].prefix(3).filter(\.isGood).count == 3 }
      outages.append(Double(requests[end ?? requests.count - 1].at - requests[first].at) / 1e9)
      guard let end else { break }
      index = end
    }
    return outages
  }
}
