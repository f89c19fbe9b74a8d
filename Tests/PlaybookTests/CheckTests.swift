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
  static let cases =
    snapshotCases + CheckCase.imageCases + CheckCase.clusterCases + CheckCase.chartCases + CheckCase.secretCases
    + CheckCase.deploymentCases
    + CheckCase.reviewCases

  /// The kinds that need the cluster alone.
  private static let snapshotCases: [CheckCase] = {
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
      CheckCase(.referencesExist, .holds, web), CheckCase(.referencesExist, .fails, World(needingSecret)),
      CheckCase(.referencesExist, .unknown, unread),
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
    #expect([.fails, .stale].contains(result.state) == !result.advice.isEmpty)
    #expect(!result.evidence.contains { $0.isNewline })
  }

  @Test func `every kind is shown to hold, to fail, and not to be known`() {
    for kind in CheckKind.all {
      let states = Set(Self.cases.filter { $0.kind.name == kind.name }.map(\.expected))
      // What a person says fails only by being old.
      let wanted: [CheckResult.State] = kind.name == "manual" ? [.manual, .stale] : [.holds, .fails]
      #expect(states.isSuperset(of: wanted), "\(kind.name) \(states)")
      #expect(states.contains(.unknown) || states.contains(.skipped), "\(kind.name) \(states)")
    }
  }

  @Test func `identities are unique and advice begins with a verb`() {
    let checks = Profile.plain.checks
    #expect(Set(checks.map(\.id)).count == checks.count)
    let verbs: Set<Substring> = [
      "add", "ask", "build", "change", "compare", "copy", "create", "deploy", "enable", "end", "give", "go", "install",
      "leave", "let", "load", "look", "minikube", "name", "put", "raise", "read", "rehearse", "remove", "repair",
      "repeat", "run", "scale", "set", "start", "stop", "take", "undo", "update", "upgrade", "use", "write", "begin",
    ]
    for testCase in Self.cases {
      let advice = testCase.result.advice
      let word = advice.prefix { $0.isLetter }
      #expect(advice.isEmpty || verbs.contains(word), "\(testCase): \(advice)")
    }
  }

  @Test func `what the demo played says so, and what was written down too`() {
    let question = FactQuestion.tool(.dockerVersion)
    func result(isSimulated: Bool) -> CheckResult {
      CheckCase(.dockerAnswers, .holds, World(), facts: facts([question: said("27.0.0")], isSimulated: isSimulated))
        .result
    }
    #expect(result(isSimulated: true).origin == .simulated)
    #expect(result(isSimulated: false).origin == .observed)
    func timed(isSimulated: Bool) -> CheckResult {
      CheckCase(.deployTime, .holds, World(), record: recorded("deploy", isSimulated: isSimulated)).result
    }
    #expect(timed(isSimulated: false).origin == .recorded)
    #expect(timed(isSimulated: true).origin == .simulated)
    #expect(CheckCase(.manual, .unknown, World(), ["question": .text("a")]).result.origin == .manual)
  }

  @Test func `no kind asks for the same twice, or for more when nothing is there`() {
    for testCase in Self.cases {
      let questions = testCase.check.questions(testCase.context.profile, in: testCase.context.snapshot)
      #expect(Set(questions).count == questions.count || testCase.kind.name == "phases-hold", "\(testCase)")
    }
  }

  @Test func `no evidence shows a secret's value`() {
    for testCase in Self.cases {
      let result = testCase.result
      for value in ["geheim", "sk-value", "abc LOG", "u:p@h"] {
        #expect(!result.evidence.contains(value) && !result.advice.contains(value), "\(testCase)")
      }
    }
  }

  private static let needingSecret = changed(deployment()) { (deployment: inout Deployment) in
    deployment.template.containers[0].environmentReferences = [
      ConfigurationReference(kind: "Secret", name: "todo-secrets", isOptional: false)
    ]
  }

  private static func answering(_ status: Int?) -> World {
    World(many: service() + [pod(), ingress(), ingressClass()]).with(
      .probed(
        ProbeResult(
          host: "todo.local", path: "/", at: World.now, status: status, latency: .milliseconds(5),
          problem: status == nil ? "refused" : "")))
  }
}
