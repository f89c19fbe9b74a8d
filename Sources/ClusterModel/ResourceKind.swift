/// The kinds of objects the program reads, in the order they are asked for.
public enum ResourceKind: UInt8, CaseIterable, Hashable, Sendable {
  case pods, deployments, replicaSets, statefulSets, daemonSets, jobs
  case services, endpointSlices, ingresses, events
  case horizontalPodAutoscalers, podDisruptionBudgets
  case nodes, ingressClasses
  case configMaps, secrets
  case podMetrics, nodeMetrics

  /// What the API calls one object: `Pod`.
  public var kindName: String { description.kindName }

  /// What the API and kubectl call the collection: `pods`.
  public var resource: String { description.resource }

  /// The API group, empty for the core group.
  public var group: String { description.group }

  /// The version that is read.
  public var version: String { description.version }

  /// Whether objects live in a namespace.
  public var isNamespaced: Bool { description.isNamespaced }

  /// Whether changes are streamed; metrics are sampled instead.
  public var isWatched: Bool { self != .podMetrics && self != .nodeMetrics }

  /// Whether only metadata is ever read, never the content.
  public var isMetadataOnly: Bool { self == .configMaps || self == .secrets }

  /// The resource with its group, as kubectl takes it without doubt: `deployments.apps`, `pods`.
  public var qualifiedResource: String { group.isEmpty ? resource : "\(resource).\(group)" }

  /// The kind of an object with that `kind` and `apiVersion`; `nil` for kinds the program does not read.
  public init?(kindName: String, apiVersion: String) {
    let group = apiVersion.split(separator: "/").count > 1 ? String(apiVersion.split(separator: "/")[0]) : ""
    guard let kind = Self.allCases.first(where: { $0.kindName == kindName && $0.group == group }) else { return nil }
    self = kind
  }

  /// The collection's path: of one namespace, or of all when `namespace` is `nil` or the kind has none.
  public func path(namespace: String?) -> String {
    let root = group.isEmpty ? "/api/\(version)" : "/apis/\(group)/\(version)"
    guard isNamespaced, let namespace else { return "\(root)/\(resource)" }
    return "\(root)/namespaces/\(namespace)/\(resource)"
  }

  private struct Description {
    let kindName: String, resource: String, group: String, version: String, isNamespaced: Bool
  }

  private var description: Description {
    func kind(_ name: String, _ resource: String, _ group: String, _ version: String = "v1", namespaced: Bool = true)
      -> Description
    {
      Description(kindName: name, resource: resource, group: group, version: version, isNamespaced: namespaced)
    }
    return switch self {
    case .pods: kind("Pod", "pods", "")
    case .deployments: kind("Deployment", "deployments", "apps")
    case .replicaSets: kind("ReplicaSet", "replicasets", "apps")
    case .statefulSets: kind("StatefulSet", "statefulsets", "apps")
    case .daemonSets: kind("DaemonSet", "daemonsets", "apps")
    case .jobs: kind("Job", "jobs", "batch")
    case .services: kind("Service", "services", "")
    case .endpointSlices: kind("EndpointSlice", "endpointslices", "discovery.k8s.io")
    case .ingresses: kind("Ingress", "ingresses", "networking.k8s.io")
    case .events: kind("Event", "events", "")
    case .horizontalPodAutoscalers: kind("HorizontalPodAutoscaler", "horizontalpodautoscalers", "autoscaling", "v2")
    case .podDisruptionBudgets: kind("PodDisruptionBudget", "poddisruptionbudgets", "policy")
    case .nodes: kind("Node", "nodes", "", namespaced: false)
    case .ingressClasses: kind("IngressClass", "ingressclasses", "networking.k8s.io", namespaced: false)
    case .configMaps: kind("ConfigMap", "configmaps", "")
    case .secrets: kind("Secret", "secrets", "")
    case .podMetrics: kind("PodMetrics", "pods", "metrics.k8s.io", "v1beta1")
    case .nodeMetrics: kind("NodeMetrics", "nodes", "metrics.k8s.io", "v1beta1", namespaced: false)
    }
  }
}
