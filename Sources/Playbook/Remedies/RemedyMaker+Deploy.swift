import ClusterModel

extension RemedyMaker {
  /// How long a deploy should take at most.
  static let deployGoal = Duration.seconds(180)
  /// How long helm waits, and how much longer it may take itself, as it takes a failed deploy back.
  private static let helmWait = "5m"
  private static let helmTimeLimit = Duration.seconds(660)
  /// How long the pods of a workload are waited for.
  private static let rolloutSeconds = 180

  /// What installs the chart or brings the release up to it.
  func deploy() throws(RemedyProblem) -> [RemedyCommand] {
    if programs.isPlayed { return try deployWithoutHelm() }
    switch context.facts[tool: .helmVersion] {
    case .missing: return try deployWithoutHelm()
    case .ended(0, let output, _): return [try helmCommand(version: output)]
    case .ended(let code, _, let errorText):
      throw RemedyProblem("helm version ended with exit code \(code): \(errorText.prefix(200)); repair helm first")
    case .late(let seconds): throw RemedyProblem("helm did not say its version within \(seconds) s; try again")
    case .failed(let words): throw RemedyProblem("helm cannot be asked for its version: \(words)")
    default: throw RemedyProblem("it is not known yet whether helm is there; try again in a moment")
    }
  }

  // MARK: - With helm

  private func helmCommand(version: String) throws(RemedyProblem) -> RemedyCommand {
    let sources = context.profile.sources
    guard let chart = sources.chart else {
      throw RemedyProblem("no chart is known; name its folder in the profile under sources: chart")
    }
    guard isObjectName(sources.release) else {
      throw RemedyProblem("“\(sources.release)” cannot be the name of a release; set sources: release in the profile")
    }
    guard let generation = Self.generation(version) else {
      throw RemedyProblem("the version of helm cannot be read: “\(version.prefix(40))”")
    }
    guard generation >= 3 else { throw RemedyProblem("helm \(version) is too old: Helm 3 or newer is needed") }
    try checkPending(sources.release)
    var words = programs.kubectl.helmWords + ["upgrade", "--install", sources.release, safePath(chart.path)]
    words += ["-n", try checkedNamespace(), "--create-namespace", "--wait"]
    words += [generation == 3 ? "--atomic" : "--rollback-on-failure", "--timeout", Self.helmWait]
    for values in sources.values { words += ["-f", safePath(values.path)] }
    if let secret = context.profile.secret, chart.isSample, isObjectName(secret.name) {
      words += ["--set", "secrets.existingSecret=\(secret.name)"]
    }
    return RemedyCommand(
      words: ["helm"] + words, argv: programs.helm + words, timeLimit: Self.helmTimeLimit, goal: Self.deployGoal)
  }

  /// 3 of `v3.18.4+gd80839c`.
  private static func generation(_ version: String) -> Int? {
    let digits = version.drop { $0 == "v" || $0.isWhitespace }.prefix { $0.isNumber }
    return Int(digits)
  }

  /// Explains a release that another helm, or one that was ended, left in the middle.
  private func checkPending(_ release: String) throws(RemedyProblem) {
    guard case .ended(0, let output, _) = context.facts[tool: .helmStatus(release: release, namespace: namespace)],
      let document = try? DocumentValue.read(Array(output.utf8)), let status = document["info"]?["status"]?.asText,
      status.hasPrefix("pending-")
    else { return }
    let since = document["info"]?["last_deployed"]?.asText.flatMap { Timestamp($0) }
    let age = since.map { " for \(Age.text(of: context.now.since($0)))" } ?? ""
    let way =
      lastDeployed(release).map { "helm rollback \(release) \($0) -n \(namespace)" }
      ?? "helm uninstall \(release) -n \(namespace)"
    throw RemedyProblem(
      "the release \(release) has been \(status)\(age): another helm is at work, or one was ended in the middle; "
        + "once you know that none is at work, “\(way)” frees it")
  }

  /// The last revision of a release that was in use; `nil` for a first one, which can only be uninstalled.
  private func lastDeployed(_ release: String) -> Int? {
    guard case .ended(0, let output, _) = context.facts[tool: .helmHistory(release: release, namespace: namespace)],
      case .list(let revisions)? = try? DocumentValue.read(Array(output.utf8))
    else { return nil }
    let good = revisions.filter { ["deployed", "superseded"].contains($0["status"]?.asText ?? "") }
    return good.compactMap { revision -> Int? in
      guard case .number(let number)? = revision["revision"] else { return nil }
      return Int(number)
    }.max()
  }

  // MARK: - Without helm

  /// Applies the manifests that the chart gives, and waits for what they begin.
  private func deployWithoutHelm() throws(RemedyProblem) -> [RemedyCommand] {
    let sources = context.profile.sources
    guard let place = sources.manifests, sources.chart == nil || sources.chart?.isSample == place.isSample else {
      let chart = sources.chart.map { "the chart in \($0.path)" } ?? "a chart"
      throw RemedyProblem(
        programs.isPlayed
          ? "\(chart) needs helm, which the demo only plays; deploy it to a cluster of yours"
          : "\(chart) needs helm: install it (https://helm.sh/docs/intro/install)")
    }
    guard case .text(let text)? = context.facts[.file(place.path)]?.answer else {
      throw RemedyProblem("the manifests in \(place.path) are not read yet, or cannot be read")
    }
    let namespace = try checkedNamespace()
    let manifests = place.isSample ? Self.moved(text, to: namespace) : text
    var commands = try namespaceCommands()
    commands.append(
      try kubectl(
        [
          "--namespace=\(namespace)", "apply", "--server-side", "--field-manager=\(ChangeCommand.fieldManager)",
          "--filename=-",
        ], input: manifests, isInputSecret: Self.hasSecret(manifests), timeLimit: Self.shortTimeLimit,
        goal: Self.deployGoal))
    for workload in context.profile.workloads where isObjectName(workload.name) {
      commands.append(
        try kubectl(
          [
            "--namespace=\(namespace)", "rollout", "status", "\(workload.kind.qualifiedResource)/\(workload.name)",
            "--timeout=\(Self.rolloutSeconds)s",
          ], timeLimit: .seconds(Self.rolloutSeconds + 10), goal: Self.deployGoal))
    }
    return commands
  }

  /// The sample's manifests in another namespace than the one they were rendered for.
  private static func moved(_ text: String, to namespace: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("  namespace: ") ? "  namespace: \(namespace)" : String(line)
    }.joined(separator: "\n")
  }

  private static func hasSecret(_ text: String) -> Bool {
    text.split(separator: "\n").contains { $0.hasPrefix("kind: Secret") }
  }
}
