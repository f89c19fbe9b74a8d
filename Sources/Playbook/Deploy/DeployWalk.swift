import ClusterModel

/// The walk through a plan: input → outputs, without a clock and without doing anything itself.
///
/// Each step runs its commands, has its checks looked at again and waits until they hold. A step whose checks hold by
/// then is passed over, so a walk that was cut short goes on where it stopped when it is begun again.
package struct DeployWalk: Hashable, Sendable {
  /// How far it is.
  package enum State: Hashable, Sendable {
    case planned
    /// A command of a step runs.
    case running(step: Int, command: Int)
    /// The checks of a step are waited for.
    case verifying(step: Int)
    /// All that was to run has run; the checks at the end are waited for.
    case settling
    case done
    /// It stopped, and why.
    case stopped(String)
  }

  /// How far a step is.
  package enum StepState: Hashable, Sendable {
    case waiting
    case running, verifying
    case done
    /// Its checks held before it was its turn.
    case passedOver
    case failed(String)
  }

  /// One step on its way.
  package struct Progress: Hashable, Sendable {
    package internal(set) var state = StepState.waiting
    package internal(set) var startedAt: Timestamp?
    package internal(set) var endedAt: Timestamp?
    /// The command that runs or ran last.
    package internal(set) var command = 0
    package internal(set) var commandStartedAt: Timestamp?
  }

  /// What happens to a walk.
  package enum Input: Hashable, Sendable {
    /// A person said yes to the plan.
    case begin
    /// The command of that number ended; `nil` where it did what it should.
    case ended(number: Int, problem: String?)
    /// What checks found, by id; a check that is not among them counts as unknown.
    case found([String: CheckResult])
    case cancel
  }

  /// What is to be done for it.
  package enum Output: Hashable, Sendable {
    case run(RemedyCommand, number: Int)
    /// Look up anew what these checks need.
    case look([String])
    /// End the command that runs.
    case stop
  }

  package let plan: DeployPlan
  package private(set) var state = State.planned
  package private(set) var steps: [Progress]
  package private(set) var startedAt: Timestamp?
  package private(set) var endedAt: Timestamp?
  /// The number of the command that runs or ran last.
  package private(set) var number: Int
  /// Whether a person wants it to end.
  package private(set) var isCancelled = false
  /// When the checks that are waited for were asked for.
  private var askedAt: Timestamp?
  /// Whether what was looked up before they were asked for is not believed any more.
  private var isLookedAnew = false

  /// How long a step's checks may take to hold after its commands.
  package static let stepPatience = Duration.seconds(60)
  /// How long the application may take to settle: what pods may take to start.
  package static let settlingPatience = Duration.seconds(120)

  /// How long a check that cannot be known yet is waited for.
  package static let unknownPatience = Duration.seconds(20)

  /// A walk through a plan.
  ///
  /// - Parameter firstNumber: The number of its first command; numbers tell the commands of two walks apart.
  package init(_ plan: DeployPlan, firstNumber: Int) {
    self.plan = plan
    number = firstNumber - 1
    steps = plan.steps.map { _ in Progress() }
  }

  /// Whether it is under way.
  package var isActive: Bool {
    switch state {
    case .running, .verifying, .settling: true
    case .planned, .done, .stopped: false
    }
  }

  /// The command that runs.
  package var command: RemedyCommand? {
    if case .running(let step, let command) = state { plan.steps[step].commands[command] } else { nil }
  }

  /// Takes what happened; says what is to be done.
  package mutating func take(_ input: Input, at now: Timestamp) -> [Output] {
    switch input {
    case .begin:
      guard state == .planned else { return [] }
      startedAt = now
      return enter(step: 0, at: now)
    case .ended(let ended, let problem):
      guard case .running(let step, let command) = state, ended == number else { return [] }
      return end(command, of: step, problem, at: now)
    case .found(let results): return judge(results, at: now)
    case .cancel:
      guard isActive, !isCancelled else { return [] }
      isCancelled = true
      if case .running = state { return [.stop] }
      return finish(.stopped("stopped by you"), at: now)
    }
  }

  /// What was looked up on request has arrived: the next findings count.
  package mutating func looked() { isLookedAnew = true }

  private mutating func enter(step: Int, at now: Timestamp) -> [Output] {
    guard step < steps.count else { return settle(at: now) }
    steps[step].startedAt = now
    guard !plan.steps[step].commands.isEmpty else { return verify(step, at: now) }
    return start(0, of: step, at: now)
  }

  private mutating func start(_ command: Int, of step: Int, at now: Timestamp) -> [Output] {
    number += 1
    steps[step].state = .running
    steps[step].command = command
    steps[step].commandStartedAt = now
    state = .running(step: step, command: command)
    return [.run(plan.steps[step].commands[command], number: number)]
  }

  private mutating func end(_ command: Int, of step: Int, _ problem: String?, at now: Timestamp) -> [Output] {
    if let problem {
      steps[step].state = .failed(problem)
      steps[step].endedAt = now
      return finish(.stopped(isCancelled ? "stopped by you: \(problem)" : problem), at: now)
    }
    if isCancelled { return finish(.stopped("stopped by you"), at: now) }
    if command + 1 < plan.steps[step].commands.count { return start(command + 1, of: step, at: now) }
    return verify(step, at: now)
  }

  private mutating func verify(_ step: Int, at now: Timestamp) -> [Output] {
    steps[step].state = .verifying
    state = .verifying(step: step)
    (askedAt, isLookedAnew) = (now, false)
    // Every later step may have become needless by this one.
    return [.look(plan.steps[step...].flatMap(\.checks))]
  }

  private mutating func settle(at now: Timestamp) -> [Output] {
    state = .settling
    (askedAt, isLookedAnew) = (now, false)
    return [.look(plan.goal)]
  }

  private mutating func judge(_ results: [String: CheckResult], at now: Timestamp) -> [Output] {
    guard isLookedAnew, let askedAt else { return [] }
    let waited = now.since(askedAt)
    switch state {
    case .verifying(let step):
      switch Self.outcome(plan.steps[step].checks, results, waited, patience: Self.stepPatience) {
      case .wait: return []
      case .good:
        steps[step].state = .done
        steps[step].endedAt = now
        return enterNext(after: step, results, at: now)
      case .bad(let id, let result):
        let words = "\(id) still fails after its remedy: \(result.evidence)"
        steps[step].state = .failed(words)
        steps[step].endedAt = now
        return finish(.stopped(words), at: now)
      }
    case .settling:
      if let id = plan.core.first(where: { (results[$0]?.state ?? .unknown) == .unknown }) {
        guard waited > Self.settlingPatience else { return [] }
        return finish(.stopped("\(id) is not known: \(results[id]?.evidence ?? "it is not judged any more")"), at: now)
      }
      switch Self.outcome(plan.goal, results, waited, patience: Self.settlingPatience) {
      case .wait: return []
      case .good: return finish(.done, at: now)
      case .bad(let id, let result): return finish(.stopped("\(id) fails: \(result.evidence)"), at: now)
      }
    case .planned, .running, .done, .stopped: return []
    }
  }

  private enum Outcome {
    case wait, good
    case bad(String, CheckResult)
  }

  /// Whether checks hold, or how long they are waited for; one that cannot be known holds up nothing for long.
  private static func outcome(
    _ checks: [String], _ results: [String: CheckResult], _ waited: Duration, patience: Duration
  ) -> Outcome {
    if let failing = firstFailing(checks, results) {
      return waited > patience ? .bad(failing.id, failing.result) : .wait
    }
    let isKnown = checks.allSatisfy { (results[$0]?.state ?? .unknown) != .unknown }
    return isKnown || waited > unknownPatience ? .good : .wait
  }

  /// Enters the next step whose checks do not hold yet.
  private mutating func enterNext(
    after step: Int, _ results: [String: CheckResult], at now: Timestamp
  ) -> [Output] {
    var next = step + 1
    while next < steps.count, Self.firstFailing(plan.steps[next].checks, results) == nil {
      steps[next].state = .passedOver
      next += 1
    }
    return enter(step: next, at: now)
  }

  private static func firstFailing(
    _ checks: [String], _ results: [String: CheckResult]
  ) -> (id: String, result: CheckResult)? {
    checks.lazy.compactMap { id in results[id].flatMap { $0.state == .fails ? (id, $0) : nil } }.first
  }

  private mutating func finish(_ end: State, at now: Timestamp) -> [Output] {
    state = end
    endedAt = now
    return []
  }
}
