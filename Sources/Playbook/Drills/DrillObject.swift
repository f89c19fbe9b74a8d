import ClusterModel

/// What drills write to: the closed list; an object of any other resource in a record is never touched.
package enum DrillResource: String, CaseIterable, Hashable, Sendable {
  case pods, deployments, services, ingresses, nodes
  case networkPolicies, leases, configMaps

  /// The kind as the program reads it; `nil` where it reads none.
  package var kind: ResourceKind? {
    switch self {
    case .pods: .pods
    case .deployments: .deployments
    case .services: .services
    case .ingresses: .ingresses
    case .nodes: .nodes
    case .configMaps: .configMaps
    case .networkPolicies, .leases: nil
    }
  }

  package var kindName: String {
    kind?.kindName ?? (self == .leases ? "Lease" : "NetworkPolicy")
  }

  package var apiVersion: String { group.isEmpty ? "v1" : "\(group)/v1" }

  /// The resource with its group, as kubectl takes it without doubt.
  package var qualifiedResource: String {
    kind?.qualifiedResource ?? (self == .leases ? "leases.\(group)" : "networkpolicies.\(group)")
  }

  package var isNamespaced: Bool { self != .nodes }

  private var group: String {
    kind?.group ?? (self == .leases ? "coordination.k8s.io" : "networking.k8s.io")
  }

  /// The path of the collection.
  func path(namespace: String) -> String {
    let root = group.isEmpty ? "/api/v1" : "/apis/\(group)/v1"
    let resource = qualifiedResource.prefix { $0 != "." }
    return isNamespaced ? "\(root)/namespaces/\(namespace)/\(resource)" : "\(root)/\(resource)"
  }

  /// The resource of a kind that drills write to.
  init?(_ kind: ResourceKind) {
    guard let resource = Self.allCases.first(where: { $0.kind == kind }) else { return nil }
    self = resource
  }
}

/// One object that a drill changes, makes or deletes, for as long as it lives.
package struct DrillObject: Hashable, Sendable {
  package let resource: DrillResource
  /// Empty for resources without a namespace.
  package let namespace: String
  package let name: String
  /// Empty for an object that is yet to be made.
  package let uid: UID

  /// An object.
  package init(_ resource: DrillResource, namespace: String, name: String, uid: UID = UID("")) {
    self.resource = resource
    self.namespace = resource.isNamespaced ? namespace : ""
    self.name = name
    self.uid = uid
  }

  /// An object that the program reads.
  package init?(_ key: ObjectKey, uid: UID) {
    guard let resource = DrillResource(key.kind) else { return nil }
    self.init(resource, namespace: key.namespace, name: key.name, uid: uid)
  }

  /// The same with another UID.
  package func with(_ uid: UID) -> DrillObject { DrillObject(resource, namespace: namespace, name: name, uid: uid) }

  /// As the program reads it; `nil` for kinds that it does not read.
  package var key: ObjectKey? { resource.kind.map { ObjectKey($0, namespace: namespace, name: name) } }

  /// As people type it for kubectl: `deployment/todo-backend`.
  package var typedName: String { "\(resource.kindName.lowercased())/\(name)" }

  /// As kubectl takes it without doubt: `deployments.apps/todo-backend`.
  var qualifiedName: String { "\(resource.qualifiedResource)/\(name)" }

  /// Its path in the API.
  var path: String { "\(resource.path(namespace: namespace))/\(name)" }
}
