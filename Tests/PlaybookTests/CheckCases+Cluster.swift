import ClusterModel

@testable import Playbook

private let running = """
  {"Name":"minikube","Host":"Running","Kubelet":"Running","APIServer":"Running","Kubeconfig":"Configured","Worker":false}
  """
private let stopped = """
  {"Name":"minikube","Host":"Stopped","Kubelet":"Stopped","APIServer":"Stopped","Kubeconfig":"Stopped","Worker":false}
  """
private let worker =
  #"{"Name":"m02","Host":"Running","Kubelet":"Running","APIServer":"Irrelevant","Kubeconfig":"Irrelevant","Worker":true}"#
private func addons(_ ingress: String) -> FactAnswer {
  said(
    #"{"ingress":{"Profile":"minikube","Status":"\#(ingress)"},"metrics-server":{"Profile":"minikube","Status":"enabled"}}"#
  )
}
private func kubectl(_ version: String) -> Facts {
  facts(tool: .kubectlVersion, said(#"{"clientVersion":{"major":"1","minor":"32","gitVersion":"\#(version)"}}"#))
}
private func host(_ answer: FactAnswer, _ lines: String = "127.0.0.1 localhost\n") -> Facts {
  facts([.host("todo.local"): answer, .file("/etc/hosts"): .text(lines)])
}

extension World {
  /// The same world in another context, reached at another address.
  func inContext(_ context: String, server: String = "https://192.168.49.2:8443") -> World {
    var connection = snapshot.connection
    connection.context = context
    connection.server = server
    return with(.connectionChanged(connection))
  }
}

private let served = World(ingress(), ingressClass()).inContext("minikube")
private func event(secondsAgo: Int64) -> ClusterObject { warning(secondsAgo: secondsAgo) }

extension CheckCase {
  static let clusterCases: [CheckCase] = [
    CheckCase(.minikubeRunning, .holds, World(), facts: facts(tool: .minikubeStatus, said(running))),
    CheckCase(.minikubeRunning, .holds, World(), facts: facts(tool: .minikubeStatus, said("[\(running),\(worker)]"))),
    CheckCase(.minikubeRunning, .fails, World(), facts: facts(tool: .minikubeStatus, said(stopped, code: 7))),
    CheckCase(
      .minikubeRunning, .fails, World(),
      facts: facts(tool: .minikubeStatus, said("", code: 85, error: "* Profile \"minikube\" not found.\n"))),
    CheckCase(
      .minikubeRunning, .skipped, World().inContext("kind-dev"), facts: facts(tool: .minikubeStatus, said(running))),
    CheckCase(.minikubeRunning, .skipped, World(), facts: facts(tool: .minikubeStatus, .missing(program: "minikube"))),
    CheckCase(.minikubeRunning, .unknown, World()),

    CheckCase(.minikubeAddons, .holds, World(), facts: facts(tool: .minikubeAddons, addons("enabled"))),
    CheckCase(.minikubeAddons, .fails, World(), facts: facts(tool: .minikubeAddons, addons("disabled"))),
    CheckCase(.minikubeAddons, .unknown, World(), facts: facts(tool: .minikubeAddons, said("🤷 no", code: 0))),
    CheckCase(.minikubeAddons, .skipped, World().inContext("kind-dev")),

    CheckCase(.kubectlSkew, .holds, World(), facts: kubectl("v1.33.1")),
    CheckCase(.kubectlSkew, .fails, World(), facts: kubectl("v1.20.2")),
    CheckCase(.kubectlSkew, .unknown, World().withVersion(""), facts: kubectl("v1.32.0")),
    CheckCase(.kubectlSkew, .unknown, World()),

    CheckCase(.ingressController, .holds, World(ingressClass())),
    CheckCase(.ingressController, .fails, World(deployment())),
    CheckCase(.ingressController, .unknown, World()),

    CheckCase(.clusterDNS, .holds, World(systemPod("coredns-1", labels: ["k8s-app": "kube-dns"]))),
    CheckCase(.clusterDNS, .fails, World(systemPod("coredns-1", labels: ["k8s-app": "kube-dns"], isReady: false))),
    CheckCase(.clusterDNS, .skipped, World()),

    CheckCase(.networkPolicies, .holds, World(systemPod("calico-node-x"))),
    CheckCase(.networkPolicies, .skipped, World(systemPod("kindnet-x"))),
    CheckCase(.networkPolicies, .fails, World(systemPod("kindnet-x")), ["needed": .text("yes")]),
    CheckCase(.networkPolicies, .unknown, World()),

    CheckCase(.hostResolves, .holds, served, facts: host(.addresses(["192.168.49.2"]))),
    CheckCase(.hostResolves, .fails, served, facts: host(.absent)),
    CheckCase(.hostResolves, .fails, served, facts: host(.addresses(["127.0.0.1"]))),
    CheckCase(
      .hostResolves, .holds, served.inContext("minikube", server: "https://127.0.0.1:32771"),
      facts: host(.addresses(["127.0.0.1"]))),
    CheckCase(
      .hostResolves, .fails, served,
      facts: host(.addresses(["192.168.49.2"]), "192.168.49.2 todo.local\n10.0.0.1 Todo.local # old\n")),
    CheckCase(.hostResolves, .unknown, served),
    CheckCase(.hostResolves, .unknown, served, facts: host(.late(seconds: 5))),
    CheckCase(.hostResolves, .skipped, World(deployment())),

    CheckCase(.clockSkew, .holds, World(event(secondsAgo: 20))),
    CheckCase(.clockSkew, .fails, World(event(secondsAgo: -60))),
    CheckCase(.clockSkew, .unknown, World(event(secondsAgo: 4_000))), CheckCase(.clockSkew, .unknown, World()),
  ]
}
