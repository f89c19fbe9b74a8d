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

  static let deployTime = CheckKind(
    "deploy-time", "deployed within 3 min", parameters: [CheckParameter("minutes", .number, usual: .number(3))]
  ) { parameters, context throws(Unanswered) in
    try context.judge(
      "deploy", what: "the deploy", seconds: parameters.number("minutes") * 60,
      advice: "look at the pods' startup phases for the slow one")
  }

  /// From the end of the deploy to the first good answer.
  static let reachTime = CheckKind(
    "reach-time", "answers within 30 s of the deploy",
    parameters: [CheckParameter("seconds", .number, usual: .number(30))]
  ) { parameters, context throws(Unanswered) in
    try context.judge(
      "reach", what: "the first answer after a deploy", seconds: parameters.number("seconds"),
      advice: "look at the layers of the ingress, and how long the name takes to resolve")
  }

  static let demoTime = CheckKind(
    "demo-time", "rehearsed within 15 min", parameters: [CheckParameter("minutes", .number, usual: .number(15))]
  ) { parameters, context throws(Unanswered) in
    try context.judge(
      "demo", what: "the demo", seconds: parameters.number("minutes") * 60,
      advice: "rehearse it again, with less to say")
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
