import ClusterModel
import Testing

@testable import Playbook

/// The drills that a profile proposes.
@Suite struct ProfileDrillTests {
  private func read(
    _ drills: String, workloads: String = "", origin: Profile.Origin = .user(path: "p.yaml")
  ) throws(ProfileProblem) -> [DrillInstance] {
    let named = workloads.isEmpty ? "" : "workloads: [\(workloads)]\n"
    return try ProfileText(
      yaml: "drills: [\(drills)]\n\(named)phases: [{name: a, reason: b}]\n", file: "p.yaml", origin: origin
    ).drills
  }

  private func problem(_ drills: String, workloads: String = "deployment/web") -> String? {
    do throws(ProfileProblem) {
      _ = try read(drills, workloads: workloads)
      return nil
    } catch {
      return error.description
    }
  }

  @Test(arguments: [
    ("3", "p.yaml:1:10: a mapping is expected here, not \"3\""),
    ("{target: deployment/web}", "p.yaml:1:10: the key \"kind\" is missing here"),
    ("{kind: kill-pod}", "p.yaml:1:10: the key \"target\" is missing here"),
    (
      "{kind: kil-pod, target: deployment/web}",
      "p.yaml:1:17: there is no kind of drill \"kil-pod\"; there are restart, "
    ),
    ("{kind: kil-pod, target: deployment/web}", "; did you mean \"kill-pod\"?"),
    ("{kind: kill-pod, taget: deployment/web}", "p.yaml:1:27: there is no key \"taget\"; there are kind, target, "),
    ("{kind: kill-pod, taget: deployment/web}", "did you mean \"target\"?"),
    ("{kind: kill-pod, target: deployment/web, level: 1}", "p.yaml:1:51: there is no key \"level\""),
    ("{kind: kill-pod, target: deployment/web, confirmation: none}", "there is no key \"confirmation\""),
    ("{kind: kill-pod, target: [deployment/web]}", "p.yaml:1:35: a text is expected here, not a list"),
    (
      "{kind: kill-pod, target: web}",
      "p.yaml:1:35: kill-pod is done to a deployment: deployment/NAME is expected here, not \"web\""
    ),
    ("{kind: kill-pod, target: deployment/we b}", "deployment/NAME is expected here, not \"deployment/we b\""),
    ("{kind: kill-pod, target: deployment/web/x}", "deployment/NAME is expected here"),
    ("{kind: kill-pod, target: deployment/$(reboot)}", "deployment/NAME is expected here"),
    ("{kind: kill-pod, target: service/web}", "deployment/NAME is expected here, not \"service/web\""),
    ("{kind: D27, target: deployment/web}", "broken-selector is done to a service: service/NAME is expected here"),
    ("{kind: D32, target: deployment/web}", "no-room is done to a node: node/NAME is expected here"),
    (
      "{kind: D28, target: web}",
      "p.yaml:1:30: a host and a path such as todo.local/api are expected here, not \"web\""
    ),
    ("{kind: D28, target: a b/c}", "a host and a path such as todo.local/api are expected here"),
    ("{kind: D28, target: web.local/a b}", "a host and a path such as todo.local/api are expected here"),
    (
      "{kind: kill-pod, target: deployment/webb}",
      "there is no workload of this profile \"deployment/webb\"; there are deployment/web; did you mean \"deployment/web\"?"
    ),
    ("{kind: kill-pod, target: deployment/web, container: web}", "p.yaml:1:62: kill-pod takes no container"),
    ("{kind: D14, target: deployment/web, container: We}", "\"We\" cannot be the name of a container"),
    ("{kind: D14, target: deployment/web, host: a.b}", "p.yaml:1:52: bad-image takes no host"),
    ("{kind: D21, target: deployment/web, host: localhost}", "\"localhost\" is no name of a host: api.example.com"),
    ("{kind: D21, target: deployment/web, host: \"a.b; c\"}", "\"a.b; c\" is no name of a host"),
    ("{kind: D14, target: deployment/web, title: \"a\\u001bb\"}", "a line break or another control character"),
    (
      "{kind: D14, target: deployment/web, title: \(String(repeating: "x", count: 44))}",
      "p.yaml:1:53: the title of a drill has at most 43 characters"
    ),
    (
      "{kind: D14, target: deployment/web}, {kind: bad-image, target: deployment/web, limit: 60s, title: x}",
      "p.yaml:1:47: the drill bad-image on deployment/web comes twice"
    ),
  ])
  func `what is wrong with a drill is said with its place`(drills: String, expected: String) {
    let said = problem(drills)
    #expect(said?.contains(expected) == true, "\(said ?? "nothing")")
  }

  @Test(arguments: [
    "120", "s", "1.5m", "-5s", "+60s", "60 s", "2h", "１２s", "99999s", "99999999999999999999m", "1e2s",
  ])
  func `a limit that is no time is refused`(limit: String) {
    let said = problem("{kind: D14, target: deployment/web, limit: \"\(limit)\"}")
    #expect(said == "p.yaml:1:53: a time such as 120s or 2m is expected here, not \"\(limit)\"")
  }

  @Test(arguments: ["0s", "9s", "901s", "16m", "0m", "9999m"])
  func `no limit goes beyond that of every drill`(limit: String) {
    let said = problem("{kind: D14, target: deployment/web, limit: \(limit)}")
    #expect(said == "p.yaml:1:53: a drill lasts 10s to 15m, not \(limit)")
  }

  @Test func `there is something in the list, and not too much`() {
    #expect(problem("") == "p.yaml:1:9: at least one of the drills is expected here")
    func many(_ count: Int) -> String {
      (1...count).map { "{kind: kill-pod, target: deployment/a\($0)}" }.joined(separator: ", ")
    }
    #expect(problem(many(ProfileLimits.listed), workloads: "") == nil)
    #expect(problem(many(ProfileLimits.listed + 1), workloads: "")?.contains("there are more than 100 drills") == true)
  }

  @Test func `what is not said is as usual`() throws {
    let drills = try read(
      "{kind: d14, target: deployment/web}, {kind: D21, target: deployment/web, host: DB.Example.com, limit: 2m}, "
        + "{kind: wrong-backend, target: Todo.Local/Api}, {kind: wrong-port, target: /}",
      workloads: "deployment/web")
    #expect(drills.map(\.kind.name) == ["bad-image", "host-unreachable", "wrong-backend", "wrong-port"])
    #expect(drills.map(\.title) == drills.map(\.kind.title))
    #expect(drills.map(\.words) == ["deployment/web", "deployment/web, db.example.com", "todo.local/Api", "/"])
    #expect(drills.map(\.limitSeconds) == [nil, 120, nil, nil])
  }

  @Test func `the built-in profile proposes what phase 7 asks for`() throws {
    let profile = try todoProfile()
    let proposed = Set(profile.drills.map(\.kind.id))
    for check in profile.checks where check.kind.name == "drill-proven" {
      #expect(proposed.contains(check.parameters.text("drill")), "\(check.title)")
    }
    let killed = profile.drills.filter { $0.kind.name == "kill-pod" }.map(\.target)
    #expect(Set(killed) == Set(profile.workloads.map(\.typedName)))
  }

  @Test func `another chart than the sample's has other drills`() throws {
    let working = SourceFolder(
      root: "/work", paths: ["Chart.yaml", "values.yaml"],
      texts: ["Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n", "values.yaml": "{}\n"])
    #expect(try todoProfile(working).drills.isEmpty)
  }

  @Test func `a profile that is printed reads as the same`() throws {
    let profile = try todoProfile()
    let again = try Profile(yaml: profile.yaml, file: "again.yaml", origin: profile.origin)
    #expect(again.drills == profile.drills && again.drills.map(\.title) == profile.drills.map(\.title))
    let text =
      "drills: [{kind: D24, target: deployment/web, limit: 70s, title: \"a: b, {c}\"}]\nphases: [{name: a, reason: b}]\n"
    let own = try Profile(yaml: text, file: "p.yaml", origin: .user(path: "p.yaml"))
    let copy = try Profile(yaml: own.yaml, file: "p.yaml", origin: .user(path: "p.yaml"))
    #expect(copy.drills == own.drills && own.drills.first?.limitSeconds == 70 && own.drills.first?.title == "a: b, {c}")
  }
}
