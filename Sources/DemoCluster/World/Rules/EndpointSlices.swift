extension World {
  /// Writes which pods of a Service get traffic.
  mutating func reconcileService(_ key: ObjectKey) {
    guard let service = store.object(.services, key), !service.selector.isEmpty else { return }
    let pods = store.objects(.pods, in: key.namespace).filter { service.selects($0.labels) }
    let endpoints = pods.compactMap(Self.endpoint)
    let ports = Self.ports(of: service, pods.first)
    let slice = store.objects(.endpointSlices, in: key.namespace).first { $0.controller?.uid == service.uid }
    guard let slice else {
      createSlice(of: service, endpoints, ports: ports)
      return
    }
    let time = JSON.string(now.text)
    update(.endpointSlices, slice.key) { object in
      guard object["endpoints"] != .array(endpoints) || object["ports"] != ports else { return }
      object["ports"] = ports
      object["endpoints"] = .array(endpoints)
      object["metadata", "annotations"] = ["endpoints.kubernetes.io/last-change-trigger-time": time]
      object["metadata", "generation"] = .integer((object["metadata", "generation"]?.integer ?? 0) + 1)
    }
  }

  private mutating func createSlice(of service: StoredObject, _ endpoints: [JSON], ports: JSON) {
    let name = service.key.name
    var metadata = JSON.strings(["generateName": name + "-", "namespace": service.key.namespace])
    metadata["labels"] = .strings([
      "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io", "kubernetes.io/service-name": name,
    ])
    metadata["ownerReferences"] = [Controller(kind: .services, name: name, uid: service.uid).reference]
    create(
      .endpointSlices,
      ["metadata": metadata, "addressType": "IPv4", "endpoints": .array(endpoints), "ports": ports])
  }

  private static func ports(of service: StoredObject, _ pod: StoredObject?) -> JSON {
    let containers = pod?.object["spec", "containers"]?.elements ?? []
    let ports = (service.object["spec", "ports"]?.elements ?? []).map { port -> JSON in
      [
        "name": port["name"] ?? "", "port": .integer(targetPort(of: port, in: containers)),
        "protocol": port["protocol"] ?? "TCP",
      ]
    }
    return .array(ports)
  }

  /// The port of the container that a port of a Service leads to.
  static func targetPort(of port: JSON, in containers: [JSON]) -> Int {
    switch port["targetPort"] {
    case .integer(let number): return number
    case .string(let name):
      let ports = containers.flatMap { $0["ports"]?.elements ?? [] }
      let named = ports.first { $0["name"]?.string == name }?["containerPort"]?.integer
      return named ?? port["port"]?.integer ?? 0
    default: return port["port"]?.integer ?? 0
    }
  }

  /// The endpoint of a pod; `nil` while it has no address.
  static func endpoint(_ pod: StoredObject) -> JSON? {
    guard let address = pod.field("status.podIP"), !address.isEmpty, pod.field("status.phase") == "Running" else {
      return nil
    }
    let isReady = pod.isReady
    let isTerminating = pod.isTerminating
    return [
      "addresses": [.string(address)],
      "conditions": [
        "ready": .bool(isReady && !isTerminating), "serving": .bool(isReady), "terminating": .bool(isTerminating),
      ],
      "targetRef": .strings([
        "kind": "Pod", "namespace": pod.key.namespace, "name": pod.key.name, "uid": pod.uid,
      ]), "nodeName": .string(pod.field("spec.nodeName") ?? ""),
    ]
  }
}
