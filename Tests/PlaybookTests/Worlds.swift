import ClusterModel

/// Small clusters, made by hand, that make checks hold and fail.
struct World {
  static let now = Timestamp("2026-11-21T03:00:00Z") ?? Timestamp(seconds: 0)
  private(set) var snapshot = Snapshot()

  /// Nothing was read.
  init() {
    var connection = Connection(feed: .watch)
    connection.namespace = "todo"
    connection.isReachable = true
    connection.serverVersion = "v1.32.4"
    send(.connectionChanged(connection))
  }

  /// Everything was read, and only this is there.
  init(_ objects: ClusterObject...) {
    self.init(many: objects)
  }

  /// The same with a list of objects.
  init(many objects: [ClusterObject]) {
    self.init()
    for kind in ResourceKind.allCases {
      send(.streamChanged(kind, .live))
      send(.listed(kind, objects.filter { $0.kind == kind }))
    }
  }

  mutating func send(_ event: ClusterEvent) { _ = snapshot.apply(event, at: Self.now) }

  /// The same world seen by a server of another version.
  func withVersion(_ version: String) -> World {
    var copy = self
    var connection = copy.snapshot.connection
    connection.serverVersion = version
    copy.send(.connectionChanged(connection))
    return copy
  }

  func with(_ event: ClusterEvent) -> World {
    var copy = self
    copy.send(event)
    return copy
  }
}

func metadata(_ name: String, namespace: String = "todo", labels: [String: String] = [:]) -> ObjectMetadata {
  var metadata = ObjectMetadata()
  metadata.name = name
  metadata.namespace = namespace
  metadata.uid = UID("uid-\(namespace)-\(name)")
  metadata.resourceVersion = "1"
  metadata.labels = labels
  metadata.creationTimestamp = World.now.advanced(by: .seconds(-600))
  metadata.generation = 1
  return metadata
}

func node(isReady: Bool = true, memoryBytes: Int = 8 << 30, imageBytes: Int = 80_000_000) -> ClusterObject {
  var node = Node()
  node.metadata = metadata("node-1", namespace: "")
  node.conditions = [Condition(type: "Ready", status: isReady ? "True" : "False")]
  node.allocatable = ResourceAmounts(cpuMillicores: 4_000, memoryBytes: memoryBytes)
  node.images = [NodeImage(names: ["docker.io/library/web:1.0"], sizeBytes: imageBytes)]
  return .node(node)
}

func deployment(
  image: String = "web:1.0", available: Int = 2, replicas: Int = 2, labels: [String: String] = [:]
) -> ClusterObject {
  var deployment = Deployment()
  deployment.metadata = metadata("web", labels: labels)
  deployment.replicas = replicas
  deployment.selector.matchLabels = ["app": "web"]
  deployment.template.labels = ["app": "web"]
  deployment.template.containers = [container(image)]
  deployment.observedGeneration = 1
  (deployment.statusReplicas, deployment.updatedReplicas) = (2, 2)
  (deployment.readyReplicas, deployment.availableReplicas) = (available, available)
  return .deployment(deployment)
}

func container(_ image: String) -> ContainerSpec {
  var container = ContainerSpec()
  container.name = "web"
  container.image = image
  container.requests = ResourceAmounts(cpuMillicores: 100, memoryBytes: 1 << 30)
  container.limits = ResourceAmounts(cpuMillicores: 200, memoryBytes: 1 << 30)
  return container
}

func pod(isReady: Bool = true, startSeconds: Int64 = 20, waitingFor reason: String? = nil) -> ClusterObject {
  var pod = Pod()
  pod.metadata = metadata("web-1", labels: ["app": "web"])
  pod.nodeName = "node-1"
  pod.phase = reason == nil ? "Running" : "Pending"
  pod.containers = [container("web:1.0")]
  var status = ContainerStatus()
  status.name = "web"
  status.isReady = isReady
  status.state =
    reason.map { .waiting(reason: $0, message: "not found") } ?? .running(startedAt: pod.metadata.creationTimestamp)
  pod.containerStatuses = [status]
  var ready = Condition(type: "Ready", status: isReady ? "True" : "False")
  ready.lastTransitionTime = pod.metadata.creationTimestamp?.advanced(by: .seconds(startSeconds))
  pod.conditions = [ready]
  return .pod(pod)
}

func service(hasEndpoint: Bool = true) -> [ClusterObject] {
  var service = Service()
  service.metadata = metadata("web")
  service.selector = ["app": "web"]
  var port = ServicePort()
  port.port = 80
  port.targetPort = .number(8080)
  service.ports = [port]
  var slice = EndpointSlice()
  slice.metadata = metadata("web-abc", labels: ["kubernetes.io/service-name": "web"])
  var endpoint = Endpoint()
  endpoint.targetName = "web-1"
  slice.endpoints = hasEndpoint ? [endpoint] : []
  return [.service(service), .endpointSlice(slice)]
}

func ingress(className: String? = "nginx", service: String = "web") -> ClusterObject {
  var ingress = Ingress()
  ingress.metadata = metadata("web")
  ingress.className = className
  ingress.addresses = ["192.168.49.2"]
  var rule = IngressRule()
  rule.host = "todo.local"
  var path = IngressPath()
  path.pathType = "Prefix"
  path.backend.serviceName = service
  path.backend.port = .number(80)
  rule.paths = [path]
  ingress.rules = [rule]
  return .ingress(ingress)
}

func ingressClass() -> ClusterObject {
  var ingressClass = IngressClass()
  ingressClass.metadata = metadata("nginx", namespace: "")
  ingressClass.controller = "k8s.io/ingress-nginx"
  return .ingressClass(ingressClass)
}

func warning(secondsAgo: Int64) -> ClusterObject {
  var event = KubernetesEvent()
  event.metadata = metadata("web-1.17")
  event.type = "Warning"
  event.reason = "BackOff"
  event.involvedKind = "Pod"
  event.involvedName = "web-1"
  event.lastTimestamp = World.now.advanced(by: .seconds(-secondsAgo))
  return .event(event)
}

func podMetrics(memoryBytes: Int) -> ClusterObject {
  var metrics = PodMetrics()
  metrics.metadata = metadata("web-1")
  metrics.timestamp = World.now.advanced(by: .seconds(-5))
  var container = ContainerMetrics()
  container.name = "web"
  container.usage = ResourceAmounts(cpuMillicores: 10, memoryBytes: memoryBytes)
  metrics.containers = [container]
  return .podMetrics(metrics)
}
