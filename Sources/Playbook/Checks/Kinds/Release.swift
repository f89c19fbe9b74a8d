import ClusterModel

extension CheckKind {
  /// A release that is under way blocks the next: what is stuck is said with the way out.
  static let helmRelease = CheckKind(
    "helm-release", "the Helm release is deployed",
    questions: { _, profile, snapshot in
      guard !profile.sources.release.isEmpty else { return [] }
      let (release, namespace) = (profile.sources.release, profile.namespace(in: snapshot))
      return [
        .tool(.helmStatus(release: release, namespace: namespace)),
        .tool(.helmHistory(release: release, namespace: namespace)),
      ]
    }
  ) { _, context throws(Unanswered) in
    let release = context.profile.sources.release
    guard !release.isEmpty else { return .skipped("the profile names no release") }
    let namespace = context.profile.namespace(in: context.snapshot)
    if case .missing? = context.facts[tool: .helmStatus(release: release, namespace: namespace)] {
      return .skipped("without helm there is no release: kubectl applies the manifests")
    }
    let said = try context.output(of: .helmStatus(release: release, namespace: namespace))
    guard said.code == 0 else {
      return said.errorText.contains("not found")
        ? .fails("release \(release) is not installed", advice: "deploy the application") : .unknown(said.problem)
    }
    let document = try said.document
    let status = document["info"]?["status"]?.scalar ?? ""
    let revision = document["version"]?.scalar ?? "?"
    switch status {
    case "deployed": return .holds("\(release) revision \(revision)")
    case "": return .unknown("helm does not say the status")
    case "pending-install", "uninstalling":
      return .fails(
        "\(release) is \(status): the command that began it did not end",
        advice: "remove what it left: helm uninstall \(release)")
    case _ where status.hasPrefix("pending-"):
      let last = context.lastDeployed(release, namespace)
      return .fails(
        "\(release) is \(status): another operation seems to be in progress",
        advice: "go back to what ran: helm rollback \(release)\(last.map { " \($0)" } ?? "")")
    default:
      let words = document["info"]?["description"]?.scalar ?? ""
      return .fails(
        "\(release) revision \(revision) is \(status)\(words.isEmpty ? "" : ": \(cut(words))")",
        advice: "deploy it again")
    }
  }
}

extension CheckContext {
  /// The revision that was deployed last, as helm remembers it.
  fileprivate func lastDeployed(_ release: String, _ namespace: String) -> String? {
    let history = try? document(of: .helmHistory(release: release, namespace: namespace))
    let good = history?.elements.filter { ["deployed", "superseded"].contains($0["status"]?.scalar) }
    return good?.last?["revision"]?.scalar
  }
}
