import CellScreen
import ClusterModel
import Foundation
import Testing

@testable import Dashboard

/// A state of the screen made from recorded answers and a few events, at a fixed moment.
struct Scene: Sendable, CustomTestStringConvertible {
  let name: String
  let make: @Sendable (Size) -> DashboardState

  var testDescription: String { name }

  /// The moment that the recordings were made.
  static let moment = Timestamp("2026-11-21T03:07:32.259725Z") ?? Timestamp(seconds: 0)
  static let brokenMoment = Timestamp("2026-11-21T03:07:40Z") ?? Timestamp(seconds: 0)

  static let all: [Scene] = [empty, waiting, todo, broken, forbidden, stale, hostile]

  /// Nothing was read yet.
  static let waiting = Scene(name: "waiting") { size in
    DashboardState(title: "todo", isDemo: false, size: size, now: moment)
  }

  /// Everything was read and there is nothing.
  static let empty = Scene(name: "empty") { size in
    state(size, namespace: "todo", events: ResourceKind.allCases.filter(\.isWatched).map { .listed($0, []) })
  }

  /// The recorded application, healthy.
  static let todo = Scene(name: "todo") { size in
    state(size, namespace: "todo", events: recorded("todo") + [probe("/", 200, 8), probe("/api/health", 200, 21)])
  }

  /// One pod for each way to be sick.
  static let broken = Scene(name: "broken") { size in
    state(size, namespace: "todo-broken", at: brokenMoment, events: recorded("broken"))
  }

  /// The recorded application ten minutes later: samples with a gap, probes with failures, a certificate, a rollout.
  static let busy = Scene(name: "busy") { size in
    var state = todo.make(size)
    for second in stride(from: 0, through: 600, by: 5) {
      let now = moment.advanced(by: .seconds(second))
      _ = reduce(&state, .arrived(busyEvents(state.snapshot, second, at: now)), at: now)
    }
    let end = moment.advanced(by: .seconds(602))
    _ = reduce(&state, .arrived([.alive(nil)]), at: end)
    _ = reduce(&state, .ticked, at: end)
    return state
  }

  private static func busyEvents(_ snapshot: Snapshot, _ second: Int, at now: Timestamp) -> [ClusterEvent] {
    var events: [ClusterEvent] = [.alive(nil)]
    if second == 0 { events += secured(snapshot) }
    if second == 480 { events += restarted(snapshot, at: now) }
    // The 300 s mark is in the middle of a gap of two minutes.
    if second % 15 == 0, !(250..<400).contains(second) { events += samples(snapshot, second, at: now) }
    for (index, path) in ["/", "/api"].enumerated() {
      var probe = ProbeResult(
        host: "todo.local", path: path, at: now, status: 200,
        latency: .milliseconds(8 + second * 7 % 13 + (index == 1 && second % 200 == 0 ? 700 : 0)))
      if index == 1, (300..<340).contains(second) { probe.status = 503 }
      probe.certificate = ServerCertificate(
        expiresAt: moment.advanced(by: .seconds(10 * 86_400)), isSelfSigned: true)
      events.append(.probed(probe))
    }
    return events
  }

  /// The ingress with a class, an address and a certificate.
  private static func secured(_ snapshot: Snapshot) -> [ClusterEvent] {
    var found = IngressClass()
    found.metadata.name = "nginx"
    found.controller = "k8s.io/ingress-nginx"
    var certificate = ObjectMetadata()
    (certificate.namespace, certificate.name) = ("todo", "todo-tls")
    let ingresses = snapshot.ingresses.objects(in: "todo").map { ingress in
      var ingress = ingress
      ingress.metadata.resourceVersion += "1"
      ingress.addresses = ["192.168.49.2"]
      var entry = IngressTLS()
      entry.secretName = "todo-tls"
      ingress.tls = [entry]
      return ClusterEvent.applied(.ingress(ingress))
    }
    return [.listed(.ingressClasses, [.ingressClass(found)]), .listed(.secrets, [.secret(certificate)])] + ingresses
  }

  /// A ReplicaSet that begins another revision of the backend.
  private static func restarted(_ snapshot: Snapshot, at now: Timestamp) -> [ClusterEvent] {
    let key = ObjectKey(.deployments, namespace: "todo", name: "todo-backend")
    guard var deployment = snapshot.deployments[key], var set = snapshot.replicaSets(of: key).first else { return [] }
    let revision = "\((set.revision ?? 0) + 1)"
    set.metadata.name += "-next"
    set.metadata.uid = UID("next")
    set.metadata.creationTimestamp = now
    set.metadata.annotations["deployment.kubernetes.io/revision"] = revision
    (set.replicas, set.statusReplicas) = (0, 0)
    deployment.metadata.resourceVersion += "1"
    deployment.metadata.annotations["deployment.kubernetes.io/revision"] = revision
    deployment.updatedReplicas = 1
    var done = deployment
    done.metadata.resourceVersion += "2"
    done.updatedReplicas = done.replicas
    return [.applied(.replicaSet(set)), .applied(.deployment(deployment)), .applied(.deployment(done))]
  }

  private static func samples(_ snapshot: Snapshot, _ second: Int, at now: Timestamp) -> [ClusterEvent] {
    let pods = snapshot.pods.objects(in: "todo").enumerated().map { index, pod in
      var metrics = PodMetrics()
      metrics.metadata.namespace = "todo"
      metrics.metadata.name = pod.metadata.name
      metrics.timestamp = now
      metrics.containers = pod.containers.map { spec in
        var container = ContainerMetrics()
        container.name = spec.name
        container.usage = ResourceAmounts(
          cpuMillicores: 20 + (second / 15 * 7 + index * 11) % 50, memoryBytes: (40 + second / 30 + index) << 20)
        return container
      }
      return ClusterObject.podMetrics(metrics)
    }
    let nodes = snapshot.nodes.objects().map { node in
      var metrics = NodeMetrics()
      metrics.metadata.name = node.metadata.name
      metrics.timestamp = now
      metrics.usage = ResourceAmounts(cpuMillicores: 900 + second, memoryBytes: 3 << 30)
      return ClusterObject.nodeMetrics(metrics)
    }
    return [.listed(.podMetrics, pods), .listed(.nodeMetrics, nodes)]
  }

  /// The recorded application without metrics-server.
  static let unmeasured = Scene(name: "unmeasured") { size in
    var state = todo.make(size)
    let absent = [ResourceKind.podMetrics, .nodeMetrics].map {
      ClusterEvent.streamChanged($0, .absent("the server does not serve \($0.qualifiedResource)"))
    }
    _ = reduce(&state, .arrived(absent), at: moment)
    return state
  }

  /// Many nodes, for counting work.
  static func manyNodes(_ count: Int, _ size: Size) -> DashboardState {
    let nodes = (0..<count).map { index in
      var node = Node()
      node.metadata.name = "node-\(String(index + 1_000).dropFirst())"
      node.metadata.uid = UID("node-\(index)")
      node.allocatable = ResourceAmounts(cpuMillicores: 4_000, memoryBytes: 8 << 30)
      return ClusterObject.node(node)
    }
    return state(size, namespace: "load", events: [.listed(.pods, [.pod(runningPod(0))]), .listed(.nodes, nodes)])
  }

  /// The user may read pods and nothing else.
  static let forbidden = Scene(name: "forbidden") { size in
    let others = ResourceKind.allCases.filter { $0 != .pods }
    return state(
      size, namespace: "todo",
      events: recorded("todo").filter { if case .listed(.pods, _) = $0 { true } else { false } }
        + others.map {
          .streamChanged($0, .forbidden("\($0.qualifiedResource) is forbidden: User \"viewer\" cannot list"))
        })
  }

  /// The connection was lost a minute ago.
  static let stale = Scene(name: "stale") { size in
    var state = todo.make(size)
    var connection = state.snapshot.connection
    connection.isReachable = false
    connection.problem = "the connection to 127.0.0.1:6443 was refused"
    let lost = ResourceKind.allCases.map {
      ClusterEvent.streamChanged($0, .retrying(reason: connection.problem, at: moment.advanced(by: .seconds(61))))
    }
    _ = reduce(&state, .arrived([.connectionChanged(connection)] + lost), at: moment.advanced(by: .seconds(1)))
    _ = reduce(&state, .ticked, at: moment.advanced(by: .seconds(60)))
    return state
  }

  /// Names and words made to disturb a terminal.
  static let hostile = Scene(name: "hostile") { size in
    let names = [
      "作者-backend-7bbd475", "e\u{301}-accent", "👩‍👩‍👧-family", "\u{1B}[31mred\u{1B}[0m", "\u{202E}reversed", "tab\there",
      String(repeating: "x", count: 10_000), "nul\u{0}byte", "line\nbreak",
    ]
    let pods = names.enumerated().map { index, name in
      var pod = Pod()
      pod.metadata.name = name
      pod.metadata.namespace = "todo"
      pod.metadata.uid = UID("hostile-\(index)")
      pod.metadata.resourceVersion = "\(index)"
      pod.metadata.creationTimestamp = moment.advanced(by: .seconds(-300))
      pod.phase = "Running\u{1B}]0;title\u{7}"
      return ClusterObject.pod(pod)
    }
    return state(size, namespace: "todo", events: [.listed(.pods, pods), .listed(.events, [])])
  }

  /// Many pods, for counting work.
  static func many(_ count: Int, _ size: Size) -> DashboardState {
    state(size, namespace: "load", events: [.listed(.pods, (0..<count).map { .pod(runningPod($0)) })])
  }

  static func runningPod(_ index: Int, version: Int = 1, isReady: Bool = true) -> Pod {
    var pod = Pod()
    pod.metadata.name = "pod-\(String(index + 100_000).dropFirst())"
    pod.metadata.namespace = "load"
    pod.metadata.uid = UID("uid-\(index)")
    pod.metadata.resourceVersion = "\(version)"
    pod.metadata.creationTimestamp = moment.advanced(by: .seconds(-3_600))
    pod.nodeName = "node-1"
    pod.phase = "Running"
    var container = ContainerSpec()
    container.name = "main"
    pod.containers = [container]
    var status = ContainerStatus()
    status.name = "main"
    status.isReady = isReady
    status.state = .running(startedAt: pod.metadata.creationTimestamp)
    pod.containerStatuses = [status]
    var ready = Condition(type: "Ready", status: isReady ? "True" : "False")
    ready.lastTransitionTime = pod.metadata.creationTimestamp
    pod.conditions = [ready]
    return pod
  }

  static func state(
    _ size: Size, namespace: String, at now: Timestamp = moment, events: [ClusterEvent]
  ) -> DashboardState {
    var state = DashboardState(title: namespace, isDemo: false, size: size, now: now)
    var connection = Connection(feed: .watch)
    connection.context = "minikube"
    connection.namespace = namespace
    connection.serverVersion = "v1.32.4"
    connection.isReachable = true
    let live = ResourceKind.allCases.filter(\.isWatched).map { ClusterEvent.streamChanged($0, .live) }
    _ = reduce(&state, .arrived([.connectionChanged(connection)] + live + events), at: now)
    _ = reduce(&state, .ticked, at: now)
    return state
  }

  private static func probe(_ path: String, _ status: Int, _ milliseconds: Int64) -> ClusterEvent {
    .probed(
      ProbeResult(host: "todo.local", path: path, at: moment, status: status, latency: .milliseconds(milliseconds)))
  }

  static func recorded(_ name: String) -> [ClusterEvent] {
    var decoder = ClusterDecoder()
    var byKind: [ResourceKind: [ClusterObject]] = [:]
    for part in ["pods", "workloads", "others", "nodes"] {
      let url = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Fixtures/Scenes/\(name)-\(part).json")
      guard let data = try? Data(contentsOf: url) else { fatalError("no fixture \(url.path)") }
      let objects = data.withUnsafeBytes { try? decoder.dump($0).objects } ?? []
      for object in objects { byKind[object.kind, default: []].append(object) }
    }
    return ResourceKind.allCases.filter(\.isWatched).map { .listed($0, byKind[$0] ?? []) }
  }
}
