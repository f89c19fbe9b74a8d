/// Any object the program reads.
public enum ClusterObject: Codable, Hashable, Sendable {
  case pod(Pod)
  case deployment(Deployment)
  case replicaSet(ReplicaSet)
  case statefulSet(StatefulSet)
  case daemonSet(DaemonSet)
  case job(Job)
  case service(Service)
  case endpointSlice(EndpointSlice)
  case ingress(Ingress)
  case event(KubernetesEvent)
  case horizontalPodAutoscaler(HorizontalPodAutoscaler)
  case podDisruptionBudget(PodDisruptionBudget)
  case node(Node)
  case ingressClass(IngressClass)
  /// A ConfigMap, metadata only.
  case configMap(ObjectMetadata)
  /// A Secret, metadata only.
  case secret(ObjectMetadata)
  case podMetrics(PodMetrics)
  case nodeMetrics(NodeMetrics)

  /// The metadata of the object.
  public var metadata: ObjectMetadata {
    switch self {
    case .pod(let object): object.metadata
    case .deployment(let object): object.metadata
    case .replicaSet(let object): object.metadata
    case .statefulSet(let object): object.metadata
    case .daemonSet(let object): object.metadata
    case .job(let object): object.metadata
    case .service(let object): object.metadata
    case .endpointSlice(let object): object.metadata
    case .ingress(let object): object.metadata
    case .event(let object): object.metadata
    case .horizontalPodAutoscaler(let object): object.metadata
    case .podDisruptionBudget(let object): object.metadata
    case .node(let object): object.metadata
    case .ingressClass(let object): object.metadata
    case .configMap(let metadata), .secret(let metadata): metadata
    case .podMetrics(let object): object.metadata
    case .nodeMetrics(let object): object.metadata
    }
  }

  /// The kind of the object.
  public var kind: ResourceKind {
    switch self {
    case .pod: .pods
    case .deployment: .deployments
    case .replicaSet: .replicaSets
    case .statefulSet: .statefulSets
    case .daemonSet: .daemonSets
    case .job: .jobs
    case .service: .services
    case .endpointSlice: .endpointSlices
    case .ingress: .ingresses
    case .event: .events
    case .horizontalPodAutoscaler: .horizontalPodAutoscalers
    case .podDisruptionBudget: .podDisruptionBudgets
    case .node: .nodes
    case .ingressClass: .ingressClasses
    case .configMap: .configMaps
    case .secret: .secrets
    case .podMetrics: .podMetrics
    case .nodeMetrics: .nodeMetrics
    }
  }

  /// The name of the object.
  public var key: ObjectKey {
    let metadata = metadata
    return ObjectKey(kind, namespace: metadata.namespace, name: metadata.name)
  }
}
