import ClusterModel

extension CheckKind {
  static let documents = CheckKind(
    "documents", "README, quickstart and demo script are there",
    parameters: [CheckParameter("files", .texts, usual: .texts(["readme*", "*quickstart*", "*demo*"]))],
    questions: { _, profile, _ in profile.sources.root.map { [.folder($0.path)] } ?? [] }
  ) { parameters, context throws(Unanswered) in
    guard let root = context.profile.sources.root else { return .skipped("no folder of sources is known") }
    if root.isSample { return .skipped("the sample's documents are the program's own") }
    guard let entries = try context.entries(ofFolder: root.path) else {
      return .fails("\(root.path) does not exist", advice: "name the folder in sources.root of the profile")
    }
    let names = Set(entries.flatMap { $0.lowercased().split(separator: "/").map(String.init) })
    let missing = parameters.texts("files").filter { pattern in !names.contains { matches($0, pattern) } }
    return missing.isEmpty
      ? .holds(listed(parameters.texts("files"), limit: 4))
      : .fails("\(listed(missing, limit: 3)) missing in \(root.path)", advice: "write \(missing[0])")
  }

  /// Proven by a drill that was recovered from, on one workload or on each.
  static let drillProven = CheckKind(
    "drill-proven", "a drill was recovered from",
    parameters: [CheckParameter("drill", .text), CheckParameter("workloads", .text, usual: .text("any"))]
  ) { parameters, context in
    let drill = parameters.text("drill")
    let runs = context.record.runs.filter { $0.key == "drill \(drill)" || $0.key.hasPrefix("drill \(drill) ") }
    let advice = "run the drill: todotop drill run \(drill)"
    guard let last = runs.values.max(by: { $0.endedAt < $1.endedAt }) else {
      return .unknown("\(drill) was not run on this cluster yet")
    }
    if let bad = runs.min(by: { $0.key < $1.key && !$0.value.isSuccess }), !bad.value.isSuccess {
      return CheckResult.fails("\(bad.key): \(cut(bad.value.note))", advice: advice).recorded(
        bad.value, at: context.now)
    }
    if parameters.text("workloads") == "each" {
      let names = context.snapshot.deployments.objects(in: context.namespace).map(\.metadata.name)
      let missing = names.filter { runs["drill \(drill) \($0)"] == nil }
      if !missing.isEmpty { return .fails("not yet on \(listed(missing))", advice: advice) }
    }
    let best = runs.values.map(\.seconds).min() ?? last.seconds
    func words(_ seconds: Double) -> String { Age.text(of: .seconds(min(max(seconds, 0), 1e9))) }
    return CheckResult.holds("recovered in \(words(last.seconds)), best \(words(best))").recorded(last, at: context.now)
  }

  static let healthScore = CheckKind(
    "health-score", "the health score is 85 or more",
    parameters: [CheckParameter("minimum", .number, usual: .number(85))]
  ) { parameters, context in
    if let reason = unreadable(.pods, context.snapshot) { return .unknown(reason) }
    let score = HealthScore(of: context)
    let evidence = "\(score.points) of 100"
    guard let worst = score.deductions.first else { return .holds(evidence) }
    let isGood = Double(score.points) >= parameters.number("minimum") && !score.hasCritical
    let words = "\(evidence): −\(worst.points) \(worst.sentence)"
    return isGood ? .holds(words) : .fails(words, advice: "repair what costs the most points first")
  }

  /// All phases before its own; what needs a person or a missing tool does not stand in the way.
  static let phasesHold = CheckKind(
    "phases-hold", "every phase before holds",
    questions: { _, profile, snapshot in
      profile.checks.filter { $0.kind.name != "phases-hold" }.flatMap { $0.questions(profile, in: snapshot) }
    }
  ) { _, context in
    let phases = context.profile.phases
    let own = phases.firstIndex { $0.checks.contains { $0.id == context.checkID } } ?? phases.count
    let checks = phases.prefix(own).flatMap(\.checks).filter { $0.kind.name != "phases-hold" }
    guard !checks.isEmpty else { return .skipped("there is no phase before") }
    let results = checks.map { ($0.id, $0.result(in: context).state) }
    let failing = results.filter { $0.1 == .fails }.map(\.0)
    if !failing.isEmpty { return .fails("\(listed(failing, limit: 5)) fail", advice: "repair \(failing[0]) first") }
    let open = results.filter { $0.1 == .unknown }.map(\.0)
    if !open.isEmpty { return .unknown("\(listed(open, limit: 5)) not known") }
    return .holds("\(results.count { $0.1 == .holds || $0.1 == .manual }) of \(checks.count) checks hold, none fails")
  }

  /// What only a person can judge: it holds once somebody said so, for a day.
  static let manual = CheckKind(
    "manual", "a person says that it holds", parameters: [CheckParameter("question", .text)]
  ) { parameters, context in
    let question = parameters.text("question")
    guard let marked = context.record.marks[context.checkID] else { return .manual(.unknown, question) }
    let age = context.now.since(marked)
    let words = "\(Age.text(of: max(.zero, age))) ago"
    return age > DeployRecord.staleAfter
      ? .manual(.stale, "said \(words): \(question)", advice: "look again, and mark it")
      : .manual(.manual, "said \(words)")
  }
}
