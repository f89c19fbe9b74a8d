import CellScreen
import ClusterModel
import Playbook
import Testing

@testable import Dashboard

/// From F7 to the verdict, without a cluster: keys and answers in, effects and screens out.
@Suite struct DrillTests {
  /// The stage with a plan of a kind on the screen.
  private func planned(
    _ words: String, size: Size = ActingTests.size, _ edit: (inout DrillSetting) -> Void = { _ in }
  ) throws -> DrillStage {
    var stage = try DrillStage(size)
    try stage.press(":drill \(words)<enter>")
    try stage.answerPlan(edit)
    return stage
  }

  /// The stage with one pod killed on purpose, after half a minute of calm.
  private func killing() throws -> DrillStage {
    var stage = try planned("D02 \(DrillStage.killed)")
    stage.pass(.seconds(30))
    try stage.press("<enter>y")
    try stage.begin()
    return stage
  }

  // MARK: - Choosing

  @Test(arguments: ["!", "<F7>", ":drill<enter>"])
  func `the chooser shows every kind with its level, and what has no target is refused with the reason`(
    keys: String
  ) throws {
    var stage = try DrillStage(Size(columns: 200, rows: 60))
    try stage.press(keys)
    let text = draw(stage.state).text()
    for kind in DrillKind.all { #expect(text.contains("\(kind.id) –        \(kind.title)"), "\(kind.id)") }
    #expect(stage.effects == [.readDrillHistory])
    // Nothing to aim at: no workload is of the profile.
    stage.change { $0.profile.workloads = [ObjectKey(.deployments, namespace: "todo", name: "none")] }
    try stage.press("<esc>!<enter>")
    #expect(stage.state.notice == "D01 finds nothing here to be aimed at" && stage.state.views.last == .chooser)
  }

  /// The stage with drills of the profile.
  private func proposing(_ drills: String) throws -> DrillStage {
    var stage = try DrillStage()
    try stage.propose(drills)
    return stage
  }

  @Test func `the drills of the profile stand first, and one is planned as the profile says`() throws {
    var stage = try proposing(
      "{kind: bad-image, target: deployment/todo-backend, container: log-sidecar, limit: 60s, title: No sidecar}, "
        + "{kind: kill-pod, target: deployment/todo-frontend}, "
        + "{kind: host-unreachable, target: deployment/todo-backend, host: db.example.com}")
    try stage.press("!")
    let items = try #require(stage.state.chooser?.items)
    #expect(items.count == DrillKind.all.count + 3 && Set(items).count == items.count)
    #expect(items[0].hasPrefix("D14 –        No sidecar ") && items[0].contains(" todo-backend/log-sidecar "))
    #expect(items[1].contains("Kill one pod ") && items[1].contains(" todo-frontend "))
    #expect(items[2].contains("todo-backend, db.example.com L3, reaches users"))
    #expect(items[3].hasPrefix("D01 ") && stage.state.chooser?.note.contains("The first 3") == true)
    try stage.press("<enter>")
    let first = try #require(stage.lastRequest)
    #expect(first.kind.id == "D14" && first.target.container == "log-sidecar" && first.limitSeconds == 60)
    try stage.press("<esc>!<down><down><enter>")
    let last = try #require(stage.lastRequest)
    #expect(last.kind.id == "D21" && last.target.place == "db.example.com")
    #expect(last.target.container == "backend" && last.limitSeconds == DrillLimit.standard)
  }

  @Test(arguments: [
    ("{kind: kill-pod, target: deployment/gone}", "deployment/gone is not here"),
    (
      "{kind: bad-image, target: deployment/todo-backend, container: gone}", "deployment/todo-backend/gone is not here"
    ),
    ("{kind: broken-selector, target: service/gone}", "service/gone is not here"),
    ("{kind: wrong-backend, target: todo.local/gone}", "todo.local/gone is not here"),
  ])
  func `a drill of the profile whose target is not there says so and is not planned`(
    drill: String, reason: String
  ) throws {
    var stage = try proposing(drill)
    try stage.press("!<enter>")
    #expect(stage.state.notice == reason && stage.state.views.last == .chooser && stage.lastRequest == nil)
  }

  @Test func `a drill of the profile whose target goes while the list is open is not planned`() throws {
    var stage = try proposing("{kind: bad-image, target: deployment/todo-backend}")
    try stage.press("!")
    let key = DrillStage.backend
    let uid = try #require(stage.state.snapshot.deployments[key]?.metadata.uid)
    stage.take(.arrived([.deleted(key, uid)]))
    try stage.press("<enter>")
    #expect(stage.state.notice == "deployment/todo-backend is not here" && stage.lastRequest == nil)
  }

  @Test func `a drill of the profile is agreed to and refused like any other`() throws {
    var stage = try proposing("{kind: scale-to-zero, target: deployment/todo-backend, title: Nothing at all}")
    try stage.press("!<enter>")
    try stage.answerPlan()
    let plan = try #require(stage.state.drilling.plan)
    #expect(plan.level == .reachesUsers && plan.confirmation == .typing("minikube/todo"))
    #expect(plan.lines.first == "D26 Scale a workload to zero · L3, reaches users")
    stage.change { $0.acting.arming.disarm() }
    try stage.press("<esc>!<enter>")
    try stage.answerPlan()
    #expect(stage.state.drilling.plan?.refusal == "not armed: ctrl-t arms (G1)")
  }

  /// A drill that was done before, as its report tells.
  private func run(
    _ kind: String, _ target: String, on cluster: String?, seconds: Double, hour: Int = 1
  ) throws -> DrillHistory.Run {
    let place = cluster.map { #""cluster":"\#($0)","# } ?? ""
    return try #require(
      DrillHistory.Run(
        report: """
          {"id":"d-\(hour)","drill":"\(kind)","target":"\(target)",\(place)"startedAt":"2026-11-20T0\(hour):00:00Z",
           "verdict":"PASSED","timeToRecover":\(seconds)}
          """))
  }

  @Test func `what was done on another cluster does not count here`() throws {
    var stage = try DrillStage(Size(columns: 120, rows: 40))
    let (here, pod) = (DrillStage.clusterUID, "pod/\(DrillStage.killed), container backend")
    stage.take(
      .drillHistoryRead([
        try run("D02", pod, on: here, seconds: 4, hour: 1), try run("D02", pod, on: here, seconds: 8, hour: 2),
        try run("D02", pod, on: "another", seconds: 1, hour: 3), try run("D02", pod, on: nil, seconds: 2, hour: 4),
        try run("D05", pod, on: "another", seconds: 1),
      ]))
    try stage.press("!")
    #expect(stage.state.chooser?.items.contains { $0.hasPrefix("D02 ✓ 8.0 s ") } == true)
    #expect(stage.state.chooser?.items.contains { $0.hasPrefix("D05 –") } == true)
    try stage.press("<esc>:drills<enter>")
    let text = draw(stage.state).text()
    #expect(text.contains("last 8.0 s, best 4.0 s, middle 4.0 s") && text.contains("2 runs"), "\(text)")
    #expect(!text.contains("D05"))
    // Which cluster it is, is not known: then nothing can be told.
    stage.take(.factsRead([.tool(.clusterUID): Fact(.late(seconds: 8), readAt: stage.state.now)]))
    #expect(stage.state.drillRuns.isEmpty && draw(stage.state).text().contains("none was done here yet"))
  }

  @Test func `a drill of the profile shows how it went on its own target`() throws {
    var stage = try proposing(
      "{kind: kill-pod, target: deployment/todo-backend}, {kind: kill-pod, target: deployment/todo-frontend}, "
        + "{kind: bad-image, target: deployment/todo-backend, container: backend}")
    let here = DrillStage.clusterUID
    stage.take(
      .drillHistoryRead([
        try run("D02", "pod/todo-backend-0123456789-abcde, container backend", on: here, seconds: 4),
        try run("D02", "pod/todo-frontend-edge-0123456789-abcde, container x", on: here, seconds: 5),
        try run("D14", "deployment/todo-backend, container log-sidecar", on: here, seconds: 6),
      ]))
    try stage.press("!")
    let items = try #require(stage.state.chooser?.items)
    #expect(items[0].hasPrefix("D02 ✓ 4.0 s ") && items[1].hasPrefix("D02 – ") && items[2].hasPrefix("D14 – "))
  }

  @Test func `a right that is missing greys a kind`() throws {
    var stage = try DrillStage()
    stage.take(.rightsRead(Rights(verbs: ["pods": ["*"], "deployments.apps": ["get"]]), namespace: "todo"))
    try stage.press("!/D14<enter>")
    #expect(stage.state.notice == "you may not patch deployments.apps", "\(stage.state.notice)")
  }

  @Test func `a selected pod is the target of kinds that aim at pods`() throws {
    var stage = try DrillStage()
    try stage.press("5/xnp22<enter>!/D02<enter>")
    let request = try #require(
      stage.effects.lazy.compactMap { if case .planDrill(let request) = $0 { request } else { nil } }.first)
    #expect(request.target.object.name == "todo-backend-7bbd475df6-xnp22" && request.kind.id == "D02")
    #expect(request.limitSeconds == DrillLimit.standard && request.token.count == 4)
    #expect(stage.effects.contains(.probeForDrill(true)))
    #expect(stage.state.views.last == .drillPlan)
    // Without a row that fits, the targets are a list.
    var other = try DrillStage()
    try other.press("3!/D02<enter>")
    #expect(other.state.chooser?.purpose == .drillTarget("D02") && other.state.chooser?.items.count == 5)
    try other.press("<enter>")
    #expect(other.state.views.last == .drillPlan)
  }

  @Test(arguments: [
    (":drill D99<enter>", "there is no drill D99"), (":drill kill-po<enter>", "did you mean kill-pod?"),
    (":drill D02 $(reboot);`x`<enter>", "is no target of D02"),
    (":drill D02 todo-backend<enter>", "is no target of D02"),
  ])
  func `what is no drill and no target is named, and nothing is planned`(script: String, words: String) throws {
    var stage = try DrillStage()
    try stage.press(script)
    #expect(stage.state.notice.contains(words), "\(stage.state.notice)")
    #expect(!stage.effects.contains { if case .planDrill = $0 { true } else { false } })
  }

  @Test func `a target that goes while it is chosen is said to be gone`() throws {
    var stage = try DrillStage()
    try stage.press("3!/D02<enter>/kmwpq")
    stage.endPod(isGone: true)
    try stage.press("<enter>")
    #expect(stage.state.notice.contains("is gone: choose another"), "\(stage.state.notice)")
    #expect(stage.state.views.last == .chooser)
  }

  // MARK: - Planning

  @Test func `leaving the plan ends the requests, and a late plan is not shown`() throws {
    var stage = try DrillStage()
    try stage.press(":drill D14 todo-backend<enter><enter>")
    let late = try #require(
      stage.effects.lazy.compactMap { if case .planDrill(let request) = $0 { request } else { nil } }.last)
    let plan = try stage.plan(late)
    try stage.press("<esc>")
    #expect(stage.effects.last == .probeForDrill(false))
    try stage.press(":drill D16 todo-backend<enter><enter>")
    stage.take(.drillPlanned(plan))
    #expect(stage.state.drilling.plan == nil)
  }

  @Test(arguments: ["0", "9", "901", "86400", "-1", "x", "1e2"])
  func `a time limit that is none stays to be mended`(text: String) throws {
    var stage = try planned("D02 \(DrillStage.killed)")
    let count = stage.effects.count
    try stage.press("t<ctrl-u>\(text)<enter>")
    #expect(stage.state.prompt?.problem?.sentence == "a drill lasts 10 to 900 s, not \(text)")
    #expect(stage.effects.count == count)
    try stage.press("<ctrl-u>60<enter>")
    try stage.answerPlan()
    #expect(stage.state.drilling.plan?.limitSeconds == 60)
  }

  @Test func `another host is named where a drill takes one, and nothing else`() throws {
    var stage = try planned("D21 todo-frontend")
    try stage.press("e<ctrl-u>a b;c<enter>")
    #expect(stage.state.prompt?.problem?.sentence.contains("is no name of a host") == true)
    try stage.press("<ctrl-u>db.example.com<enter>")
    try stage.answerPlan()
    #expect(stage.state.drilling.plan?.target.place == "db.example.com")
    var other = try planned("D02 \(DrillStage.killed)")
    try other.press("e")
    #expect(other.state.prompt == nil && other.state.notice == "D02 takes no host")
  }

  @Test func `a plan made while disarmed is made again when changes are allowed`() throws {
    var stage = try DrillStage()
    stage.change { $0.acting.arming.disarm() }
    try stage.press(":drill D02 \(DrillStage.killed)<enter>")
    try stage.answerPlan()
    #expect(stage.state.drilling.plan?.refusal == "not armed: ctrl-t arms (G1)")
    try stage.press("<ctrl-t>")
    try stage.answerPlan()
    #expect(stage.state.drilling.plan?.refusal == nil)
  }

  // MARK: - Agreeing

  @Test(arguments: [
    ("D02 \(DrillStage.killed)", "y", nil), ("D27 todo-backend", "minikube/todo<enter>", "minikube/todo"),
  ])
  func `the question asks for more the farther a drill reaches`(
    words: String, answer: String, typed: String?
  ) throws {
    var stage = try planned(words)
    try stage.press("<enter>")
    #expect(stage.state.acting.question?.wordToType == typed)
    let text = draw(stage.state).text()
    for part in ["Break it?", "context minikube", "namespace todo"] { #expect(text.contains(part), "\(part)") }
    var refused = stage
    try refused.press("<esc>")
    #expect(refused.state.notice == "nothing was changed" && refused.state.drilling.stage == .none)
    try stage.press(answer)
    let plan = try #require(stage.state.drilling.plan)
    #expect(stage.effects.contains(.runDrill(plan)) && stage.state.drilling.stage == .beginning)
    #expect(stage.state.views.last == .scoreboard)
  }

  @Test func `a gated drill is agreed to by its id`() throws {
    var stage = try planned("D14 todo-backend, container backend")
    if case .some(.typing(let word)) = stage.state.drilling.plan?.confirmation {
      try stage.press("<enter>nonsense<enter>")
      #expect(stage.state.acting.question != nil && stage.state.notice == "“nonsense” is not \(word)")
    } else {
      Issue.record("it needs a word")
    }
  }

  @Test func `what is refused is never asked for`() throws {
    var stage = try planned("D02 \(DrillStage.killed)") { $0.openDrill = "d-1" }
    try stage.press("<enter>")
    #expect(stage.state.acting.question == nil)
    #expect(stage.state.notice == "refused: the drill d-1 is open: undo it first (G5)", "\(stage.state.notice)")
    #expect(draw(stage.state).text().contains("Refused: the drill d-1 is open: undo it first  G5"))
  }

  @Test func `a target that goes between plan and yes is not hit`() throws {
    var stage = try planned("D02 \(DrillStage.killed)")
    try stage.press("<enter>")
    stage.endPod(isGone: true)
    try stage.press("y")
    #expect(stage.state.notice.hasSuffix("is gone, or another by now: nothing was done"), "\(stage.state.notice)")
    #expect(!stage.effects.contains { if case .runDrill = $0 { true } else { false } })
  }

  @Test func `a refusal from outside leaves nothing open`() throws {
    var stage = try planned("D02 \(DrillStage.killed)")
    try stage.press("<enter>y")
    stage.take(.drillRefused("another drill is open here, of bob@two"))
    #expect(!stage.state.drilling.isWatched && stage.effects.last == .probeForDrill(false))
    #expect(stage.state.notice == "nothing was done: another drill is open here, of bob@two")
  }

  @Test(arguments: ["read-only", "recording", "everywhere"])
  func `where nothing can be changed no drill is planned`(why: String) throws {
    var stage = try DrillStage()
    stage.change { state in
      if why == "read-only" { state.acting.arming = Arming(readOnlyReason: "started with --read-only") }
    }
    if why != "read-only" {
      var connection = stage.state.snapshot.connection
      if why == "recording" { connection.feed = .recording } else { connection.namespace = nil }
      stage.take(.arrived([.connectionChanged(connection)]))
    }
    try stage.press("!")
    #expect(stage.state.views.isEmpty && stage.state.notice == stage.state.drillObstacle)
    #expect(stage.state.drillSetting == nil)
  }

  // MARK: - The course

  @Test func `a pod that is killed is measured from the begin to the verdict`() throws {
    var stage = try killing()
    #expect(stage.state.drilling.stage == .open && stage.state.drilling.course?.state == .active)
    stage.pass(.seconds(1))
    stage.endPod()
    #expect(stage.state.drilling.watch?.measures.timeToSignal == .seconds(1))
    stage.pass(.seconds(3))
    stage.endPod(isGone: true)
    stage.makePod(isReady: false)
    stage.pass(.seconds(4))
    stage.makePod(isReady: true)
    stage.pass(.seconds(12))
    let report = try #require(stage.state.drilling.report)
    #expect(report.verdict.word == .passed, "\(report.verdict.reasons)")
    #expect(report.measures.timeToRecover == .seconds(8), "\(report.measures.timeToRecover ?? .zero)")
    #expect(report.measures.availability == 1 && !report.isSimulated && report.revision == "1")
    #expect(stage.effects.contains { if case .saveDrillReport(report, _) = $0 { true } else { false } })
    #expect(stage.effects.contains(.probeForDrill(false)))
    let run = try #require(stage.state.deployRecord.runs["drill D02 todo-backend"])
    #expect(run.isSuccess && !run.isSimulated && run.seconds == 8)
    let river = stage.state.river.entries.map(\.text)
    for words in ["drill D02: begun", "drill D02: seen after 1.0 s", "drill D02: PASSED"] {
      #expect(river.contains { $0.hasPrefix(words) }, "\(words)")
    }
    // What is over can be left and does not come back by itself; the next one may begin.
    try stage.press("<esc>!")
    #expect(stage.state.views == [.chooser])
  }

  @Test(arguments: [-3_600, 3_600] as [Int64])
  func `a clock that is set while a drill is measured moves none of its clocks`(step: Int64) throws {
    func measured(_ step: Int64) throws -> (clocks: [String], report: DrillReport) {
      var stage = try killing()
      stage.pass(.seconds(1))
      stage.endPod()
      stage.pass(.seconds(2))
      stage.setClock(by: .seconds(step))
      stage.pass(.seconds(1))
      stage.endPod(isGone: true)
      stage.makePod(isReady: false)
      let board = try #require(Scoreboard(stage.state))
      // The moment itself is told by the wall.
      let clocks = board.clocks(100).dropFirst().map { $0.map(\.text).joined() }
      #expect(stage.state.drillTimeLeft == .seconds(116) && stage.state.drilling.paths.allSatisfy { $0.sent > 10 })
      stage.pass(.seconds(4))
      stage.makePod(isReady: true)
      stage.pass(.seconds(12))
      return (clocks, try #require(stage.state.drilling.report))
    }
    let (calm, moved) = (try measured(0), try measured(step))
    #expect(calm.clocks == moved.clocks && calm.clocks.count >= 5)
    #expect(moved.report.verdict == calm.report.verdict && moved.report.verdict.word == .passed)
    let (left, right) = (calm.report.measures, moved.report.measures)
    #expect(left.paths == right.paths && left.timeToSignal == right.timeToSignal)
    #expect(left.timeToScreen == right.timeToScreen && right.timeToRecover == .seconds(8))
    #expect(moved.report.notes.count == calm.report.notes.count + 1)
  }

  @Test func `users who were to notice nothing abort the drill when they do`() throws {
    var stage = try killing()
    stage.pass(.seconds(1))
    stage.endPod()
    stage.pass(.seconds(4)) { !$0.hasSuffix("/api/health") }
    #expect(stage.state.drilling.isStopped && stage.state.drilling.course?.state == .restored)
    #expect(stage.state.drilling.course?.record.note.contains("users were to notice nothing") == true)
    stage.pass(.seconds(80))
    #expect(stage.state.drilling.report?.verdict.word == .aborted)
    #expect(stage.state.deployRecord.runs["drill D02 todo-backend"] == nil)
  }

  @Test func `a drill that shows nothing had no effect, and proves nothing`() throws {
    var stage = try killing()
    // The pod that was to go is still there: it is waited for until the limit, and for the recovery after that.
    stage.pass(.seconds(200))
    #expect(stage.state.drilling.report?.verdict.word == .noEffect)
    #expect(stage.state.deployRecord.runs["drill D02 todo-backend"]?.isSuccess == false)
  }

  @Test(arguments: ["u", "<F8>", "<esc>u", "<ctrl-g>", ":x<ctrl-g>", "?<ctrl-g>", "<esc><F10><ctrl-g>"])
  func `undo and the panic key undo the open drill at once, also disarmed`(keys: String) throws {
    var stage = try opened("D27 todo-backend")
    stage.change { $0.acting.arming.disarm() }
    try stage.press(keys)
    let isTold = stage.effects.contains { effect in
      if case .tellDrill(let inputs) = effect, case .undo? = inputs.first { true } else { false }
    }
    #expect(isTold, "\(stage.state.notice)")
  }

  /// The stage with a drill that has to be undone.
  private func opened(_ words: String) throws -> DrillStage {
    var stage = try planned(words)
    try stage.press("<enter>minikube/todo<enter>")
    try stage.begin()
    stage.pass(.seconds(2))
    return stage
  }

  @Test func `the scoreboard is left while the drill is open, and every view says so`() throws {
    var stage = try opened("D27 todo-backend")
    try stage.press("<esc>")
    #expect(stage.state.views.isEmpty && stage.state.drilling.isOpen)
    for keys in ["", "?", "<esc>P", "P5z"] {
      try stage.press(keys)
      #expect(draw(stage.state).text().contains("⚑ D27 118 s, u undoes"), "after \(keys)")
    }
    try stage.press("z<F7>")
    #expect(stage.state.views.last == .scoreboard)
  }

  @Test func `while a drill is open neither another nor another namespace is chosen`() throws {
    var stage = try opened("D27 todo-backend")
    try stage.press(":ns default<enter>")
    #expect(stage.state.namespace == "todo" && stage.state.notice == "D27 is open: F7 shows it, u undoes it")
    try stage.press(":drill D02<enter>")
    #expect(stage.state.notice == "D27 is open: F7 shows it, u undoes it")
  }

  @Test func `a conflict is shown as before, ours and now, and nothing more is done`() throws {
    var stage = try planned("D14 todo-backend, container backend", size: Size(columns: 120, rows: 40))
    try stage.press("<enter>D14<enter>")
    try stage.begin()
    stage.pass(.seconds(2))
    try stage.press("u")
    stage.undo(isConflict: true)
    #expect(stage.state.drilling.course?.state == .conflict && stage.state.drilling.report?.verdict.word == .failed)
    let text = draw(stage.state).text()
    for words in [
      "before", "ours", "now", "todotop.invalid/backend", "todo-backend:hotfix", "bob-cli",
    ] {
      #expect(text.contains(words), "\(words)")
    }
  }

  @Test func `an undone drill counts its recovery from the undo on`() throws {
    var stage = try planned("D14 todo-backend, container backend")
    try stage.press("<enter>D14<enter>")
    try stage.begin()
    stage.pass(.seconds(2))
    stage.makePod(isReady: false)
    try stage.press("u")
    stage.undo()
    #expect(stage.state.drilling.course?.state == .restored)
    guard case .settling = stage.state.drilling.stage else { return #expect(Bool(false), "it is still measured") }
    try stage.press("u")
    #expect(stage.state.acting.question == nil)
  }

  // MARK: - The end of the program

  @Test(arguments: ["<ctrl-c>", "<F10>y"])
  func `the program ends once the drill is undone`(keys: String) throws {
    var stage = try opened("D27 todo-backend")
    try stage.press(keys)
    #expect(!stage.effects.contains(.quit) && stage.state.notice.contains("the watchdog undoes it"))
    var patient = stage
    patient.tell(.undo("the program ends"))
    patient.undoService()
    #expect(patient.effects.last == .quit, "\(patient.state.drilling.stage)")
    #expect(patient.state.drilling.report?.verdict.word == .aborted)
    var hasty = stage
    try hasty.press("<ctrl-c>")
    #expect(hasty.effects.last == .quit)
    var stays = stage
    try stays.press("<esc>")
    #expect(stays.state.notice.contains("stays"))
    stays.undoService()
    #expect(!stays.effects.contains(.quit))
    // A cluster that does not answer does not hold the program for ever.
    stage.pass(.seconds(22))
    #expect(stage.effects.contains(.quit))
  }

  @Test func `without a drill the program ends at once`() throws {
    var stage = try DrillStage()
    try stage.press("<ctrl-c>")
    stage.take(.leaveWished("the terminal is gone"))
    #expect(stage.effects == [.quit, .quit])
  }

  // MARK: - Drills that were left open

  @Test func `a drill that was left open is offered to be undone, armed or not`() throws {
    let record = try #require(try opened("D27 todo-backend").state.drilling.course?.record)
    var stage = try DrillStage()
    stage.change { $0.acting.arming.disarm() }
    let left = OpenDrill(record, obstacle: "")
    stage.take(.openDrillsFound(OpenDrills([left])))
    #expect(stage.state.acting.question != nil && stage.state.notice.contains("1 drill is open: D27"))
    var later = stage
    try later.press("<esc>")
    #expect(draw(later.state).text().contains("⚑ 1 drill open, :drills"))
    try later.press("<ctrl-g>")
    #expect(later.effects.last == .undoOpenDrills([left]))
    try stage.press("y")
    #expect(stage.effects.last == .undoOpenDrills([left]))
    stage.take(.openDrillUndone(id: record.id, words: "undone: all is as before", isClosed: true))
    #expect(stage.state.drilling.open.drills.isEmpty)
    // One of another cluster is shown, with why it is not undone.
    stage.take(.openDrillsFound(OpenDrills([OpenDrill(record, obstacle: "it belongs to another cluster")])))
    #expect(stage.state.acting.question == nil)
    try stage.press(":drills<enter>")
    #expect(draw(stage.state).text().contains("it belongs to another cluster"))
  }

  @Test func `what was left open is looked for once it is known which cluster it is`() throws {
    var state = Scene.todo.make(ActingTests.size)
    let answer = Fact(.ended(code: 0, output: "uid", errorText: ""), readAt: state.now)
    #expect(!reduce(&state, .ticked, at: state.now).contains(.findOpenDrills))
    #expect(reduce(&state, .factsRead([.tool(.clusterUID): answer]), at: state.now).contains(.findOpenDrills))
    #expect(!reduce(&state, .factsRead([.tool(.clusterUID): answer]), at: state.now).contains(.findOpenDrills))
  }

  @Test func `without a drill time and events cost nothing more`() throws {
    var stage = try DrillStage()
    stage.pass(.seconds(2))
    #expect(stage.state.drilling.watch == nil && stage.effects.isEmpty)
  }
}
