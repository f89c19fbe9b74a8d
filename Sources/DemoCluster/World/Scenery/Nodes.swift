extension World {
  /// The pods one node holds.
  static let podsPerNode = 110

  /// The name of a node: the first is the cluster's, the others are numbered as Minikube does.
  static func nodeName(_ index: Int) -> String {
    guard index > 0 else { return "todotop-demo" }
    return "todotop-demo-m" + (index < 9 ? "0" : "") + String(index + 1)
  }

  /// Creates nodes after those that there are.
  mutating func createNodes(_ capacities: [NodeCapacity]) {
    let present = store.objects(.nodes).count
    for (offset, capacity) in capacities.enumerated() {
      let name = Self.nodeName(present + offset)
      let stored = create(.nodes, node(name, index: present + offset, capacity))
      record(
        "RegisteredNode", "Node \(name) event: Registered Node \(name) in Controller", on: .nodes, stored,
        by: .nodeController)
    }
  }

  private mutating func node(_ name: String, index: Int, _ capacity: NodeCapacity) -> JSON {
    var labels = JSON.strings([
      "beta.kubernetes.io/arch": "amd64", "beta.kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
      "kubernetes.io/hostname": name, "kubernetes.io/os": "linux", "minikube.k8s.io/name": "todotop-demo",
    ])
    labels["minikube.k8s.io/primary"] = .string(String(index == 0))
    if index == 0 { labels["node-role.kubernetes.io/control-plane"] = "" }
    let metadata: JSON = [
      "name": .string(name), "labels": labels,
      "annotations": .strings([
        "node.alpha.kubernetes.io/ttl": "0", "volumes.kubernetes.io/controller-managed-attach-detach": "true",
      ]),
    ]
    let network = "10.244.\(index).0/24"
    let amounts: JSON = .strings([
      "cpu": capacity.cpu, "ephemeral-storage": "264212084Ki", "hugepages-1Gi": "0", "hugepages-2Mi": "0",
      "memory": capacity.memory, "pods": String(Self.podsPerNode),
    ])
    var status: JSON = ["capacity": amounts, "allocatable": amounts]
    status["conditions"] = .array(nodeConditions())
    status["addresses"] = [
      .strings(["type": "InternalIP", "address": "192.168.49.\(index + 2)"]),
      .strings(["type": "Hostname", "address": name]),
    ]
    status["daemonEndpoints"] = ["kubeletEndpoint": ["Port": 10250]]
    status["nodeInfo"] = nodeInfo()
    // Images are reported as they are pulled.
    status["images"] = []
    return [
      "metadata": metadata, "spec": ["podCIDR": .string(network), "podCIDRs": [.string(network)]], "status": status,
    ]
  }

  private func nodeConditions() -> [JSON] {
    NodeCondition.types.map { type in
      let condition = NodeCondition.well[type]
      return .strings([
        "type": type, "status": condition?.status ?? "Unknown", "lastHeartbeatTime": now.text,
        "lastTransitionTime": now.text, "reason": condition?.reason ?? "", "message": condition?.message ?? "",
      ])
    }
  }

  private mutating func nodeInfo() -> JSON {
    let machine = random.hexadecimal(32)
    return .strings([
      "machineID": machine, "systemUUID": random.uid(), "bootID": random.uid(), "kernelVersion": "6.1.0-28-amd64",
      "osImage": "Debian GNU/Linux 12 (bookworm)", "containerRuntimeVersion": "containerd://1.7.24",
      "kubeletVersion": "v1.32.0", "kubeProxyVersion": "v1.32.0", "operatingSystem": "linux", "architecture": "amd64",
    ])
  }
}
