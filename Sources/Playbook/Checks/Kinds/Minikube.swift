import ClusterModel

extension CheckKind {
  static let minikubeRunning = CheckKind(
    "minikube-running", "Minikube runs", questions: { _, _, _ in [.tool(.minikubeStatus)] }
  ) { _, context throws(Unanswered) in
    if let reason = context.notMinikube { return .skipped(reason) }
    let said = try context.output(of: .minikubeStatus)
    // Its code tells that something is stopped; what, only its words do.
    guard let document = try? said.document else {
      return .fails("no cluster: \(said.problem)", advice: "start it: minikube start")
    }
    let nodes = document.fields.isEmpty ? document.elements : [document]
    guard !nodes.isEmpty else { return .fails("no cluster", advice: "start it: minikube start") }
    var problems: [String] = []
    for node in nodes {
      let isWorker = node["Worker"]?.scalar == "true"
      let parts = ["Host", "Kubelet"] + (isWorker ? [] : ["APIServer"])
      for part in parts where node[part]?.scalar != "Running" {
        problems.append("\(part) \(node[part]?.scalar ?? "unknown")")
      }
      if !isWorker, node["Kubeconfig"]?.scalar != "Configured" {
        problems.append("Kubeconfig \(node["Kubeconfig"]?.scalar ?? "unknown")")
      }
    }
    return problems.isEmpty
      ? .holds(nodes.count == 1 ? "host, kubelet, API server" : "\(nodes.count) nodes")
      : .fails(listed(problems, limit: 4), advice: "start it: minikube start")
  }

  static let minikubeAddons = CheckKind(
    "minikube-addons", "Minikube's addons are on",
    parameters: [CheckParameter("addons", .texts, usual: .texts(["ingress", "metrics-server"]))],
    questions: { _, _, _ in [.tool(.minikubeAddons)] }
  ) { parameters, context throws(Unanswered) in
    if let reason = context.notMinikube { return .skipped(reason) }
    let addons = try context.document(of: .minikubeAddons)
    let wanted = parameters.texts("addons")
    let off = wanted.filter { addons[$0]?["Status"]?.scalar != "enabled" }
    return off.isEmpty
      ? .holds(listed(wanted, limit: 4))
      : .fails("\(listed(off, limit: 4)) off", advice: "enable it: minikube addons enable \(off[0])")
  }
}

extension CheckContext {
  /// Why Minikube's own answers do not count; `nil` where they do, or where the demo plays them.
  fileprivate var notMinikube: String? {
    let context = snapshot.connection.context
    if context.isEmpty || context.contains("minikube") { return nil }
    let isMarked = snapshot.nodes.objects().contains { $0.metadata.labels["minikube.k8s.io/name"] != nil }
    let isPlayed = facts.isSimulated([.tool(.minikubeStatus), .tool(.minikubeAddons)])
    return isMarked || isPlayed ? nil : "the cluster is not Minikube's"
  }
}
