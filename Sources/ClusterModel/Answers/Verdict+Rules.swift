extension Snapshot {
  /// How old the proof of life of the pods' stream may be before nothing is claimed any more.
  public static let oldestForVerdict = Duration.seconds(60)
  /// How many of the last answers of a probe must all be failures for the path to count as broken.
  public static let failuresForDown = 2

  /// One word for the application, with its reason: the first rule that holds, worst first.
  ///
  /// 1. UNKNOWN: no complete list yet, data too old, or nothing deployed.
  /// 2. DOWN: a workload that serves has nothing available, or a path's Service has no ready endpoint, or its last
  ///    requests failed.
  /// 3. DEGRADED: something is wrong, and users are served.
  /// 4. ROLLING: a rollout is under way without trouble.
  /// 5. HEALTHY.
  ///
  /// - Complexity: O(workloads that are not plainly fine and paths), not O(pods).
  ///
  /// - Parameter views: The ingresses of the scope where they are known already, as ``ingressViews(in:hosts:at:)`` gives
  ///   them.
  public func verdict(of scope: ApplicationScope, views: [IngressView]? = nil, at now: Timestamp) -> Verdict {
    if let verdict = unknown(scope, at: now) { return verdict }
    let restless = restlessRows(scope, at: now)
    let views = views ?? ingressViews(in: scope.namespace, hosts: scope.hosts, at: now)
    if let verdict = down(scope, restless, views) { return verdict }
    let users = usersNote(scope, views, at: now)
    if let verdict = degraded(scope, restless, views, users, at: now) { return verdict }
    if let verdict = rolling(restless, users) { return verdict }
    return healthy(scope, users)
  }

  private func unknown(_ scope: ApplicationScope, at now: Timestamp) -> Verdict? {
    let stream = stream(.pods)
    guard stream.hasList else {
      if case .forbidden(let words) = stream.state { return Verdict(.unknown, "reading pods is forbidden: \(words)") }
      let problem = connection.problem.isEmpty ? "no complete list of pods yet" : connection.problem
      return Verdict(.unknown, problem, since: stream.failingSince)
    }
    if connection.originalFeed != .recording, let age = stream.age(at: now), age > oldestAge {
      let since = stream.lastProofOfLife
      let why = connection.isReachable || connection.problem.isEmpty ? "" : ": \(connection.problem)"
      return Verdict(.unknown, "nothing was heard of the pods for \(Age.text(of: age))\(why)", since: since)
    }
    let missing = scope.workloads.first { self[$0] == nil && self.stream($0.kind).hasList }
    if let missing, scope.workloads.allSatisfy({ self[$0] == nil }) {
      return Verdict(.unknown, "\(missing.name) is not deployed in namespace \(missing.namespace)", subject: missing)
    }
    guard workloadCount(in: scope.namespace) > 0 || pods.count(in: scope.namespace) > 0 else {
      let place = scope.namespace.map { "in namespace \($0)" } ?? "in any namespace that is read"
      return Verdict(.unknown, "nothing is deployed \(place)")
    }
    return nil
  }

  /// A poll of a long period makes older data, which is as good as can be had.
  private var oldestAge: Duration { max(Self.oldestForVerdict, (connection.pollPeriod ?? .zero) * 3) }

  /// In no order: rows are large, so the one that matters is looked for instead of sorting all.
  private func restlessRows(_ scope: ApplicationScope, at now: Timestamp) -> [WorkloadSummary] {
    restlessRows(in: scope.namespace, at: now) {
      !$0.isFine && (scope.workloads.isEmpty || scope.workloads.contains($0.key))
    }
  }

  /// Whether users depend on a workload: it was named, or a Service leads to its pods.
  private func serves(_ key: ObjectKey, _ scope: ApplicationScope) -> Bool {
    guard key.kind == .deployments || key.kind == .statefulSets else { return false }
    if !scope.workloads.isEmpty || !stream(.services).hasList { return true }
    let labels = template(of: key)?.labels ?? [:]
    return services.keys(in: key.namespace).contains {
      guard let selector = services[$0]?.selector, !selector.isEmpty else { return false }
      return selector.allSatisfy { labels[$0.key] == $0.value }
    }
  }

  private func down(_ scope: ApplicationScope, _ rows: [WorkloadSummary], _ views: [IngressView]) -> Verdict? {
    let silent = rows.lazy.filter { $0.health == .down && serves($0.key, scope) }
    if let row = silent.min(by: { $0.key < $1.key }) {
      let reason = "\(row.key.name) has no pod available" + (row.headline.isEmpty ? "" : ": \(row.headline)")
      return Verdict(.down, reason, since: row.finding?.since, usersNote: "users get errors", subject: row.key)
    }
    for path in views.flatMap(\.paths) {
      let place = "\(path.host)\(path.path)"
      if let layer = path.firstFailing, layer.id == .service || layer.id == .endpoints || layer.id == .selector {
        return Verdict(.down, "\(place): \(layer.detail)", usersNote: "users get 503", subject: path.ingress)
      }
      let answers = probes.results(of: ProbeTarget(host: path.host, path: path.path)).suffix(Self.failuresForDown)
      guard path.lastProbe != nil, answers.count == Self.failuresForDown, answers.allSatisfy(\.isFailure),
        let last = answers.last
      else { continue }
      return Verdict(
        .down, "\(place) answers \(last.words)", since: firstFailure(of: path), usersNote: "users get errors",
        subject: path.ingress)
    }
    return nil
  }

  private func firstFailure(of path: IngressPathView) -> Timestamp? {
    let results = probes.results(of: ProbeTarget(host: path.host, path: path.path))
    return results.suffix(from: (results.lastIndex { !$0.isFailure } ?? -1) + 1).first?.at
  }

  private func degraded(
    _ scope: ApplicationScope, _ rows: [WorkloadSummary], _ views: [IngressView], _ users: String, at now: Timestamp
  ) -> Verdict? {
    let bad = rows.lazy.filter { $0.health == .degraded || $0.health == .down }
    if let row = bad.min(by: Self.isWorse) {
      let others = bad.count { _ in true } - 1
      let more = others > 0 ? " (and \(others) more)" : ""
      let words = row.headline.isEmpty ? "\(row.available) of \(row.desired) pods available" : row.headline
      return Verdict(
        .degraded, "\(row.key.name): \(words)\(more)", since: row.finding?.since, usersNote: users, subject: row.key)
    }
    if let missing = scope.workloads.first(where: { self[$0] == nil && stream($0.kind).hasList }) {
      return Verdict(.degraded, "\(missing.name) is not deployed", usersNote: users, subject: missing)
    }
    if scope.workloads.isEmpty, let pod = badPods(.unmanaged(namespace: scope.namespace), at: now).first {
      return Verdict(
        .degraded, "pod \(pod.key.name): \(pod.headline(at: now))", since: pod.finding?.since, usersNote: users,
        subject: pod.key)
    }
    for path in views.flatMap(\.paths) {
      guard let layer = path.firstFailing else { continue }
      return Verdict(
        .degraded, "\(path.host)\(path.path): \(layer.name): \(layer.detail)", usersNote: users, subject: path.ingress)
    }
    return nil
  }

  private static func isWorse(_ left: WorkloadSummary, _ right: WorkloadSummary) -> Bool {
    let (leftRank, rightRank) = (left.finding?.severity.rawValue ?? 0, right.finding?.severity.rawValue ?? 0)
    if left.key.kind != right.key.kind { return left.key.kind.rawValue < right.key.kind.rawValue }
    return leftRank != rightRank ? leftRank > rightRank : left.key < right.key
  }

  private func rolling(_ rows: [WorkloadSummary], _ users: String) -> Verdict? {
    let rolling = rows.lazy.filter { $0.health == .progressing && $0.key.kind != .jobs }
    guard let row = rolling.min(by: { $0.key < $1.key }) else { return nil }
    let others = rolling.count { _ in true } - 1
    let more = others > 0 ? " (and \(others) more)" : ""
    return Verdict(
      .rolling, "\(row.key.name): \(row.progressText)\(more)", since: rolloutBegan(row.key), usersNote: users,
      subject: row.key)
  }

  private func healthy(_ scope: ApplicationScope, _ users: String) -> Verdict {
    let count = scope.workloads.isEmpty ? workloadCount(in: scope.namespace) : scope.workloads.count
    let reason =
      count == 0
      ? "all pods are well" : count == 1 ? "the workload is available" : "all \(count) workloads are available"
    return Verdict(.healthy, reason, usersNote: users)
  }

  /// How many Deployments, StatefulSets and DaemonSets there are.
  private func workloadCount(in namespace: String?) -> Int {
    deployments.count(in: namespace) + statefulSets.count(in: namespace) + daemonSets.count(in: namespace)
  }

  /// What users notice, as far as ready endpoints and real answers tell.
  private func usersNote(_ scope: ApplicationScope, _ views: [IngressView], at now: Timestamp) -> String {
    let paths = views.flatMap(\.paths)
    guard !paths.isEmpty else { return "" }
    let lasts = paths.compactMap(\.lastProbe)
    if lasts.contains(where: \.isFailure) { return "some requests fail" }
    let served = paths.allSatisfy { $0.readyEndpoints > 0 }
    return served ? "users fine" : "some paths do not answer"
  }
}

extension WorkloadSummary {
  /// How far a rollout is, in few words: `1 of 2 new, 2 available`.
  public var progressText: String {
    switch key.kind {
    case .jobs: return "\(ready) of \(desired) completed"
    case .deployments, .statefulSets, .daemonSets:
      if updated < desired { return "\(updated) of \(desired) new, \(available) available" }
      if available < desired { return "\(available) of \(desired) available" }
      return "old pods are ending"
    default: return rollout.text
    }
  }
}

extension ProbeResult {
  /// The answer for people: `503`, or why there was none.
  public var words: String { status.map { "HTTP \($0)" } ?? (problem.isEmpty ? "nothing" : problem) }
}
