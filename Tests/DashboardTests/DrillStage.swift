import CellScreen
import ClusterModel
import Playbook
import Testing

@testable import Dashboard

/// A drill on the recorded application: plans with the objects as a server gives them, and a course that is told its answers.
struct DrillStage {
  static let backend = ActingTests.backend
  static let clusterUID = "0c1d2e3f-0000-4000-8000-00000000cafe"
  static let killed = "todo-backend-7bbd475df6-kmwpq"

  private(set) var state: DashboardState
  /// What was wanted of the outside, in order.
  private(set) var effects: [Effect] = []
  private var course: DrillCourse?
  private let start: DrillMoment

  /// The recorded application on a cluster of this machine, armed, with its cluster known.
  init(_ size: Size = ActingTests.size, scene: Scene = .todo) throws {
    state = scene.make(size)
    start = state.drillMoment
    state.acting.arming.arm(for: .local, at: state.now)
    state.kubectl = Kubectl(program: ["kubectl"], context: "minikube")
    var connection = state.snapshot.connection
    connection.server = "https://192.168.49.2:8443"
    state.profile = Profile(
      origin: .builtIn, name: "Todo", namespace: "todo",
      workloads: [Self.backend, ObjectKey(.deployments, namespace: "todo", name: "todo-frontend")],
      phases: [])
    take(.arrived([.connectionChanged(connection)] + Self.served(state.snapshot)))
    take(.ticked)
    take(
      .factsRead([.tool(.clusterUID): Fact(.ended(code: 0, output: Self.clusterUID, errorText: ""), readAt: state.now)])
    )
    effects = []
  }

  /// The ingress as it is where a controller serves it: without that the application is not healthy.
  private static func served(_ snapshot: Snapshot) -> [ClusterEvent] {
    var found = IngressClass()
    found.metadata.name = "nginx"
    found.controller = "k8s.io/ingress-nginx"
    return [.listed(.ingressClasses, [.ingressClass(found)])]
      + snapshot.ingresses.objects(in: "todo").map { ingress in
        var ingress = ingress
        ingress.metadata.resourceVersion += "1"
        ingress.addresses = ["192.168.49.2"]
        ingress.tls = []
        return .applied(.ingress(ingress))
      }
  }

  // MARK: - What happens

  /// Takes an action now.
  mutating func take(_ action: Action) { effects += reduce(&state, action, at: state.now) }

  /// Presses keys.
  mutating func press(_ script: String) throws {
    for key in try KeyScript(script).keys { take(.key(key)) }
  }

  /// Changes the state as a fault would.
  mutating func change(_ edit: (inout DashboardState) -> Void) { edit(&state) }

  /// Sets the clock on the wall; no time passes.
  mutating func setClock(by step: Duration) {
    effects += reduce(&state, .ticked, at: state.now.advanced(by: step), uptime: state.uptime)
  }

  /// Lets time pass in quarters of a second, with a request to each path every time.
  mutating func pass(_ duration: Duration, isGood: (String) -> Bool = { _ in true }) {
    let steps = Int(duration.inSeconds * 4)
    for _ in 0..<steps {
      let now = state.now.advanced(by: .milliseconds(250))
      let moment = DrillMoment(wall: now, uptime: state.uptime + .milliseconds(250))
      let paths = [("todo.local/", 8), ("todo.local/api/health", 21)]
      let wave = Int64(moment.since(start).inSeconds * 4) % 5
      let probes = paths.map { path, milliseconds in
        DrillProbe(path, at: moment, isGood: isGood(path), latency: .milliseconds(Int64(milliseconds) + wave))
      }
      let kept = DrillProbe("todo.local/", isKeptAlive: true, at: moment, isGood: true, latency: .milliseconds(4))
      effects += reduce(&state, .drillProbed(probes + [kept]), at: now)
      if moment.since(start).components.attoseconds == 0 {
        effects += reduce(&state, .arrived(answers(isGood, at: now)), at: now)
        effects += reduce(&state, .ticked, at: now)
        tell(.tick)
      }
      for input in told() { tell(input) }
    }
  }

  private func answers(_ isGood: (String) -> Bool, at now: Timestamp) -> [ClusterEvent] {
    [("/", "todo.local/"), ("/api/health", "todo.local/api/health")].map { path, name in
      .probed(
        ProbeResult(
          host: "todo.local", path: path, at: now, status: isGood(name) ? 200 : 503, latency: .milliseconds(9)))
    } + [.alive(nil)]
  }

  /// What the course was told by the screen and has not heard yet.
  private mutating func told() -> [DrillCourse.Input] {
    let inputs = effects.flatMap { effect -> [DrillCourse.Input] in
      if case .tellDrill(let inputs) = effect { inputs } else { [] }
    }
    effects.removeAll { if case .tellDrill = $0 { true } else { false } }
    return inputs
  }

  // MARK: - Planning

  /// Has the profile propose drills, as they are written in one.
  mutating func propose(_ drills: String) throws {
    let yaml = "drills: [\(drills)]\nphases: [{name: One, reason: none}]\n"
    let profile = try Profile(yaml: yaml, file: "p.yaml", origin: .builtIn)
    change { $0.profile.drills = profile.drills }
  }

  /// What was asked to be planned last.
  var lastRequest: DrillRequest? {
    effects.lazy.compactMap { if case .planDrill(let request) = $0 { request } else { nil } }.last
  }

  /// Answers the request for a plan that was made last.
  mutating func answerPlan(_ edit: (inout DrillSetting) -> Void = { _ in }) throws {
    let request = try #require(lastRequest)
    take(.drillPlanned(try plan(request, edit)))
  }

  /// The plan as it would be made outside, with the server's word on it.
  func plan(_ request: DrillRequest, _ edit: (inout DrillSetting) -> Void = { _ in }) throws -> DrillPlan {
    var setting = try #require(state.drillSetting)
    edit(&setting)
    var plan = DrillPlan(
      request.kind, request.target, document: document(of: request.target), limitSeconds: request.limitSeconds,
      token: request.token, setting: setting, in: state.snapshot, at: state.now)
    for command in plan.trialCommands { plan.note(.done(nil), to: command) }
    return plan
  }

  /// The object as a server gives it, as far as drills look at it.
  private func document(of target: DrillTarget, image: String = "registry.todo.local/todo-backend:2.1.0")
    -> DocumentValue?
  {
    let fields = #"{"f:spec":{"f:template":{"f:spec":{"f:containers":{"k:{\"name\":\"backend\"}":{"f:image":{}}}}}}}"#
    let writer = image.contains("2.1.0") ? "helm" : "bob-cli"
    let json = """
      {"metadata":{"name":"\(target.object.name)","namespace":"todo","uid":"\(target.uid.value)","resourceVersion":"12681",
       "managedFields":[{"manager":"\(writer)","operation":"Update","apiVersion":"apps/v1","time":"2026-11-21T03:07:51Z",
       "fieldsType":"FieldsV1","fieldsV1":\(fields)}]},
       "spec":{"replicas":2,"selector":{"app":"todo-backend"},"template":{"spec":{"containers":[
       {"name":"backend","image":"\(image)"},{"name":"log-sidecar","image":"busybox:1.37"}]}}}}
      """
    return try? DocumentValue.read(Array(json.utf8))
  }

  // MARK: - The course

  /// Goes from the wish to begin to the change in the cluster.
  mutating func begin() throws {
    let plan = try #require(effects.lazy.compactMap { if case .runDrill(let plan) = $0 { plan } else { nil } }.last)
    let setting = try #require(state.drillSetting)
    let record = try #require(
      plan.record(cluster: setting.cluster, namespace: "todo", author: "ann@one", at: state.now),
      "\(plan.refusal ?? "")")
    course = DrillCourse(record)
    for input in [.begin, .written, .locked(.lease), .written, .guarded, .written, .written] as [DrillCourse.Input] {
      tell(input)
    }
    tell(.answered(.done(nil)))
    tell(.written)
  }

  /// Tells the course something, and the screen how far it is then; the disk answers at once.
  mutating func tell(_ input: DrillCourse.Input) {
    guard var course else { return }
    let outputs = course.take(input, at: state.drillMoment)
    self.course = course
    take(.drillWent(course))
    let isWriting = outputs.contains { if case .write = $0 { true } else { false } }
    if isWriting, input != .begin, course.state.isFinal || course.state == .undoing { tell(.written) }
  }

  /// Answers each step of the undo of a template.
  mutating func undo(isConflict: Bool = false) {
    for input in told() { tell(input) }
    guard let target = state.drilling.plan?.target else { return }
    if isConflict { return tell(.looked(document(of: target, image: "todo-backend:hotfix"))) }
    let token = state.drilling.plan?.token ?? ""
    tell(.looked(document(of: target, image: "todotop.invalid/backend:\(token)")))
    tell(.answered(.done(nil)))
    tell(.looked(document(of: target)))
    tell(.answered(.done(nil)))
  }

  /// Answers each step of the undo of a Service.
  mutating func undoService() {
    for input in told() { tell(input) }
    guard let target = state.drilling.plan?.target else { return }
    let json =
      #"{"metadata":{"uid":"\#(target.uid.value)","resourceVersion":"12690","managedFields":[]},"spec":{"selector":"#
    let ours = #"{"app":"todo-backend","todotop/blackhole":"\#(state.drilling.plan?.token ?? "")"}}}"#
    tell(.looked(try? DocumentValue.read(Array((json + ours).utf8))))
    tell(.answered(.done(nil)))
    tell(.looked(try? DocumentValue.read(Array((json + #"{"app":"todo-backend"}}}"#).utf8))))
  }

  // MARK: - The cluster

  /// A pod of the backend begins to end, or is gone.
  mutating func endPod(isGone: Bool = false) {
    let key = ObjectKey(.pods, namespace: "todo", name: Self.killed)
    guard var pod = state.snapshot.pods[key] else { return }
    if isGone { return take(.arrived([.deleted(key, pod.metadata.uid)])) }
    pod.metadata.deletionTimestamp = state.now.advanced(by: .seconds(30))
    pod.metadata.resourceVersion += "1"
    take(
      .arrived([.applied(.pod(pod))] + endpoints { $0.isReady = $0.targetName != Self.killed } + deployment(ready: 1)))
  }

  /// The pod that takes its place.
  mutating func makePod(isReady: Bool) {
    let model = ObjectKey(.pods, namespace: "todo", name: "todo-backend-7bbd475df6-xnp22")
    guard var pod = state.snapshot.pods[model] else { return }
    pod.metadata.name = "todo-backend-7bbd475df6-q9x4d"
    pod.metadata.uid = UID("new-pod")
    pod.metadata.resourceVersion += isReady ? "22" : "21"
    pod.metadata.creationTimestamp = state.now
    if !isReady {
      for index in pod.conditions.indices where pod.conditions[index].type == "Ready" {
        pod.conditions[index].status = "False"
      }
      for index in pod.containerStatuses.indices { pod.containerStatuses[index].isReady = false }
    }
    take(
      .arrived(
        [.applied(.pod(pod))] + endpoints { if isReady { $0.isReady = true } } + deployment(ready: isReady ? 2 : 1)))
  }

  private func deployment(ready: Int) -> [ClusterEvent] {
    guard var deployment = state.snapshot.deployments[Self.backend] else { return [] }
    deployment.metadata.resourceVersion += "1"
    (deployment.readyReplicas, deployment.availableReplicas) = (ready, ready)
    return [.applied(.deployment(deployment))]
  }

  private func endpoints(_ edit: (inout Endpoint) -> Void) -> [ClusterEvent] {
    state.snapshot.endpointSlices.objects(in: "todo").filter { $0.metadata.name.hasPrefix("todo-backend") }.map {
      slice in
      var slice = slice
      slice.metadata.resourceVersion += "1"
      for index in slice.endpoints.indices { edit(&slice.endpoints[index]) }
      return .applied(.endpointSlice(slice))
    }
  }
}
