import ClusterModel
import Playbook

/// The tour: which one counts, how far it is, and whether it is on the screen.
package struct Touring: Sendable {
  /// Which tour counts; set once it is known where the user's own is.
  package var choice = TourChoice()
  /// The walk that was begun last; `nil` before the first.
  package internal(set) var walk: TourWalk?
  /// Whether its strip is on the screen.
  package internal(set) var isShown = false
  /// How often each tool was asked in this tour: the next prompt is the next of its list.
  var asked: [AITool: Int] = [:]
  /// The tools that somebody wanted to ask: they are looked for, whatever the profile says.
  var wanted: Set<AITool> = []
}

extension DashboardState {
  /// The walk that is under way.
  package var tourWalk: TourWalk? { touring.walk.flatMap { $0.isActive ? $0 : nil } }

  /// Whether the strip of the tour is on the screen.
  var showsTour: Bool { touring.isShown && tourWalk != nil }

  /// What a tour has to know.
  var tourFindings: TourWalk.Findings {
    let results = phases.flatMap(\.checks).reduce(into: [:]) { $0[$1.id] = $1.result }
    let context = checkContext
    let missing = AITool.allCases.reduce(into: [AITool: String]()) { missing, tool in
      if case .missing(let words) = context.state(of: tool) { missing[tool] = words }
    }
    return TourWalk.Findings(results: results, missing: missing)
  }

  /// What has to be looked up for the tools of a tour that is under way, and for those that somebody wanted to ask.
  var tourQuestions: Set<FactQuestion> {
    Set(((tourWalk?.tour.tools ?? []) + touring.wanted).map { .tool(.aiTool($0)) })
  }

  // MARK: - The course

  /// Begins a tour, or shows the one that is under way, or takes it from the screen.
  mutating func toggleTour() -> [Effect] {
    if tourWalk != nil {
      touring.isShown.toggle()
      if !touring.isShown { notice = "the tour is hidden and its clock runs on; :tour shows it" }
      return []
    }
    guard let (tour, words) = touring.choice.tour(for: profile), !tour.steps.isEmpty else {
      notice = "there is no tour here"
      return []
    }
    touring.asked = [:]
    touring.walk = TourWalk(tour, tourFindings, at: now)
    touring.isShown = true
    notice = words.isEmpty ? missingWords(before: 0) : words
    river.note(.action, "tour", "begun by you: \(counted(tour.steps.count, "step"))", at: now)
    return closeViews() + lookUp()
  }

  /// Passes an input to the walk; says what it passed over, and notes its end.
  mutating func passTour(_ input: TourWalk.Input) -> [Effect] {
    guard var walk = tourWalk else { return [] }
    let before = walk
    walk.take(input, tourFindings, at: now)
    guard walk != before else { return [] }
    touring.walk = walk
    if walk.index > before.index || !walk.isActive {
      if let words = [missingWords(before: before.index)].first(where: { !$0.isEmpty }) { notice = words }
      return walk.isActive ? [] : endTour(walk)
    }
    return []
  }

  /// What stands in for the tools of the steps that were passed over since a step.
  private func missingWords(before index: Int) -> String {
    guard let walk = touring.walk else { return "" }
    let passed = walk.steps[index..<min(walk.steps.count, max(index, walk.index + 1))]
    let words = passed.compactMap { step -> String? in
      if case .missing(let words)? = step.outcome { words } else { nil }
    }
    return words.isEmpty ? "" : "skipped: " + words.joined(separator: "; ")
  }

  /// Records the walk that is over and shows its result.
  private mutating func endTour(_ walk: TourWalk) -> [Effect] {
    touring.isShown = false
    let report = tourReport(walk)
    river.note(.action, "tour", report.sentence, at: now)
    var effects: [Effect] = []
    if let run = walk.run(isSimulated: report.isSimulated) {
      deployRecord.runs[DeployRecord.demo] = run
      judgePhases()
      effects.append(.saveRecord(deployRecord))
    }
    open(Page(.tourResult))
    return effects
  }

  /// What came of a walk.
  func tourReport(_ walk: TourWalk) -> TourReport {
    TourReport(walk, in: checkContext, isSimulated: isDemo || deploying.programs.isPlayed)
  }

  /// The result as Markdown, with what is hidden on the screen hidden; `nil` before the first tour.
  var tourMarkdown: String? {
    guard let walk = touring.walk else { return nil }
    let place = "context \(snapshot.connection.context), namespace \(namespace ?? "all")"
    return tourReport(walk).markdown(application: title, place: place, at: now) { masking.masked($0) }
  }

  // MARK: - What is shown in a step

  /// Does what the step shows: a word of the program, or the next question to its tool.
  mutating func performStep() -> [Effect] {
    guard let step = tourWalk?.step else { return [] }
    switch step.action {
    case .none: notice = "this step has nothing to run; n goes on"
    case .show(let command): notice = "“\(command)” is shown, not run: type it in another terminal"
    case .perform(let line):
      switch CommandLine.meaning(of: line) {
      case .problem(let problem): notice = problem.sentence
      case .command(let command, let argument):
        if let argumentOf = command.argument, !argument.isEmpty { return argumentOf.perform(&self, argument) }
        return perform(command)
      }
    case .ask(let tool, let prompts):
      return askTool(tool, prompts[(touring.asked[tool] ?? 0) % prompts.count])
    }
    return []
  }
}
