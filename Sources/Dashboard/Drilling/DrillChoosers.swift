import ClusterModel
import Playbook

/// What is broken, and what of: lists to choose from, computed when they are opened.
extension DashboardState {
  /// The ids and names of the drills, for the command line.
  var drillCandidates: [String] { DrillKind.all.map(\.id) + DrillKind.all.map(\.name) }

  /// Shows the drill that runs, or the kinds to choose from.
  mutating func openDrill() -> [Effect] {
    if drilling.isWatched {
      openScoreboard()
      return []
    }
    let aimed = subject.flatMap { aim(at: $0) }
    let proposed = profile.drills.map { (drill: $0, line: line(of: $0)) }
    let lines = DrillKind.all.map { (kind: $0, line: line(of: $0)) }
    let note = proposed.isEmpty ? "" : " The first \(proposed.count) are those of the profile."
    var chooser = Chooser(
      .drill, title: "Drills: what shall be broken?", items: proposed.map(\.line) + lines.map(\.line),
      note: "Nothing happens yet: enter shows the plan of one.\(note)")
    for (kind, line) in lines { chooser.obstacles[line] = obstacle(to: kind) }
    for (drill, line) in proposed {
      chooser.drills[line] = drill
      chooser.obstacles[line] = obstacle(to: drill)
    }
    open(chooser)
    acting.aim = aimed
    return [.readDrillHistory]
  }

  /// `D14  ✓ 8.2 s  Roll out an image that does not exist   L2, held back from users  …`.
  private func line(of kind: DrillKind) -> String {
    line(of: kind, DrillHistory(drillRuns, kind: kind.id).last, title: kind.title)
      + kind.level.words.padded(to: 26) + kind.symptom.words
  }

  /// The beginning of a line: the id, how it went the last time, and what is done.
  func line(of kind: DrillKind, _ last: DrillHistory.Run?, title: String) -> String {
    let last = last.map { run in
      "\(run.verdict.glyph) \(run.recoverySeconds.map { seconds(.seconds($0)) } ?? "")"
    }
    return "\(kind.id) " + (last ?? "–").padded(to: 9) + title.padded(to: 44)
  }

  /// Why a kind cannot be chosen: nothing to aim at, or a right is missing.
  func obstacle(to kind: DrillKind) -> String? {
    guard let setting = drillSetting else { return drillObstacle }
    if let right = kind.aim.right, setting.rights?.allows(right) == false {
      return "you may not \(right.verb) \(right.resource)"
    }
    return kind.targets(in: snapshot, setting.scope).isEmpty
      ? "\(kind.id) finds nothing here to be aimed at" : nil
  }

  /// Goes on with a kind: with its only target, with the selected one, or to a list of them.
  mutating func chooseDrill(_ kind: DrillKind, _ aim: Acting.Aim?) -> [Effect] {
    guard let setting = drillSetting else {
      notice = drillObstacle ?? ""
      return []
    }
    let targets = kind.targets(in: snapshot, setting.scope)
    let selected = targets.filter { target in
      aim.map { $0.object == target.object && $0.uid == target.uid } ?? false
    }
    if let only = targets.count == 1 ? targets.first : selected.count == 1 ? selected.first : nil {
      return openPlan(kind, only)
    }
    guard !targets.isEmpty else {
      notice = "\(kind.id) finds nothing here to be aimed at"
      return []
    }
    let workload = aim.flatMap { aim in
      aim.object.kind == .pods ? snapshot.workload(ofPod: aim.object) : aim.object
    }
    let near = selected.first ?? targets.first { $0.workload != nil && $0.workload == workload }
    open(
      Chooser(
        .drillTarget(kind.id), title: "\(kind.id) \(kind.title): what of?", items: targets.map(\.words),
        selected: near?.words))
    return []
  }

  /// Goes on with a target by its words; it may have gone since the list was made.
  mutating func chooseTarget(_ words: String, ofKind id: String) -> [Effect] {
    guard let kind = DrillKind.named(id), let setting = drillSetting else {
      notice = drillObstacle ?? ""
      return []
    }
    guard let target = kind.targets(in: snapshot, setting.scope).first(where: { $0.words == words }) else {
      notice = "\(words) is gone: choose another"
      return chooseDrill(kind, nil)
    }
    return openPlan(kind, target)
  }

  /// A drill by its id or name, with a target behind it or without.
  mutating func openDrill(named text: String) -> [Effect] {
    if let reason = drillInTheWay {
      notice = reason
      return []
    }
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    guard let kind = words.first.flatMap(DrillKind.named) else {
      let near = nearestWord(to: words.first ?? "", in: drillCandidates).map { "; did you mean \($0)?" }
      notice = "there is no drill \(words.first ?? "")" + (near ?? "; F7 shows those there are")
      return []
    }
    let aimed = subject.flatMap { aim(at: $0) }
    guard words.count == 2, let setting = drillSetting else { return chooseDrill(kind, aimed) }
    let found = kind.targets(in: snapshot, setting.scope).filter {
      [$0.object.name, $0.object.typedName, $0.words].contains(words[1]) || $0.words.hasSuffix("/\(words[1])")
    }
    guard let target = found.first, found.count == 1 else {
      notice = "\(words[1]) is \(found.isEmpty ? "no target" : "more than one target") of \(kind.id); these are"
      let problem = notice
      let effects = chooseDrill(kind, nil)
      notice = problem
      return effects
    }
    return openPlan(kind, target)
  }

  /// Has a drill planned, and shows the plan as soon as it is there.
  mutating func openPlan(
    _ kind: DrillKind, _ target: DrillTarget, limitSeconds: Int = DrillLimit.standard
  ) -> [Effect] {
    let effects = plan(DrillRequest(kind, target, limitSeconds: limitSeconds, token: drillToken))
    if !effects.isEmpty, views.last != .drillPlan { open(Page(.drillPlan)) }
    return effects
  }

  /// Four digits that mark what a drill makes, from the moment.
  private var drillToken: String {
    // A multiplication that spreads neighbouring moments over all of its bits; the upper ones are the best mixed.
    let mixed = UInt64(bitPattern: now.nanoseconds / 1_000) &* 0x9E37_79B9_7F4A_7C15
    return String(String(0x1_0000 + (mixed >> 48), radix: 16).dropFirst())
  }

  // MARK: - What is typed on the plan

  /// Sets how long it may last; what is no time stays to be mended.
  mutating func limitDrill(to text: String) -> [Effect] {
    guard let plan = drilling.plan else { return [] }
    guard let limit = Int(text), DrillLimit.allowed.contains(limit) else {
      prompt?.problem = Prompt.Problem(
        at: 0, "a drill lasts \(DrillLimit.allowed.lowerBound) to \(DrillLimit.allowed.upperBound) s, not \(text)")
      return []
    }
    prompt = nil
    return self.plan(DrillRequest(plan.kind, plan.target, limitSeconds: limit, token: plan.token))
  }

  /// Names another host; what cannot be one stays to be mended.
  mutating func placeDrill(at text: String) -> [Effect] {
    guard let plan = drilling.plan else { return [] }
    guard isObjectName(text), text.contains(".") else {
      prompt?.problem = Prompt.Problem(at: 0, "“\(text)” is no name of a host: api.example.com")
      return []
    }
    prompt = nil
    var target = plan.target
    target.place = text
    return self.plan(DrillRequest(plan.kind, target, limitSeconds: plan.limitSeconds, token: plan.token))
  }

  /// Asks whether the plan is to be done; how it is agreed to depends on how far it reaches.
  mutating func askToDrill() {
    guard let plan = drilling.plan else { return }
    if let reason = changeObstacle ?? drillInTheWay ?? plan.refusal { return notice = reason }
    let word: String? = if case .typing(let text) = plan.confirmation { text } else { nil }
    acting.question = ActQuestion(.drill(plan), wordToType: word)
  }

  /// Shows how the drill goes, where nothing larger is shown to an audience.
  mutating func openScoreboard() {
    if views.last == .drillPlan { _ = closeView() }
    views.removeAll { $0 == .scoreboard }
    open(.scoreboard)
  }
}
