import ClusterModel
import Testing

@testable import Playbook

/// What is known, and what a check of one kind must find in it.
struct CheckCase: Sendable, CustomTestStringConvertible {
  let kind: CheckKind
  let expected: CheckResult.State
  let check: Check
  let context: CheckContext

  init(
    _ kind: CheckKind, _ expected: CheckResult.State, _ world: World,
    _ parameters: [String: CheckParameters.Value] = [:], facts: Facts = Facts(), record: DeployRecord = DeployRecord(),
    profile: Profile = .plain
  ) {
    (self.kind, self.expected) = (kind, expected)
    check = Check(id: "1.1", title: kind.summary, kind: kind, parameters: CheckParameters(parameters))
    context = CheckContext(snapshot: world.snapshot, facts: facts, record: record, profile: profile, now: World.now)
  }

  var result: CheckResult { check.result(in: context) }
  var testDescription: String { "\(kind.name) \(expected)" }
}

@Suite struct CheckTests {
  static let cases: [CheckCase] = {
    let unread = World()
    let web = World(deployment(), pod(), node())
    return [
      CheckCase(.imageTags, .holds, web), CheckCase(.imageTags, .fails, World(deployment(image: "web:latest"))),
      CheckCase(.imageTags, .fails, World(deployment(image: "registry:5000/web"))),
      CheckCase(.imageTags, .holds, World(deployment(image: "web@sha256:abc"))),
      CheckCase(.imageTags, .unknown, unread),
      CheckCase(.imageSizes, .holds, web),
      CheckCase(.imageSizes, .fails, World(deployment(), node(imageBytes: 900_000_000))),
      CheckCase(.imageSizes, .skipped, World(deployment(image: "other:1"), node())),
      CheckCase(.serverVersion, .holds, web), CheckCase(.serverVersion, .fails, web.withVersion("v1.27.9")),
      CheckCase(.serverVersion, .holds, web.withVersion("v1.28.0+k3s1")),
      CheckCase(.serverVersion, .unknown, web.withVersion("")),
      CheckCase(.nodesReady, .holds, web), CheckCase(.nodesReady, .fails, World(node(isReady: false))),
      CheckCase(.nodesReady, .unknown, unread),
      CheckCase(.nodesReady, .unknown, unread.with(.streamChanged(.nodes, .forbidden("no")))),
      CheckCase(.nodeRoom, .holds, web), CheckCase(.nodeRoom, .fails, World(pod(), node(memoryBytes: 1 << 30))),
      CheckCase(.nodeRoom, .unknown, unread),
      CheckCase(.metricsServed, .holds, World(pod(), podMetrics(memoryBytes: 1))),
      CheckCase(
        .metricsServed, .fails, web.with(.streamChanged(.podMetrics, .absent("metrics-server is not installed")))),
      CheckCase(.metricsServed, .unknown, unread),
      CheckCase(.ingressClassUsable, .holds, World(ingress(), ingressClass())),
      CheckCase(.ingressClassUsable, .fails, World(ingress(className: "traefik"), ingressClass())),
      CheckCase(.ingressClassUsable, .fails, World(ingress())), CheckCase(.ingressClassUsable, .unknown, unread),
      CheckCase(.referencesExist, .holds, web), CheckCase(.referencesExist, .unknown, unread),
      CheckCase(.rolloutsDone, .holds, web), CheckCase(.rolloutsDone, .fails, World(deployment(available: 1))),
      CheckCase(.rolloutsDone, .fails, World(many: [])), CheckCase(.rolloutsDone, .unknown, unread),
      CheckCase(.podsReady, .holds, web),
      CheckCase(.podsReady, .fails, World(deployment(), pod(isReady: false, waitingFor: "ImagePullBackOff"))),
      CheckCase(.podsReady, .unknown, unread),
      CheckCase(.startupTimes, .holds, web), CheckCase(.startupTimes, .fails, World(pod(startSeconds: 300))),
      CheckCase(.startupTimes, .unknown, unread),
      CheckCase(.servicesHaveEndpoints, .holds, World(many: service() + [pod()])),
      CheckCase(.servicesHaveEndpoints, .fails, World(many: service(hasEndpoint: false))),
      CheckCase(.servicesHaveEndpoints, .unknown, unread), CheckCase(.servicesHaveEndpoints, .skipped, web),
      CheckCase(.ingressLayers, .holds, World(many: service() + [pod(), ingress(), ingressClass()])),
      CheckCase(.ingressLayers, .fails, World(many: service(hasEndpoint: false) + [ingress(), ingressClass()])),
      CheckCase(.ingressLayers, .fails, World(many: service() + [pod(), ingress(service: "gone"), ingressClass()])),
      CheckCase(.ingressLayers, .skipped, web), CheckCase(.ingressLayers, .unknown, unread),
      CheckCase(.ingressAnswers, .holds, answering(200)), CheckCase(.ingressAnswers, .fails, answering(503)),
      CheckCase(.ingressAnswers, .fails, answering(nil)), CheckCase(.ingressAnswers, .unknown, web),
      CheckCase(.noWarnings, .holds, web), CheckCase(.noWarnings, .fails, World(warning(secondsAgo: 60))),
      CheckCase(.noWarnings, .holds, World(warning(secondsAgo: 3_600))), CheckCase(.noWarnings, .unknown, unread),
      CheckCase(.withinLimits, .unknown, unread),
    ]
  }()

  @Test(arguments: cases)
  func `finds what is there`(testCase: CheckCase) {
    let result = testCase.result
    #expect(result.state == testCase.expected, "\(result.evidence)")
    #expect(!result.evidence.isEmpty)
    #expect((result.state == .fails) == !result.advice.isEmpty)
  }

  @Test func `identities are unique and advice begins with a verb`() {
    let checks = Profile.plain.checks
    #expect(Set(checks.map(\.id)).count == checks.count)
    for testCase in Self.cases {
      let advice = testCase.result.advice
      #expect(advice.isEmpty || advice.first?.isLowercase == true)
    }
  }

  private static func answering(_ status: Int?) -> World {
    World(many: service() + [pod(), ingress(), ingressClass()]).with(
      .probed(
        ProbeResult(
          host: "todo.local", path: "/", at: World.now, status: status, latency: .milliseconds(5),
          problem: status == nil ? "refused" : "")))
  }
}
