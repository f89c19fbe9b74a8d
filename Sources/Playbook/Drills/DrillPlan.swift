import ClusterModel

/// What a person is told before a drill: all that will happen, or why it does not.
package struct DrillPlan: Hashable, Sendable {
  /// How a person says yes; more words for more risk.
  package enum Confirmation: Hashable, Sendable {
    /// One key.
    case key
    /// The text must be typed.
    case typing(String)
  }

  package let kind: DrillKind
  /// How far it reaches here: users, wherever nothing spares them.
  package let level: DrillKind.Level
  package let target: DrillTarget
  package let limitSeconds: Int
  /// `nil` where none could be made.
  package let change: DrillChange?
  package let baseline: DrillBaseline
  /// Whether users are spared, as far as it can be told before.
  package let gate: DrillGate
  /// Who may put the change back.
  package let reverting: [String]
  /// The disruption budget in words; empty without one.
  package let budget: String
  package let missingRights: [ChangeRight]
  /// Why it is not done, all reasons; empty where it can be.
  package private(set) var refusals: [DrillRefusal]
  /// What the server said to the change and to its undo, on trial.
  package private(set) var trials: [String] = []
  package let confirmation: Confirmation
  package let token: String
  package let plannedAt: Timestamp

  /// Plans a drill with the target's object as it was just read.
  ///
  /// - Parameters:
  ///   - document: `nil` where it could not be read.
  ///   - token: Letters and digits that mark what this drill makes: `8f3a`.
  package init(
    _ kind: DrillKind, _ target: DrillTarget, document: DocumentValue?, limitSeconds: Int = DrillLimit.standard,
    token: String, setting: DrillSetting, in snapshot: Snapshot, at now: Timestamp
  ) {
    self.kind = kind
    self.target = target
    self.limitSeconds = limitSeconds
    self.token = token
    plannedAt = now
    var obstacle: DrillRefusal?
    var change: DrillChange?
    if let document {
      do throws(DrillObstacle) {
        change = try kind.change(DrillMaterial(target, document, token: token, in: snapshot, at: now))
      } catch {
        obstacle = DrillRefusal("G11", error.sentence)
      }
    } else {
      obstacle = DrillRefusal("G5", "\(target.object.typedName) could not be read")
    }
    self.change = change
    baseline = DrillBaseline(for: target, in: snapshot, at: now)
    let gate = DrillNotes.gate(kind, target, in: snapshot, at: now)
    self.gate = gate
    level = gate.sparesUsers ? kind.level : .reachesUsers
    reverting = DrillNotes.reverting(target, in: snapshot, at: now).map(\.words)
    budget =
      DrillNotes.budget(of: target, in: snapshot, at: now).map { budget in
        "\(budget.metadata.name) allows \(budget.disruptionsAllowed) to go now"
          + (kind.traits.contains(.ignoresBudget) ? "; this drill does not ask it" : "")
      } ?? ""
    missingRights = change.map { DrillNotes.missingRights(for: $0, setting) } ?? []
    let guards = DrillGuards(
      kind: kind, target: target, change: change, limitSeconds: limitSeconds, setting: setting, snapshot: snapshot,
      now: now)
    refusals = guards.refusals + [obstacle].compactMap { $0 }
    confirmation =
      switch level {
      case .healsItself: .key
      case .heldByGate: .typing(kind.id)
      case .reachesUsers: .typing("\(setting.cluster.context)/\(setting.namespace)")
      }
  }

  /// Whether another plan, made since, would do the same: only then is it what a person said yes to.
  package func isSame(as other: DrillPlan) -> Bool {
    kind.id == other.kind.id && target == other.target && change?.diff == other.change?.diff && level == other.level
      && limitSeconds == other.limitSeconds
  }

  /// The first reason why it is not done, in words.
  package var refusal: String? { refusals.first.map { "\($0.sentence) (\($0.guardID))" } }

  /// Whether users are promised to notice nothing.
  package var promisesNoImpact: Bool { gate.sparesUsers }

  /// What a person is told to expect, for the plan and the verdict.
  package var prediction: DrillPrediction {
    DrillPrediction(
      promisesNoImpact: promisesNoImpact, window: kind.symptom.window, recoveryLimit: .seconds(60),
      isUndone: change?.hasInverse ?? false)
  }

  /// The commands that try the change and its undo on the server; they change nothing.
  package var trialCommands: [DrillCommand] {
    var commands: [DrillCommand] = []
    if let patch = change?.patch {
      commands.append(.tryPatch(patch.object, patch.operations))
      // The undo after the change in one request: what the server says of the object that is left.
      if !patch.isKept { commands.append(.tryPatch(patch.object, patch.rehearsal)) }
    }
    if let creation = change?.creation { commands.append(.tryCreate(creation.object, creation.manifest)) }
    return commands
  }

  /// Takes what the server said to one of them.
  package mutating func note(_ answer: DrillAnswer, to command: DrillCommand) {
    let isUndo =
      if case .tryPatch(_, let operations) = command { operations == change?.patch?.rehearsal } else { false }
    let what = isUndo ? "the undo" : "the change"
    if case .done = answer {
      trials.append("\(what): accepted on trial")
    } else {
      trials.append("\(what): \(answer.words)")
      refusals.append(DrillRefusal("G11", "the server does not accept \(what): \(answer.words)"))
    }
  }

  /// The record to begin with; `nil` for a plan that is refused.
  package func record(cluster: DrillRecord.Cluster, namespace: String, author: String, at now: Timestamp)
    -> DrillRecord?
  {
    guard refusals.isEmpty, let change else { return nil }
    return DrillRecord(
      id: DrillRecord.id(at: now, token: token), kind: kind, target: target, namespace: namespace, cluster: cluster,
      change: change, limitSeconds: limitSeconds, author: author, at: now)
  }

  /// All that will not be as before in the end.
  package var notRestored: [String] { kind.notRestored + ["the events, and the resource versions"] }

  /// The plan in lines for people: what the screen and the command line show.
  package var lines: [String] {
    var lines = [
      "\(kind.id) \(kind.title) · \(level.words)", "target: \(target.words)",
      "expected within \(kind.symptom.window.components.seconds) s: \(kind.symptom.words)",
      "users: \(gate.sparesUsers ? "spared" : "not spared"), \(gate.explanation)",
      "undone after \(limitSeconds) s at the latest",
    ]
    if !baseline.unreachable.isEmpty {
      lines.append("users: asked through the API server, as the ingress does not answer from here")
    }
    lines +=
      change.map {
        ["change:"] + $0.diff.map { "  " + $0 } + ["undo:"]
          + ($0.hasInverse ? $0.inverseDiff.map { "  " + $0 } : ["  nothing: it heals by itself"])
      } ?? []
    if let pods = change?.pods, !pods.isEmpty { lines.append("pods: \(pods.map(\.name).joined(separator: ", "))") }
    if !budget.isEmpty { lines.append("budget: \(budget)") }
    lines += reverting.map { "may put it back: \($0)" } + trials
    lines += missingRights.map { "missing: the right to \($0.verb) \($0.resource)" }
    lines += notRestored.map { "not restored: \($0)" }
    return lines + refusals.map { "refused (\($0.guardID)): \($0.sentence)" }
  }
}
