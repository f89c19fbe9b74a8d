import CellScreen
import ClusterModel
import Playbook
import TestSupport
import Testing

@testable import Dashboard

/// What a person sees of drills: choosing, the plan, the question, and one drill at each of its moments.
@Suite struct DrillGoldenTests {
  /// Something to look at.
  struct Look: Sendable, CustomTestStringConvertible {
    let name: String
    let sizes: [Size]
    let make: @Sendable (Size) throws -> DrillStage

    var testDescription: String { name }
  }

  static let small = Size(columns: 80, rows: 24)
  static let usual = Size(columns: 120, rows: 40)
  static let large = Size(columns: 200, rows: 60)
  static let all = [small, usual, large]

  static let looks: [Look] = [
    Look(name: "chooser-profile", sizes: [small, usual]) { size in
      var stage = try DrillStage(size)
      try stage.propose(
        "{kind: kill-pod, target: deployment/todo-backend, title: Kill one pod of the API}, "
          + "{kind: bad-image, target: deployment/todo-backend, container: backend, limit: 60s}, "
          + "{kind: kill-all-pods, target: deployment/todo-worker, title: Kill all workers}")
      try stage.press("!<down>")
      return stage
    },
    Look(name: "chooser", sizes: all) { size in
      var stage = try DrillStage(size)
      try stage.press("!")
      return stage
    },
    Look(name: "targets", sizes: [small]) { size in
      var stage = try DrillStage(size)
      try stage.press("3!/D14<enter>")
      return stage
    },
    Look(name: "plan-pod", sizes: [small, usual]) { try planned("D02 \(DrillStage.killed)", $0) },
    Look(name: "plan-image", sizes: all) { try planned("D14 todo-backend, container backend", $0) },
    Look(name: "plan-refused", sizes: [small, usual]) { size in
      try planned("D14 todo-backend, container backend", size) { setting in
        setting.openDrill = "d-20261121-030000-8f3a"
        setting.rights = Rights(verbs: ["deployments.apps": ["get", "list"]])
      }
    },
    Look(name: "question", sizes: [small, usual]) { size in
      var stage = try planned("D14 todo-backend, container backend", size)
      try stage.press("<enter>")
      return stage
    },
    Look(name: "begun", sizes: all) { try killing($0) },
    Look(name: "signal", sizes: all) { try signalled($0) },
    Look(name: "recovering", sizes: all) { try recovering($0) },
    Look(name: "held", sizes: all) { try held($0) },
    Look(name: "verdict", sizes: all) { size in
      var stage = try held(size)
      stage.pass(.seconds(6))
      return stage
    },
    Look(name: "users", sizes: [usual]) { size in
      var stage = try signalled(size)
      stage.pass(.seconds(4)) { !$0.hasSuffix("/api/health") }
      return stage
    },
    Look(name: "conflict", sizes: all) { size in
      var stage = try planned("D14 todo-backend, container backend", size)
      stage.pass(.seconds(30))
      try stage.press("<enter>D14<enter>")
      try stage.begin()
      stage.pass(.seconds(20))
      try stage.press("u")
      stage.undo(isConflict: true)
      return stage
    },
    Look(name: "strip", sizes: [small, usual]) { size in
      var stage = try recovering(size)
      try stage.press("<esc>")
      return stage
    },
    Look(name: "presenter", sizes: all) { size in
      var stage = try recovering(size)
      try stage.press("<esc>P")
      return stage
    },
    Look(name: "drills", sizes: [small, usual]) { size in
      var stage = try held(size)
      stage.pass(.seconds(6))
      let report = try #require(stage.state.drilling.report)
      let runs = try [report.json, report.json.replacing(#""revision":"1""#, with: #""revision":"2""#)].map {
        try #require(DrillHistory.Run(report: $0))
      }
      stage.take(.drillHistoryRead(runs))
      stage.take(
        .openDrillsFound(OpenDrills([OpenDrill(report.record, obstacle: "")], notes: ["a journal is not read"])))
      try stage.press("<esc><esc>:drills<enter>")
      return stage
    },
    Look(name: "open-question", sizes: [small]) { size in
      let record = try #require(try killing(size).state.drilling.course?.record)
      var stage = try DrillStage(size)
      stage.pass(.seconds(90))
      stage.take(.openDrillsFound(OpenDrills([OpenDrill(record, obstacle: "")])))
      return stage
    },
  ]

  private static func planned(
    _ words: String, _ size: Size, _ edit: (inout DrillSetting) -> Void = { _ in }
  ) throws -> DrillStage {
    var stage = try DrillStage(size)
    try stage.press(":drill \(words)<enter>")
    try stage.answerPlan(edit)
    return stage
  }

  private static func killing(_ size: Size) throws -> DrillStage {
    var stage = try planned("D02 \(DrillStage.killed)", size)
    stage.pass(.seconds(30))
    try stage.press("<enter>y")
    try stage.begin()
    return stage
  }

  private static func signalled(_ size: Size) throws -> DrillStage {
    var stage = try killing(size)
    stage.pass(.seconds(1))
    stage.endPod()
    return stage
  }

  private static func recovering(_ size: Size) throws -> DrillStage {
    var stage = try signalled(size)
    stage.pass(.seconds(4))
    stage.endPod(isGone: true)
    stage.makePod(isReady: false)
    stage.pass(.seconds(1))
    return stage
  }

  private static func held(_ size: Size) throws -> DrillStage {
    var stage = try recovering(size)
    stage.pass(.seconds(2))
    stage.makePod(isReady: true)
    stage.pass(.seconds(6))
    return stage
  }

  static var names: [String] { looks.flatMap { look in look.sizes.map { name(look, $0) } } }

  static func name(_ look: Look, _ size: Size) -> String { "drill-\(look.name)-\(size.columns)x\(size.rows)" }

  @Test(arguments: looks)
  func `each look is as recorded`(look: Look) throws {
    for size in look.sizes {
      expectGolden(draw(try look.make(size).state), named: Self.name(look, size), headline: "drill, \(look.name)")
    }
  }
}
