import ClusterModel

/// The walk through a tour against the clock: input and moment → where it stands.
///
/// A step ends by itself once its checks hold and its time is over; a person may go on before. A step whose tool is not
/// there is passed over. The clock runs but for pauses, and each step is charged for the time it was shown.
package struct TourWalk: Hashable, Sendable {
  /// How far it is.
  package enum State: Hashable, Sendable {
    case running, paused
    /// It is over: by its last step, or because a person ended it before.
    case ended(isWhole: Bool)
  }

  /// How a step ended.
  package enum Outcome: Hashable, Sendable {
    /// Its checks held.
    case held
    /// It has no checks; the presenter went on.
    case told
    /// The presenter went on before its checks held.
    case skipped
    /// Its tool is not there; says what stands in for it.
    case missing(String)
  }

  /// One step on its way.
  package struct Progress: Hashable, Sendable {
    /// How it ended; `nil` before that.
    package internal(set) var outcome: Outcome?
    /// How long it was shown.
    package internal(set) var spent = Duration.zero
    /// What its checks found when it ended.
    package internal(set) var found: [CheckFound] = []
  }

  /// What one check found when a step ended.
  package struct CheckFound: Hashable, Sendable {
    package let id: String
    package let state: CheckResult.State
  }

  /// What a person wants, or that time passed.
  package enum Input: Hashable, Sendable { case next, back, pauseOrContinue, end, look }

  /// What is known at a moment.
  package struct Findings: Sendable {
    /// What checks found, by their ids.
    package var results: [String: CheckResult]
    /// The tools that are not there, each with what stands in for it.
    package var missing: [AITool: String]

    /// What is known.
    package init(results: [String: CheckResult], missing: [AITool: String] = [:]) {
      self.results = results
      self.missing = missing
    }
  }

  package let tour: Tour
  package private(set) var state = State.running
  /// The step that is shown, or was shown last.
  package private(set) var index = 0
  package private(set) var steps: [Progress]
  package let startedAt: Timestamp
  package private(set) var endedAt: Timestamp?
  /// Until when time is charged.
  private var chargedAt: Timestamp

  /// Begins with the first step.
  package init(_ tour: Tour, _ findings: Findings, at now: Timestamp) {
    precondition(!tour.steps.isEmpty, "a tour has steps")
    self.tour = tour
    steps = tour.steps.map { _ in Progress() }
    startedAt = now
    chargedAt = now
    passMissing(findings, at: now)
  }

  /// Whether it is not over.
  package var isActive: Bool { if case .ended = state { false } else { true } }

  /// The step that is shown.
  package var step: Tour.Step { tour.steps[index] }

  /// How long the tour has taken, pauses left out.
  package var elapsed: Duration { steps.reduce(.zero) { $0 + $1.spent } }

  /// What is left of the whole time; negative where it is over.
  package var left: Duration { Tour.limit - elapsed }

  /// What is left of the step's time; negative where it is over.
  package var stepLeft: Duration { step.time - steps[index].spent }

  /// How many steps the presenter passed over before their checks held.
  package var skipped: Int { steps.count { $0.outcome == .skipped } }

  /// Takes what happened.
  package mutating func take(_ input: Input, _ findings: Findings, at now: Timestamp) {
    guard isActive else { return }
    charge(until: now)
    switch input {
    case .next: pass(outcome(findings), findings, at: now)
    case .back: goBack(findings)
    case .pauseOrContinue: state = state == .paused ? .running : .paused
    case .end: finish(isWhole: false, at: now)
    case .look:
      passMissing(findings, at: now)
      guard state == .running, !step.checks.isEmpty, stepLeft <= .zero, holds(findings) else { return }
      pass(.held, findings, at: now)
    }
  }

  /// Whether every check of the step holds that can be judged here.
  package func holds(_ findings: Findings) -> Bool {
    step.checks.allSatisfy { id in findings.results[id].map { $0.isGood || $0.state == .skipped } ?? false }
  }

  private mutating func charge(until now: Timestamp) {
    let passed = now.since(chargedAt)
    chargedAt = now
    // A clock that was set back charges nothing.
    if state == .running, passed > .zero { steps[index].spent += passed }
  }

  private func outcome(_ findings: Findings) -> Outcome {
    step.checks.isEmpty ? .told : holds(findings) ? .held : .skipped
  }

  private mutating func pass(_ outcome: Outcome, _ findings: Findings, at now: Timestamp) {
    steps[index].outcome = outcome
    steps[index].found = step.checks.map { CheckFound(id: $0, state: findings.results[$0]?.state ?? .unknown) }
    guard index + 1 < tour.steps.count else { return finish(isWhole: true, at: now) }
    index += 1
    steps[index].outcome = nil
    passMissing(findings, at: now)
  }

  /// Passes over the step whose tool is not there.
  private mutating func passMissing(_ findings: Findings, at now: Timestamp) {
    guard isActive, let words = step.tool.flatMap({ findings.missing[$0] }) else { return }
    pass(.missing(words), findings, at: now)
  }

  /// Shows the step before that has something to show.
  private mutating func goBack(_ findings: Findings) {
    let isShown = { (index: Int) in self.tour.steps[index].tool.flatMap { findings.missing[$0] } == nil }
    guard let before = (0..<index).last(where: isShown) else { return }
    index = before
    steps[index].outcome = nil
    steps[index].found = []
  }

  private mutating func finish(isWhole: Bool, at now: Timestamp) {
    state = .ended(isWhole: isWhole)
    endedAt = now
  }
}
