import ClusterModel

/// What a drill is aimed at: one object as it was seen, with the pods that it hits.
package struct DrillTarget: Hashable, Sendable {
  /// A pod as it was seen: a successor of the same name is never hit.
  package struct SeenPod: Hashable, Sendable {
    package let key: ObjectKey
    package let uid: UID

    /// A pod.
    package init(_ key: ObjectKey, _ uid: UID) {
      self.key = key
      self.uid = uid
    }

    var object: DrillObject { DrillObject(.pods, namespace: key.namespace, name: key.name, uid: uid) }
  }

  /// What is read fresh and changed.
  package let object: ObjectKey
  package let uid: UID
  /// The workload that it belongs to, whose recovery is waited for.
  package let workload: ObjectKey?
  /// The container; empty where none counts.
  package var container = ""
  /// The host and path of an ingress, or the host name that is made unreachable; empty where none counts.
  package var place = ""
  /// The pods that are hit.
  package var pods: [SeenPod] = []

  /// A target.
  package init(
    _ object: ObjectKey, uid: UID, workload: ObjectKey?, container: String = "", place: String = "",
    pods: [SeenPod] = []
  ) {
    self.object = object
    self.uid = uid
    self.workload = workload
    self.container = container
    self.place = place
    self.pods = pods
  }

  /// What it is called: `deployment/todo-backend, container backend`.
  package var words: String {
    [object.typedName, container.isEmpty ? nil : "container \(container)", place.isEmpty ? nil : place]
      .compactMap { $0 }.joined(separator: ", ")
  }

  /// The object, as it is written to.
  var drillObject: DrillObject? { DrillObject(object, uid: uid) }
}

/// Where the targets of a kind of drill come from: what runs, within what the profile counts as the application.
package enum DrillAim: Hashable, Sendable {
  /// A ready pod of a Deployment.
  case pod
  /// A Deployment, with all its pods or with none.
  case deployment(hitsPods: Bool)
  /// A container of a Deployment's template.
  case container
  /// A Service that has a selector.
  case service
  /// A path of an ingress that leads to a Service.
  case ingressPath
  /// A node that runs pods of the application.
  case node

  /// The right without which none of its drills can be done; `nil` where that depends on the drill.
  package var right: ChangeRight? {
    switch self {
    case .pod, .deployment: nil
    case .container: ChangeRight("patch", "deployments.apps", for: "drill")
    case .service: ChangeRight("patch", "services", for: "drill")
    case .ingressPath: ChangeRight("patch", "ingresses.networking.k8s.io", for: "drill")
    case .node: ChangeRight("patch", "nodes", for: "drill")
    }
  }

  /// The targets there are now, by name.
  package func targets(in snapshot: Snapshot, _ scope: ApplicationScope) -> [DrillTarget] {
    let deployments = Self.deployments(in: snapshot, scope)
    switch self {
    case .pod:
      return deployments.flatMap { key in Self.readyPods(of: key, snapshot).map { Self.target($0, of: key, snapshot) } }
    case .deployment(let hitsPods):
      return deployments.compactMap { key in
        snapshot.deployments[key].map {
          DrillTarget(
            key, uid: $0.metadata.uid, workload: key, pods: hitsPods ? Self.pods(of: key, snapshot) : [])
        }
      }
    case .container:
      return deployments.flatMap { key -> [DrillTarget] in
        guard let deployment = snapshot.deployments[key] else { return [] }
        return deployment.template.containers.map {
          DrillTarget(key, uid: deployment.metadata.uid, workload: key, container: $0.name)
        }
      }
    case .service: return Self.services(in: snapshot, deployments)
    case .ingressPath: return Self.paths(in: snapshot, scope)
    case .node: return Self.nodes(in: snapshot, deployments)
    }
  }

  private static func deployments(in snapshot: Snapshot, _ scope: ApplicationScope) -> [ObjectKey] {
    let keys = snapshot.keys(of: .deployments, in: scope.namespace).sorted()
    return scope.workloads.isEmpty ? keys : keys.filter(scope.workloads.contains)
  }

  private static func target(_ pod: DrillTarget.SeenPod, of workload: ObjectKey, _ snapshot: Snapshot) -> DrillTarget {
    DrillTarget(
      pod.key, uid: pod.uid, workload: workload,
      container: snapshot.pods[pod.key]?.containers.first?.name ?? "", pods: [pod])
  }

  private static func pods(of workload: ObjectKey, _ snapshot: Snapshot) -> [DrillTarget.SeenPod] {
    snapshot.pods(of: workload).compactMap { key in
      snapshot.pods[key].flatMap { $0.metadata.isTerminating ? nil : DrillTarget.SeenPod(key, $0.metadata.uid) }
    }
  }

  private static func readyPods(of workload: ObjectKey, _ snapshot: Snapshot) -> [DrillTarget.SeenPod] {
    pods(of: workload, snapshot).filter { snapshot.pods[$0.key]?.conditions[type: "Ready"]?.isTrue == true }
  }

  private static func services(in snapshot: Snapshot, _ deployments: [ObjectKey]) -> [DrillTarget] {
    let namespaces = Set(deployments.map(\.namespace))
    return namespaces.sorted().flatMap { snapshot.keys(of: .services, in: $0).sorted() }.compactMap { key in
      guard let service = snapshot.services[key], !service.selector.isEmpty else { return nil }
      let workload = deployments.first { deployment in
        let labels = snapshot.deployments[deployment]?.template.labels ?? [:]
        return deployment.namespace == key.namespace && service.selector.allSatisfy { labels[$0.key] == $0.value }
      }
      return workload.map { DrillTarget(key, uid: service.metadata.uid, workload: $0) }
    }
  }

  private static func paths(in snapshot: Snapshot, _ scope: ApplicationScope) -> [DrillTarget] {
    snapshot.keys(of: .ingresses, in: scope.namespace).sorted().flatMap { key -> [DrillTarget] in
      guard let ingress = snapshot.ingresses[key] else { return [] }
      let rules = ingress.rules.filter { scope.hosts.isEmpty || scope.hosts.contains($0.host) }
      return rules.flatMap { rule in
        rule.paths.filter { !$0.backend.serviceName.isEmpty }.map {
          DrillTarget(key, uid: ingress.metadata.uid, workload: nil, place: rule.host + $0.path)
        }
      }
    }
  }

  private static func nodes(in snapshot: Snapshot, _ deployments: [ObjectKey]) -> [DrillTarget] {
    snapshot.nodes.keys(in: nil).sorted().compactMap { key in
      guard let node = snapshot.nodes[key], !node.isUnschedulable else { return nil }
      let hit = deployments.lazy.flatMap { workload in readyPods(of: workload, snapshot).map { ($0, workload) } }
        .first { snapshot.pods[$0.0.key]?.nodeName == key.name }
      return hit.map { DrillTarget(key, uid: node.metadata.uid, workload: $0.1, pods: [$0.0]) }
    }
  }
}
