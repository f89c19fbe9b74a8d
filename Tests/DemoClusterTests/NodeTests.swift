import Testing

@testable import DemoCluster

struct NodeTests {
  private static let node = World.nodeName(0)
  private static let nodeKey = ObjectKey(namespace: "", name: node)

  private func nodeObject(_ world: World) -> JSON { world.store.object(.nodes, Self.nodeKey)?.object ?? .null }

  private func taints(_ world: World) -> [String] {
    (nodeObject(world)["spec", "taints"]?.elements ?? []).map {
      "\($0["key"]?.string ?? ""):\($0["effect"]?.string ?? "")"
    }
  }

  @Test func `a silent node is not ready after 40 s, and its pods get no traffic`() throws {
    var small = try SmallWorld()
    small.advance(20)
    small.world.failNode(Self.node)
    small.advance(39)
    #expect(taints(small.world).isEmpty && small.pods.allSatisfy { $0.isReady })
    small.advance(2)
    let conditions = nodeObject(small.world)["status", "conditions"]?.elements ?? []
    #expect(conditions.count == 4)
    for condition in conditions {
      #expect(condition["status"] == "Unknown" && condition["reason"] == "NodeStatusUnknown")
      #expect(condition["message"] == "Kubelet stopped posting node status.")
    }
    #expect(
      taints(small.world) == ["node.kubernetes.io/unreachable:NoSchedule", "node.kubernetes.io/unreachable:NoExecute"])
    #expect(small.pods.allSatisfy { !$0.isReady && $0.field("status.phase") == "Running" })
    #expect(small.pods.allSatisfy { $0.object.containerStatus("web")?["ready"] == true })
    #expect(small.events("NodeNotReady") == Array(repeating: "Node is not ready", count: 3))
    #expect(small.condition("Available") == "False MinimumReplicasUnavailable")
  }

  @Test func `pods are evicted after the time they tolerate, and end only when the node returns`() throws {
    var small = try SmallWorld()
    small.advance(20)
    let before = Set(small.pods.map(\.key))
    small.world.failNode(Self.node)
    small.advance(339)
    #expect(small.pods.allSatisfy { !$0.isTerminating })
    small.advance(2)
    #expect(small.pods.filter(\.isTerminating).map(\.key) == before.sorted())
    #expect(small.pods.count == 6)
    small.advance(600)
    #expect(small.pods.filter(\.isTerminating).count == 3)
    let pending = try #require(small.pods.first { !$0.isTerminating }).object
    #expect(
      pending["status", "conditions"]?.elements.first?["message"]
        == "0/1 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/unreachable: }. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling."
    )
    small.world.returnNode(Self.node)
    small.advance(30)
    #expect(taints(small.world).isEmpty)
    #expect(nodeObject(small.world).hasCondition("Ready"))
    #expect(small.pods.count == 3 && small.pods.allSatisfy { $0.isReady })
    #expect(before.isDisjoint(with: small.pods.map(\.key)))
    #expect(small.events("TaintManagerEviction").count == 3)
  }

  @Test func `a node that returns in time keeps its pods`() throws {
    var small = try SmallWorld()
    small.advance(20)
    let before = small.pods.map(\.uid)
    small.world.failNode(Self.node)
    small.advance(120)
    small.world.returnNode(Self.node)
    small.advance(2)
    #expect(small.pods.map(\.uid) == before && small.pods.allSatisfy { $0.isReady })
    small.advance(600)
    #expect(small.pods.map(\.uid) == before)
  }

  @Test func `a cordoned node takes no pods, and takes those that wait once it may again`() throws {
    var small = try SmallWorld()
    small.advance(20)
    small.world.update(.nodes, Self.nodeKey) { $0["spec", "unschedulable"] = true }
    small.change { $0["spec", "replicas"] = 4 }
    small.advance(5)
    #expect(taints(small.world) == ["node.kubernetes.io/unschedulable:NoSchedule"])
    #expect(
      small.events("FailedScheduling") == [
        "0/1 nodes are available: 1 node(s) were unschedulable. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling."
      ])
    small.world.update(.nodes, Self.nodeKey) { $0["spec", "unschedulable"] = nil }
    small.advance(10)
    #expect(taints(small.world).isEmpty)
    #expect(small.pods.count { $0.isReady } == 4)
  }

  @Test func `room that becomes free goes to the pods that wait`() throws {
    let container: JSON = [
      "name": "web", "image": .string(SmallWorld.good), "resources": ["requests": ["cpu": "1500m"]],
    ]
    var small = try SmallWorld(
      replicas: 2,
      spec: ["template": ["metadata": ["labels": ["app": "web"]], "spec": ["containers": [container]]]])
    small.advance(20)
    small.change { $0["spec", "replicas"] = 3 }
    small.advance(5)
    #expect(small.pods.count { $0.field("spec.nodeName") == "" } == 1)
    let running = try #require(small.pods.first { $0.isReady })
    small.world.deletePod(running.key, graceSeconds: 0)
    small.advance(8)
    #expect(small.pods.count { $0.isReady } == 2)
  }

  @Test func `the scheduler counts memory and pods, and says of what there is too little`() throws {
    var small = try SmallWorld(replicas: 0)
    small.world.update(.nodes, Self.nodeKey) { $0["status"]?["allocatable"]?["pods"] = "2" }
    func refusal(_ name: String, _ requests: JSON) -> String? {
      small.world.createPod([
        "metadata": ["name": .string(name), "namespace": "shop"],
        "spec": [
          "containers": [
            ["name": "web", "image": .string(SmallWorld.good), "resources": ["requests": requests]]
          ]
        ],
      ])
      small.advance(1)
      let pod = small.world.store.object(.pods, ObjectKey(namespace: "shop", name: name))
      return pod?.object["status", "conditions"]?.elements.first { $0["type"] == "PodScheduled" }?["message"]?.string
    }
    func sentence(_ words: String) -> String {
      "0/1 nodes are available: \(words). preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod."
    }
    #expect(refusal("first", ["memory": "7Gi"]) == nil)
    #expect(refusal("second", ["memory": "1Gi"]) == sentence("1 Insufficient memory"))
    #expect(refusal("third", ["cpu": "9", "memory": "1Gi"]) == sentence("1 Insufficient cpu, 1 Insufficient memory"))
    #expect(refusal("fourth", [:]) == nil)
    #expect(refusal("fifth", ["cpu": "9"]) == sentence("1 Insufficient cpu, 1 Too many pods"))
  }

  @Test func `pods of a DaemonSet stay on a silent node`() {
    var world = testWorld()
    let daemons = world.store.objects(.pods, in: "kube-system").filter { $0.controller?.kind == .daemonSets }
    #expect(!daemons.isEmpty)
    world.failNode(Self.node)
    world.advance(to: testStart + 900)
    for daemon in daemons { #expect(world.store.object(.pods, daemon.key)?.isTerminating == false) }
  }

  @Test func `kubelets renew their leases, except on silent nodes`() throws {
    var world = testWorld()
    let key = ObjectKey(namespace: "kube-node-lease", name: Self.node)
    func renewed() -> Double? {
      world.store.object(.leases, key)?.object["spec", "renewTime"]?.string.flatMap { Moment($0) }?.seconds(
        since: testStart)
    }
    #expect(renewed() == 0)
    world.advance(to: testStart + 35)
    #expect(renewed() == 30)
    world.failNode(Self.node)
    world.advance(to: testStart + 95)
    #expect(renewed() == 30)
    world.returnNode(Self.node)
    world.advance(to: testStart + 115)
    #expect(renewed() == 110)
    let shape = world.store.object(.leases, key)?.object["spec"]?.shape()
    #expect(shape == ["holderIdentity", "leaseDurationSeconds", "renewTime"])
  }
}
