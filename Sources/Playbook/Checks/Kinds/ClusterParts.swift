import ClusterModel

extension CheckKind {
  /// kubectl is made for servers one minor version older or newer.
  static let kubectlSkew = CheckKind(
    "kubectl-skew", "kubectl fits the server", questions: { _, _, _ in [.tool(.kubectlVersion)] }
  ) { _, context throws(Unanswered) in
    guard let server = VersionNumber(context.snapshot.connection.serverVersion) else {
      return .unknown("the server's version is not known")
    }
    let text = try context.document(of: .kubectlVersion)["clientVersion"]?["gitVersion"]?.scalar ?? ""
    guard let client = VersionNumber(text) else { return .unknown("kubectl does not say its version") }
    let evidence = "kubectl \(text), server \(context.snapshot.connection.serverVersion)"
    let isNear = client[0] == server[0] && abs(client[1] - server[1]) <= 1
    return isNear
      ? .holds(evidence)
      : .fails(evidence, advice: "install kubectl \(server[0]).\(server[1]), or one minor version beside it")
  }

  /// Something must serve the ingresses; which program is left open.
  static let ingressController = CheckKind("ingress-controller", "an ingress controller runs") { _, context in
    let snapshot = context.snapshot
    if let reason = unreadable(.ingresses, snapshot) { return .unknown(reason) }
    let layers = snapshot.ingressViews(in: context.namespace, at: context.now).flatMap(\.paths).flatMap(\.layers)
    let controllers = layers.filter { $0.id == .controller }
    if let bad = controllers.first(where: { $0.state == .fails }) {
      return .fails(bad.detail, advice: "enable an ingress controller: minikube addons enable ingress")
    }
    if let good = controllers.first(where: { $0.state == .holds }) { return .holds(good.detail) }
    if let unknown = controllers.first(where: { $0.state == .unknown }) { return .unknown(unknown.detail) }
    if let reason = unreadable(.ingressClasses, snapshot) { return .unknown(reason) }
    let classes = snapshot.ingressClasses.objects()
    guard let first = classes.first else {
      return .fails("there is no ingress class", advice: "enable an ingress controller: minikube addons enable ingress")
    }
    return .holds("class \(first.metadata.name), \(first.controller)")
  }

  /// Information: only some networks do as NetworkPolicies say.
  static let networkPolicies = CheckKind(
    "network-policies", "network policies count", parameters: [CheckParameter("needed", .text, usual: .text("no"))]
  ) { parameters, context in
    let names = context.snapshot.pods.keys(in: "kube-system").map(\.name)
    guard !names.isEmpty else { return .unknown("kube-system is not read, so the network is not known") }
    let enforcing = ["calico", "cilium", "antrea", "weave", "kube-router", "canal", "ovn"]
    if let found = enforcing.first(where: { name in names.contains { $0.contains(name) } }) {
      return .holds("\(found) enforces them")
    }
    let words = "no known network enforces them"
    guard parameters.text("needed") == "yes" else { return .skipped(words + "; none is needed") }
    return .fails(words, advice: "start the cluster with one that does: minikube start --cni=calico")
  }

  /// Told by what the cluster dates: nothing of it can lie ahead of now.
  static let clockSkew = CheckKind(
    "clock-skew", "clocks agree within 5 s", parameters: [CheckParameter("seconds", .number, usual: .number(5))]
  ) { parameters, context in
    let snapshot = context.snapshot
    let samples =
      snapshot.podMetrics.objects().compactMap(\.timestamp) + snapshot.nodeMetrics.objects().compactMap(\.timestamp)
    let events = snapshot.events.keys(in: context.namespace).compactMap { snapshot.events[$0]?.lastTimestamp }
    let pods = snapshot.pods.keys(in: context.namespace).compactMap { snapshot.pods[$0]?.metadata.creationTimestamp }
    guard let newest = (samples + events + pods).max() else { return .unknown("nothing in the cluster is dated") }
    let ahead = newest.since(context.now)
    if ahead.inSeconds > parameters.number("seconds") {
      return .fails("the cluster is \(Age.text(of: ahead)) ahead of this machine", advice: "set both clocks by NTP")
    }
    let age = context.now.since(newest)
    guard age.inSeconds < 300 else { return .unknown("nothing in the cluster is newer than \(Age.text(of: age))") }
    // metrics-server dates a sample every minute at least.
    if let sample = samples.max(), context.now.since(sample).inSeconds > 180,
      snapshot.stream(.podMetrics).state == .live
    {
      return .fails(
        "the newest sample is \(Age.text(of: context.now.since(sample))) old", advice: "set both clocks by NTP")
    }
    return .holds("newest sign \(Age.text(of: max(.zero, age))) ago")
  }
}
