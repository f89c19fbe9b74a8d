import ClusterModel

extension CheckKind {
  /// Timed by our own build step.
  static let buildTime = CheckKind(
    "build-time", "the image builds within 5 min",
    parameters: [CheckParameter("image", .text), CheckParameter("minutes", .number, usual: .number(5))]
  ) { parameters, context throws(Unanswered) in
    let image = parameters.text("image")
    return try context.judge(
      "build \(image)", what: "the build of \(image)", seconds: parameters.number("minutes") * 60,
      advice: "copy what seldom changes first, so that its layers are kept")
  }

  static let deployTime = timed(
    "deploy-time", "deployed within 3 min", .minutes, usual: 3, run: "deploy", what: "the deploy",
    advice: "look at the pods' startup phases for the slow one")

  /// From the end of the deploy to the first good answer.
  static let reachTime = timed(
    "reach-time", "answers within 30 s of the deploy", .seconds, usual: 30, run: "reach",
    what: "the first answer after a deploy",
    advice: "look at the layers of the ingress, and how long the name takes to resolve")

  static let demoTime = timed(
    "demo-time", "rehearsed within 15 min", .minutes, usual: 15, run: "demo", what: "the demo",
    advice: "rehearse it again, with less to say")

  /// In what a profile gives the longest time.
  private enum Unit: String {
    case minutes, seconds

    var inSeconds: Double { self == .minutes ? 60 : 1 }
  }

  /// A kind that judges how long something took that was timed.
  private static func timed(
    _ name: String, _ summary: String, _ unit: Unit, usual: Double, run: String, what: String, advice: String
  ) -> CheckKind {
    CheckKind(
      name, summary, parameters: [CheckParameter(unit.rawValue, .number, usual: .number(usual))]
    ) { parameters, context throws(Unanswered) in
      let limit = parameters.number(unit.rawValue) * unit.inSeconds
      return try context.judge(run, what: what, seconds: limit, advice: advice)
    }
  }
}

extension CheckContext {
  /// Whether what was timed went well and within its time.
  func judge(
    _ name: String, what: String, seconds limit: Double, advice: String
  ) throws(Unanswered) -> CheckResult {
    let run = try run(name, what: what)
    let took = Age.text(of: .seconds(min(max(run.seconds, 0), 1e9)))
    guard run.isSuccess else {
      let note = run.note.isEmpty ? "" : ": \(cut(run.note))"
      return CheckResult.fails("\(what) failed after \(took)\(note)", advice: "repeat it, and read what it printed")
        .recorded(run, at: now)
    }
    let result: CheckResult = run.seconds <= limit ? .holds("took \(took)") : .fails("took \(took)", advice: advice)
    return result.recorded(run, at: now)
  }
}
