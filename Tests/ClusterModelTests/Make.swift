import ClusterModel

/// Objects for tests, in namespace `n` on node `node-1`.
enum Make {
  static func podKey(_ name: String) -> ObjectKey { ObjectKey(.pods, namespace: "n", name: name) }

  static func metadata(_ name: String, uid: String? = nil, version: String = "1") -> ObjectMetadata {
    var metadata = ObjectMetadata()
    metadata.namespace = "n"
    metadata.name = name
    metadata.uid = UID(uid ?? "uid-\(name)")
    metadata.resourceVersion = version
    metadata.creationTimestamp = Timestamp(seconds: 1_799_000_000)
    return metadata
  }

  /// A pod that runs and is ready, unless said otherwise.
  static func pod(
    _ name: String, owner: ObjectMetadata? = nil, uid: String? = nil, version: String = "1", phase: String = "Running",
    labels: [String: String] = [:], cpu: Int? = nil, memory: Int? = nil, created: Timestamp? = nil,
    _ change: (inout Pod) -> Void = { _ in }
  ) -> ClusterObject {
    var pod = Pod()
    pod.metadata = metadata(name, uid: uid, version: version)
    pod.metadata.labels = labels
    if let created { pod.metadata.creationTimestamp = created }
    if let owner {
      pod.metadata.owners = [OwnerReference(kind: "ReplicaSet", name: owner.name, uid: owner.uid, isController: true)]
    }
    pod.nodeName = "node-1"
    pod.phase = phase
    var container = ContainerSpec()
    container.name = "app"
    container.requests = ResourceAmounts(cpuMillicores: cpu, memoryBytes: memory)
    pod.containers = [container]
    pod.conditions = [
      Condition(type: "PodScheduled", status: "True"),
      Condition(type: "Ready", status: phase == "Running" ? "True" : "False"),
    ]
    var status = ContainerStatus()
    status.name = "app"
    status.isReady = phase == "Running"
    status.state = phase == "Running" ? .running(startedAt: pod.metadata.creationTimestamp) : .absent
    pod.containerStatuses = [status]
    change(&pod)
    return .pod(pod)
  }

  /// A Deployment whose pods are all available, and its ReplicaSet.
  static func deployment(
    _ name: String, replicas: Int, version: String = "1", _ change: (inout Deployment) -> Void = { _ in }
  ) -> (ClusterObject, ClusterObject) {
    var deployment = Deployment()
    deployment.metadata = metadata(name, version: version)
    deployment.metadata.generation = 1
    deployment.metadata.annotations = ["deployment.kubernetes.io/revision": "1"]
    deployment.template.labels = ["app": name]
    deployment.replicas = replicas
    deployment.observedGeneration = 1
    (deployment.statusReplicas, deployment.updatedReplicas) = (replicas, replicas)
    (deployment.readyReplicas, deployment.availableReplicas) = (replicas, replicas)
    change(&deployment)
    var set = ReplicaSet()
    set.metadata = metadata("\(name)-1")
    set.metadata.annotations = ["deployment.kubernetes.io/revision": "1"]
    set.metadata.owners = [
      OwnerReference(kind: "Deployment", name: name, uid: deployment.metadata.uid, isController: true)
    ]
    set.replicas = replicas
    return (.deployment(deployment), .replicaSet(set))
  }

  static func event(_ name: String, about pod: String, at seconds: Int64, reason: String = "BackOff") -> ClusterObject {
    var event = KubernetesEvent()
    event.metadata = metadata(name)
    event.type = "Warning"
    event.reason = reason
    event.involvedKind = "Pod"
    event.involvedNamespace = "n"
    event.involvedName = pod
    event.involvedUID = UID("uid-\(pod)")
    event.lastTimestamp = Timestamp(seconds: seconds)
    return .event(event)
  }

  static func sample(_ pod: String, cpu: Int, at moment: Timestamp) -> ClusterObject {
    var metrics = PodMetrics()
    metrics.metadata.namespace = "n"
    metrics.metadata.name = pod
    metrics.timestamp = moment
    var container = ContainerMetrics()
    container.name = "app"
    container.usage = ResourceAmounts(cpuMillicores: cpu, memoryBytes: 1 << 20)
    metrics.containers = [container]
    return .podMetrics(metrics)
  }

  static func service(_ name: String, selecting labels: [String: String]) -> ClusterObject {
    var service = Service()
    service.metadata = metadata(name)
    service.selector = labels
    var port = ServicePort()
    port.port = 80
    port.targetPort = .number(8080)
    service.ports = [port]
    return .service(service)
  }

  static func slice(of service: String, ready: [Bool]) -> ClusterObject {
    var slice = EndpointSlice()
    slice.metadata = metadata("\(service)-x")
    slice.metadata.labels = ["kubernetes.io/service-name": service]
    slice.endpoints = ready.map {
      var endpoint = Endpoint()
      endpoint.isReady = $0
      return endpoint
    }
    return .endpointSlice(slice)
  }

  static func ingress(_ name: String, to service: String, port: Int = 80, _ change: (inout Ingress) -> Void = { _ in })
    -> ClusterObject
  {
    var ingress = Ingress()
    ingress.metadata = metadata(name)
    ingress.className = "nginx"
    ingress.addresses = ["192.168.49.2"]
    var path = IngressPath()
    path.backend.serviceName = service
    path.backend.port = .number(port)
    var rule = IngressRule()
    rule.host = "todo.local"
    rule.paths = [path]
    ingress.rules = [rule]
    change(&ingress)
    return .ingress(ingress)
  }

  static var ingressClass: ClusterObject {
    var found = IngressClass()
    found.metadata.name = "nginx"
    found.controller = "example.com/other"
    return .ingressClass(found)
  }
}
