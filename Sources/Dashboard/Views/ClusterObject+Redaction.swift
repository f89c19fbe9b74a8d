import ClusterModel

extension ClusterObject {
  /// The object without secrets in what people and programs wrote; names, images and numbers stay.
  ///
  /// Values of environments and of Secrets are not in an object: they are never read.
  func redacted() -> ClusterObject {
    switch self {
    case .pod(var pod):
      pod.metadata = pod.metadata.redacted()
      pod.message = ClusterModel.redacted(pod.message)
      pod.conditions = pod.conditions.redacted()
      pod.containerStatuses = pod.containerStatuses.map { $0.redacted() }
      pod.initContainerStatuses = pod.initContainerStatuses.map { $0.redacted() }
      (pod.containers, pod.initContainers) = (pod.containers.redacted(), pod.initContainers.redacted())
      return .pod(pod)
    case .deployment(var object):
      object.metadata = object.metadata.redacted()
      (object.template, object.conditions) = (object.template.redacted(), object.conditions.redacted())
      return .deployment(object)
    case .replicaSet(var object):
      object.metadata = object.metadata.redacted()
      (object.template, object.conditions) = (object.template.redacted(), object.conditions.redacted())
      return .replicaSet(object)
    case .statefulSet(var object):
      object.metadata = object.metadata.redacted()
      (object.template, object.conditions) = (object.template.redacted(), object.conditions.redacted())
      return .statefulSet(object)
    case .daemonSet(var object):
      object.metadata = object.metadata.redacted()
      (object.template, object.conditions) = (object.template.redacted(), object.conditions.redacted())
      return .daemonSet(object)
    case .job(var object):
      object.metadata = object.metadata.redacted()
      (object.template, object.conditions) = (object.template.redacted(), object.conditions.redacted())
      return .job(object)
    case .service(var object):
      object.metadata = object.metadata.redacted()
      return .service(object)
    case .endpointSlice(var object):
      object.metadata = object.metadata.redacted()
      return .endpointSlice(object)
    case .ingress(var object):
      object.metadata = object.metadata.redacted()
      return .ingress(object)
    case .event(var event):
      event.metadata = event.metadata.redacted()
      event.message = ClusterModel.redacted(event.message)
      return .event(event)
    case .horizontalPodAutoscaler(var object):
      (object.metadata, object.conditions) = (object.metadata.redacted(), object.conditions.redacted())
      return .horizontalPodAutoscaler(object)
    case .podDisruptionBudget(var object):
      object.metadata = object.metadata.redacted()
      return .podDisruptionBudget(object)
    case .node(var node):
      (node.metadata, node.conditions) = (node.metadata.redacted(), node.conditions.redacted())
      return .node(node)
    case .ingressClass(var object):
      object.metadata = object.metadata.redacted()
      return .ingressClass(object)
    case .configMap(let metadata): return .configMap(metadata.redacted())
    case .secret(let metadata): return .secret(metadata.redacted())
    case .podMetrics, .nodeMetrics: return self
    }
  }
}

extension ObjectMetadata {
  fileprivate func redacted() -> ObjectMetadata {
    guard !annotations.isEmpty else { return self }
    var metadata = self
    metadata.annotations = annotations.mapValues { ClusterModel.redacted($0) }
    return metadata
  }
}

extension [Condition] {
  fileprivate func redacted() -> [Condition] {
    map { condition in
      var condition = condition
      condition.message = ClusterModel.redacted(condition.message)
      return condition
    }
  }
}

extension ContainerStatus {
  fileprivate func redacted() -> ContainerStatus {
    var status = self
    (status.state, status.lastState) = (state.redacted(), lastState.redacted())
    return status
  }
}

extension ContainerState {
  fileprivate func redacted() -> ContainerState {
    switch self {
    case .absent, .running: return self
    case .waiting(let reason, let message): return .waiting(reason: reason, message: ClusterModel.redacted(message))
    case .terminated(var end):
      end.message = ClusterModel.redacted(end.message)
      return .terminated(end)
    }
  }
}

extension PodTemplate {
  fileprivate func redacted() -> PodTemplate {
    var template = self
    template.annotations = annotations.mapValues { ClusterModel.redacted($0) }
    (template.containers, template.initContainers) = (containers.redacted(), initContainers.redacted())
    return template
  }
}

extension [ContainerSpec] {
  /// A probe's command may carry a password.
  fileprivate func redacted() -> [ContainerSpec] {
    map { container in
      var container = container
      container.readinessProbe?.redact()
      container.livenessProbe?.redact()
      container.startupProbe?.redact()
      return container
    }
  }
}

extension Probe {
  fileprivate mutating func redact() { summary = ClusterModel.redacted(summary) }
}
