import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

extension OneAfterTheOther {
  /// `todotop check`, as a CI system runs it.
  @Suite(.serialized) struct CheckCommandTests {
    @Test(arguments: [("bare", Int32(1)), ("healthy", 0)])
    func `JUnit has a suite a phase and counts right, and it fails as the exit code says`(
      scenario: String, exitCode: Int32
    ) throws {
      let scene = try PlaybookScene()
      let outcome = try scene.todotop("check", "--demo", "--scenario", scenario, "--format", "junit")
      #expect(outcome.exitCode == exitCode, "\(outcome.errors)")
      let report = JUnitReport(outcome.output)
      #expect(report.suites.count == 7)
      let cases = report.suites.flatMap(\.cases)
      #expect(cases.count >= 35)
      #expect(Set(cases.map(\.name)).count == cases.count)
      for suite in report.suites + [report.whole] {
        let own = suite.name == report.whole.name ? cases : suite.cases
        #expect(suite.tests == own.count, "\(suite.name)")
        #expect(suite.failures == own.count { $0.outcome == "failure" }, "\(suite.name)")
        #expect(suite.skipped == own.count { $0.outcome == "skipped" }, "\(suite.name)")
      }
      #expect((report.whole.failures > 0) == (exitCode == 1))
    }

    @Test func `JSON says the same of the same cluster, with ids that stay`() throws {
      let scene = try PlaybookScene()
      let (one, two) = (try states(scene, "bare"), try states(scene, "bare"))
      #expect(one.count >= 35 && one == two)
      let healthy = try states(scene, "healthy")
      #expect(healthy.keys.sorted() == one.keys.sorted())
      #expect(one["5.2"] == "fails" && healthy["5.2"] == "holds")
      #expect(!healthy.values.contains("fails"), "\(healthy.filter { $0.value == "fails" })")
    }

    @Test func `a server that is not there gets one sentence and exit code 3, a wrong format 2`() throws {
      let scene = try PlaybookScene()
      try scene.write(
        "kubeconfig",
        """
        apiVersion: v1
        kind: Config
        current-context: test
        contexts: [{name: test, context: {cluster: test, user: test}}]
        clusters: [{name: test, cluster: {server: "https://127.0.0.1:9"}}]
        users: [{name: test, user: {}}]
        """)
      for words in [["check"], ["deploy", "-n", "todo", "--yes"]] {
        let refused = try run(
          [programPath] + words + ["--kubeconfig", scene.work.appending(path: "kubeconfig").path],
          environment: scene.environment)
        #expect(refused.exitCode == 3)
        #expect(refused.errors.split(separator: "\n").count == 1 && refused.output.isEmpty, "\(refused)")
      }
      for format in ["xml", "svg", "ansi", ""] {
        let wrong = try scene.todotop("check", "--demo", "--format", format)
        #expect(wrong.exitCode == 2 && wrong.output.isEmpty, "\(format): \(wrong.errors)")
        #expect(wrong.errors.split(separator: "\n").count == 1, "\(format): \(wrong.errors)")
      }
    }

    private func states(_ scene: PlaybookScene, _ scenario: String) throws -> [String: String] {
      let outcome = try scene.todotop("check", "--demo", "--scenario", scenario, "--format", "json")
      return try checkLines(outcome).mapValues(\.state)
    }
  }
}

/// What `check --format json` says of each check, by its id.
func checkLines(_ outcome: Outcome) throws -> [String: (state: String, origin: String, phase: Int)] {
  let json = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
  let document = try #require(json, "\(outcome.errors)")
  var lines: [String: (state: String, origin: String, phase: Int)] = [:]
  for phase in try #require(document["phases"] as? [[String: Any]]) {
    for check in try #require(phase["checks"] as? [[String: Any]]) {
      let line = (check["state"] as? String ?? "", check["origin"] as? String ?? "", phase["phase"] as? Int ?? 0)
      #expect(lines.updateValue(line, forKey: try #require(check["id"] as? String)) == nil)
    }
  }
  return lines
}

/// What a CI system understands of a JUnit report.
private final class JUnitReport: NSObject, XMLParserDelegate {
  struct Case {
    var name: String
    var outcome = "passed"
  }

  struct Suite {
    var name = ""
    var (tests, failures, skipped) = (-1, -1, -1)
    var cases: [Case] = []

    init() {}

    init(_ attributes: [String: String]) {
      name = attributes["name"] ?? ""
      (tests, failures, skipped) = (number("tests"), number("failures"), number("skipped"))
      func number(_ key: String) -> Int { attributes[key].flatMap { Int($0) } ?? -1 }
    }
  }

  private(set) var whole = Suite()
  private(set) var suites: [Suite] = []

  init(_ text: String) {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    #expect(parser.parse(), "\(text.prefix(400))")
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String] = [:]
  ) {
    switch name {
    case "testsuites": whole = Suite(attributes)
    case "testsuite": suites.append(Suite(attributes))
    case "testcase": suites[suites.count - 1].cases.append(Case(name: attributes["name"] ?? ""))
    case "failure", "skipped":
      let last = suites[suites.count - 1].cases.count - 1
      suites[suites.count - 1].cases[last].outcome = name
    default: break
    }
  }
}
