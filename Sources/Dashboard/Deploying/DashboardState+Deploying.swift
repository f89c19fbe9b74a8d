import CellScreen
import ClusterModel
import Playbook

extension DashboardState {
  /// Judges by another profile from now on.
  package mutating func use(_ profile: Profile, notice: String) {
    self.profile = profile
    if !profile.name.isEmpty { title = profile.name }
    if !notice.isEmpty { self.notice = notice }
    judgeStanding()
    judgePhases()
  }

  // MARK: - What is looked up

  /// What has to be looked up now; nothing for a recording, whose machine this is not.
  mutating func lookUp() -> [Effect] {
    let connection = snapshot.connection
    guard connection.feed != .recording, connection.isReachable else { return [] }
    // What is asked depends on the pods and workloads that there are.
    let isRead = [ResourceKind.pods, .deployments].allSatisfy { kind in
      let status = snapshot.stream(kind)
      return status.hasList || !status.isReadable
    }
    guard isRead else { return [] }
    let due = deploying.lookUps.due(wantedFacts, facts, at: now)
    return due.isEmpty ? [] : [.readFacts(due)]
  }

  /// What checks and remedies need, and which cluster it is: by that what was timed is kept.
  private var wantedFacts: Set<FactQuestion> {
    profile.questions(in: snapshot).union([.tool(.clusterUID)]).union(tourQuestions)
  }

  /// Looks everything up anew.
  mutating func lookUpAgain() -> [Effect] {
    guard snapshot.connection.feed != .recording else { return [] }
    let questions = deploying.lookUps.begin(wantedFacts)
    return questions.isEmpty ? [] : [.readFacts(questions)]
  }

  /// Takes what was looked up.
  mutating func take(_ read: [FactQuestion: Fact]) -> [Effect] {
    facts.merge(read)
    // Pods go, and with them what was asked about them.
    facts.keep(wantedFacts)
    deploying.lookUps.end(read.keys)
    judgePhases()
    guard var awaited = deploying.awaited else { return [] }
    // An answer that was asked for before the command ended says nothing of what it did.
    let since = deploying.awaitedSince
    awaited.subtract(read.filter { $0.value.readAt >= since }.keys)
    deploying.awaited = awaited.isEmpty ? nil : awaited
    guard awaited.isEmpty else { return [] }
    deploying.walk?.looked()
    return passFindings()
  }

  /// Looks at every check again.
  mutating func judgePhases() { phases = PhaseResult.all(in: checkContext) }

  // MARK: - The plan and its walk

  /// Shows what a deploy would do, or how far it is.
  mutating func openDeploy() -> [Effect] {
    if views.last != .deploy { open(Page(.deploy)) }
    if deploying.walk?.isActive == true { return [] }
    deploying.walk = nil
    return lookUpAgain()
  }

  /// Why nothing can be deployed here; `nil` where it can.
  package var deployObstacle: String? {
    if let reason = permanentObstacle { return reason }
    guard let namespace else { return "a deploy needs one namespace: :ns NAME, or --namespace" }
    // What is judged, what is asked and what is changed are one place.
    if let own = profile.namespace, own != namespace {
      return "\(profile.name) belongs into namespace \(own), not \(namespace): :ns \(own), or --namespace \(own)"
    }
    return nil
  }

  /// Whether all that checks need was looked up.
  package var isLookedUp: Bool {
    snapshot.connection.feed == .recording || wantedFacts.allSatisfy { facts[$0] != nil }
  }

  /// The plan, or how far it is, as plain lines.
  package var deployText: String { deployLines(self).map { $0.spans.text + "\n" }.joined() }

  /// What a deploy would do now.
  package var deployPlan: DeployPlan {
    DeployPlan(
      zip(profile.phases, phases).map { phase, result in
        (phase.id, zip(phase.checks, result.checks).map { DeployPlan.Finding($0, $1.result) })
      }, commands: remedyCommands)
  }

  /// The commands of a remedy on this machine and cluster.
  func remedyCommands(for step: RemedyStep) -> Result<[RemedyCommand], RemedyProblem> {
    commands(for: step, in: checkContext, programs: deploying.programs, secretValues: deploying.secretValues)
  }

  /// The keys of the Secret that a deploy would create and nobody gave values for.
  var secretKeysWanted: [String] {
    guard deploying.secretValues == nil, !deploying.programs.isPlayed, let secret = profile.secret,
      profile.checks.contains(where: { $0.remedy == .run(.createSecret) && checkLine($0.id)?.result.state == .fails })
    else { return [] }
    return secret.required + secret.optional
  }

  /// Asks whether all that the plan says is to be run.
  mutating func askToDeploy() {
    guard deploying.walk?.isActive != true else { return notice = "it is under way; ctrl-x ends it" }
    guard deploying.lookUps.asked.isEmpty else { return notice = "some answers are on their way; the plan may change" }
    ask(deployPlan)
  }

  /// Asks whether the remedy of a check is to be run.
  mutating func askForRemedy(of id: String) {
    guard let check = profile.checks.first(where: { $0.id == id }), let line = checkLine(id) else { return }
    guard deploying.walk?.isActive != true else { return notice = "a deploy is under way; F5 shows it" }
    guard line.result.state == .fails else { return notice = "\(id) needs no remedy: it \(line.result.state.words)" }
    ask(DeployPlan(DeployPlan.Finding(check, line.result), commands: remedyCommands))
  }

  private mutating func ask(_ plan: DeployPlan) {
    guard !plan.steps.isEmpty else {
      notice = plan.advice.first.map { "nothing to run; for you: \($0.check) \($0.text)" } ?? "nothing is to be done"
      return
    }
    if let reason = deployObstacle ?? changeObstacle { return notice = reason }
    acting.question = ActQuestion(.deploy(plan), wordToType: wordToAgree(to: plan))
  }

  /// What must be typed to agree to a plan: where others depend on the cluster, and where commands come from a profile
  /// of the working folder and were never agreed to; `nil` where a key is enough.
  package func wordToAgree(to plan: DeployPlan) -> String? {
    if standing == .protected { return namespace ?? snapshot.connection.context }
    return consents(to: plan).all.isSubset(of: deployRecord.consents) ? nil : "run"
  }

  /// What has to be agreed to by a word before a plan runs, by what it runs; what its words do not say in full is
  /// agreed to each time.
  private func consents(to plan: DeployPlan) -> (all: Set<String>, kept: Set<String>) {
    let checks = Set(plan.steps.flatMap(\.checks))
    let wanted = profile.remediesNeedingConsent.filter { !checks.isDisjoint(with: $0.checks) }
    func content(_ consent: RemedyConsent) -> String { "\(deploying.folder) \(consent.content)" }
    return (Set(wanted.map(content)), Set(wanted.filter(\.isWhole).map(content)))
  }

  /// Begins what was agreed to on the command line, which is as good as arming by a key.
  mutating func beginAgreed(_ plan: DeployPlan) -> [Effect] {
    acting.arming.arm(for: standing, at: now)
    return begin(plan)
  }

  /// Begins what was agreed to.
  mutating func begin(_ plan: DeployPlan) -> [Effect] {
    if let reason = deployObstacle ?? changeObstacle {
      notice = reason
      return []
    }
    var effects: [Effect] = []
    let consents = consents(to: plan).kept
    if !consents.isSubset(of: deployRecord.consents) {
      deployRecord.consents.formUnion(consents)
      effects.append(.saveRecord(deployRecord))
    }
    deploying.walk = DeployWalk(plan, firstNumber: deploying.numbers + 1)
    deploying.output = RemedyOutput()
    deploying.savedEvidence = false
    river.note(.action, "deploy", "begun by you: \(counted(plan.steps.count, "step"))", at: now)
    if views.last != .deploy { open(Page(.deploy)) }
    return effects + pass(.begin)
  }

  /// Takes lines that the command printed.
  mutating func take(_ lines: [String], ofRemedy number: Int) {
    guard deploying.walk?.number == number else { return }
    deploying.output.add(lines)
  }

  /// Takes the end of a command; `problem` is `nil` where it did what it should.
  mutating func endRemedy(_ number: Int, problem: String?) -> [Effect] {
    guard let walk = deploying.walk, walk.number == number, let command = walk.command else { return [] }
    var effects: [Effect] = []
    if !command.timedAs.isEmpty, case .running(let step, _) = walk.state,
      let startedAt = walk.steps[step].commandStartedAt
    {
      effects += record(
        command.timedAs, since: startedAt, isSuccess: problem == nil, isSimulated: command.isSimulated,
        note: problem ?? "")
    }
    if let problem { effects += saveEvidence(because: problem) }
    return effects + pass(.ended(number: number, problem: problem.map { redacted($0) }))
  }

  /// Ends what runs.
  mutating func cancelDeploy() -> [Effect] { pass(.cancel) }

  /// Tells the walk what the checks find now.
  mutating func passFindings() -> [Effect] {
    guard deploying.walk?.isActive == true, deploying.awaited == nil else { return [] }
    // What was seen last is not how it is now.
    guard snapshot.connection.isReachable else { return [] }
    let found = phases.flatMap(\.checks).reduce(into: [:]) { $0[$1.id] = $1.result }
    return saveEvidenceOfFailures() + pass(.found(found))
  }

  /// Passes an input to the walk and turns what it wants into effects.
  private mutating func pass(_ input: DeployWalk.Input) -> [Effect] {
    guard var walk = deploying.walk else { return [] }
    let before = walk
    let outputs = walk.take(input, at: now)
    deploying.walk = walk
    deploying.numbers = max(deploying.numbers, walk.number)
    var effects = noteSteps(from: before, to: walk)
    for output in outputs {
      switch output {
      case .run(let command, let number):
        deploying.output = RemedyOutput()
        effects.append(.runRemedy(command, number: number))
      case .look(let checks): effects += look(checks)
      case .stop: effects.append(.stopRemedy)
      }
    }
    return effects
  }

  /// Looks up anew what checks need; what checks find counts once all of it is there.
  private mutating func look(_ ids: [String]) -> [Effect] {
    let checks = profile.checks.filter { ids.contains($0.id) }
    let questions = Set(checks.flatMap { $0.questions(profile, in: snapshot) })
    // What is on its way may have been read before the command ended: it is asked once more.
    deploying.lookUps.end(questions)
    deploying.awaited = questions.isEmpty ? nil : questions
    deploying.awaitedSince = now
    guard questions.isEmpty else { return [.readFacts(deploying.lookUps.begin(questions))] }
    deploying.walk?.looked()
    return []
  }

  // MARK: - What is remembered

  /// Notes in the river and in the record what a step or the whole came to.
  private mutating func noteSteps(from before: DeployWalk, to walk: DeployWalk) -> [Effect] {
    var effects: [Effect] = []
    for (index, step) in walk.steps.enumerated() where step.state != before.steps[index].state {
      let title = walk.plan.steps[index].title
      switch step.state {
      case .done:
        let took = step.startedAt.map { Age.text(of: now.since($0)) } ?? "?"
        river.note(.good, "deploy", "\(title): done in \(took)", at: now)
        if walk.plan.steps[index].remedy == .deployChart, let startedAt = step.startedAt {
          effects += record(DeployRecord.deploy, since: startedAt)
        }
      case .failed(let words): river.note(.bad, "deploy", "\(title): \(words)", at: now)
      case .waiting, .running, .verifying, .passedOver: break
      }
    }
    guard before.isActive, !walk.isActive, let startedAt = walk.startedAt else { return effects }
    let took = Age.text(of: now.since(startedAt))
    if case .stopped(let words) = walk.state {
      notice = "deploy stopped: \(words)"
      river.note(.bad, "deploy", "stopped after \(took): \(words)", at: now)
    } else {
      notice = "deploy done in \(took)"
      river.note(.good, "deploy", "done in \(took)", at: now)
      let deployed = walk.plan.steps.firstIndex { $0.remedy == .deployChart }.flatMap { walk.steps[$0].endedAt }
      if let deployed { effects += record(DeployRecord.reach, since: deployed) }
      if isFresh(at: startedAt) {
        effects += record(DeployRecord.fresh, since: startedAt)
      }
    }
    return effects
  }

  /// Whether the cluster was made shortly before: its oldest node tells.
  private func isFresh(at moment: Timestamp) -> Bool {
    let oldest = snapshot.nodes.objects().compactMap(\.metadata.creationTimestamp).min()
    return oldest.map { moment.since($0) < Self.freshTime } ?? false
  }

  /// How long a cluster is fresh.
  private static let freshTime = Duration.seconds(1_800)

  private mutating func record(
    _ name: String, since start: Timestamp, isSuccess: Bool = true, isSimulated: Bool = false, note: String = ""
  ) -> [Effect] {
    deployRecord.runs[name] = DeployRecord.Run(
      endedAt: now, seconds: now.since(start).inSeconds, isSuccess: isSuccess, isSimulated: isSimulated,
      note: redacted(note))
    return [.saveRecord(deployRecord)]
  }

  /// Marks what only a person can judge, or takes the mark away.
  mutating func toggleMark(_ id: String) -> [Effect] {
    deployRecord.marks[id] = deployRecord.marks[id] == nil ? now : nil
    judgePhases()
    return [.saveRecord(deployRecord)]
  }

  // MARK: - Evidence

  /// Saves what is wrong the first time that a container fails while a deploy runs: a rollback deletes its pods.
  private mutating func saveEvidenceOfFailures() -> [Effect] {
    guard !deploying.savedEvidence, let headline = deployFailure else { return [] }
    return saveEvidence(because: headline)
  }

  /// What the first failing pod of the namespace suffers from.
  var deployFailure: String? {
    guard let namespace else { return nil }
    return snapshot.badPods(.namespace(namespace), at: now, limit: 1).first.map {
      "\($0.key.name): \($0.headline(at: now))"
    }
  }

  private mutating func saveEvidence(because reason: String) -> [Effect] {
    guard !deploying.savedEvidence else { return [] }
    deploying.savedEvidence = true
    return [.saveEvidence(evidenceText(reason))]
  }
}
