import ClusterModel
import Testing

@testable import Playbook

@Suite struct DrillMeasuresTests {
  private let start = DrillMoment(wall: Timestamp(seconds: 1_000_000), uptime: .seconds(500))

  /// So long after the begin, on a wall whose clock was set by so much.
  private func moment(_ seconds: Double, _ step: Duration = .zero) -> DrillMoment {
    let time = Duration.milliseconds(Int(seconds * 1_000))
    return DrillMoment(wall: start.wall.advanced(by: time + step), uptime: start.uptime + time)
  }

  /// Probes four times a second from half a minute before; bad while the second is in a range.
  ///
  /// - Parameter step: How far the clock on the wall is set ten seconds after the begin.
  private func measured(bad: Range<Double>, until end: Double = 60, clockSetBy step: Duration = .zero) -> DrillMeasures
  {
    var measures = DrillMeasures()
    measures.startedAt = start
    for quarter in -120..<Int(end * 4) {
      let second = Double(quarter) / 4
      let at = moment(second, second < 10 ? .zero : step)
      measures.take(
        DrillProbe("todo.local/", at: at, isGood: !bad.contains(second), latency: .milliseconds(quarter < 0 ? 10 : 20)))
      measures.take(DrillProbe("todo.local/", isKeptAlive: true, at: at, isGood: true, latency: .milliseconds(5)))
    }
    return measures
  }

  @Test func `figures are those of the raw answers`() throws {
    let measures = measured(bad: 5..<15)
    let path = try #require(measures.paths.first { !$0.isKeptAlive })
    #expect(path.sent == 240 && path.good == 200)
    #expect(path.outage == .seconds(10) && path.worstGap == .seconds(10))
    #expect(path.medianBefore == .milliseconds(10) && path.median == .milliseconds(20))
    #expect(measures.availability == 200.0 / 240.0)
  }

  @Test func `recovery counts from the beginning of the time it held`() {
    var measures = measured(bad: 0..<0)
    measures.take(isRecovered: true, at: moment(5))
    measures.take(isRecovered: false, at: moment(9))
    measures.take(isRecovered: true, at: moment(12))
    measures.take(isRecovered: true, at: moment(21))
    #expect(measures.timeToRecover == nil)
    measures.take(isRecovered: true, at: moment(22))
    #expect(measures.timeToRecover == .seconds(12))
  }

  @Test(arguments: [
    (signal: 3.0 as Double?, bad: 0.0..<0, recovered: 20.0 as Double?, harmless: true, DrillVerdict.Word.passed),
    (signal: nil, bad: 0.0..<0, recovered: 20, harmless: true, .noEffect),
    (signal: 40, bad: 0.0..<0, recovered: 50, harmless: true, .noEffect),
    (signal: 3, bad: 5.0..<15, recovered: 20, harmless: true, .failed),
    (signal: 3, bad: 0.0..<0, recovered: nil, harmless: true, .failed),
    (signal: 3, bad: 5.0..<15, recovered: 20, harmless: false, .failed),
  ])
  func `the verdict is that of the promise`(
    signal: Double?, bad: Range<Double>, recovered: Double?, harmless: Bool, word: DrillVerdict.Word
  ) {
    var measures = measured(bad: bad)
    measures.signalAt = signal.map { moment($0) }
    if let recovered {
      let at = moment(recovered)
      measures.take(isRecovered: true, at: at)
      measures.take(isRecovered: true, at: moment(recovered + 10))
    }
    let prediction = DrillPrediction(
      promisesNoImpact: harmless, window: .seconds(30), recoveryLimit: .seconds(60), isUndone: false)
    #expect(DrillVerdict(measures, prediction, state: .restored, isStopped: false).word == word)
    #expect(DrillVerdict(measures, prediction, state: .restored, isStopped: true).word == .aborted)
    #expect(DrillVerdict(measures, prediction, state: .neverInjected, isStopped: false).word == .aborted)
    #expect(DrillVerdict(measures, prediction, state: .conflict, isStopped: false).word == .failed)
  }

  @Test func `what users feel must be on the screen in time`() {
    var measures = measured(bad: 1..<9)
    measures.signalAt = moment(2)
    measures.undoneAt = moment(8)
    measures.take(isRecovered: true, at: moment(9))
    measures.take(isRecovered: true, at: moment(19))
    let prediction = DrillPrediction(
      promisesNoImpact: false, window: .seconds(15), recoveryLimit: .seconds(60), isUndone: true)
    measures.screenAt = moment(4)
    #expect(DrillVerdict(measures, prediction, state: .restored, isStopped: false).word == .passed)
    measures.screenAt = moment(14)
    #expect(DrillVerdict(measures, prediction, state: .restored, isStopped: false).word == .failed)
  }

  /// What was measured of a drill that was undone, with a clock that was set by so much in the middle of it.
  private func undone(clockSetBy step: Duration) -> DrillMeasures {
    var measures = measured(bad: 5..<15, clockSetBy: step)
    measures.signalAt = moment(3)
    measures.screenAt = moment(6)
    measures.undoneAt = moment(20, step)
    measures.closedAt = moment(20.5, step)
    for second in 21...40 { measures.take(isRecovered: second != 25, at: moment(Double(second), step)) }
    return measures
  }

  @Test(arguments: [-3_600, -3, 3, 3_600] as [Int64])
  func `a clock that is set changes no figure, no moment of the report and no line of the log`(step: Int64) throws {
    let cluster = TestCluster()
    let plan = try DrillRig.plan(.badImage, in: cluster)
    let record = try DrillRig.record(plan, at: cluster.now)
    let (calm, moved) = (undone(clockSetBy: .zero), undone(clockSetBy: .seconds(step)))
    #expect(calm.paths == moved.paths && calm.availability == moved.availability)
    #expect(moved.timeToUndo == .seconds(20) && moved.timeToRecover == .seconds(26))
    let verdicts = [calm, moved].map { DrillVerdict($0, plan.prediction, state: .restored, isStopped: false) }
    #expect(verdicts[0] == verdicts[1])
    let reports = zip([calm, moved], verdicts).map {
      DrillReport(record, plan.kind, $0, $1, plan.prediction, isSimulated: true)
    }
    let note =
      "the clock on the wall was set by \(step).0 s meanwhile: all moments are told by the clock as it was at the begin"
    #expect(reports[0].notes.isEmpty && reports[1].notes == [note], "\(reports[1].notes)")
    #expect(
      reports[1].json.replacing("\"\(note)\"", with: "") == reports[0].json
        && reports[1].chaosJournal.replacing("\"\(note)\"", with: "") == reports[0].chaosJournal)
    #expect(zip(calm.probes, moved.probes).allSatisfy { reports[0].line(of: $0) == reports[1].line(of: $1) })
    // The log counts as the report does.
    let ends = try ["startedAt", "recoveredAt"].map { name in
      try #require(DocumentValue.read(Array(reports[1].json.utf8))[name]?.asText)
    }
    let counted = try moved.probes.filter { probe in
      let line = try DocumentValue.read(Array(reports[1].line(of: probe).utf8))
      let at = try #require(line["at"]?.asText)
      return !probe.isKeptAlive && ends[0] <= at && at <= ends[1]
    }
    let path = try #require(moved.paths.first { !$0.isKeptAlive })
    #expect(path.sent == counted.count && path.good == counted.count(where: \.isGood) && path.sent == 105)
  }

  @Test(arguments: [DrillState.restored, .restoredByOther, .targetGone], [21.0, 110.0, nil])
  func `whoever ended it, it is judged by its promises`(state: DrillState, recovered: Double?) {
    var measures = measured(bad: 0..<0)
    (measures.signalAt, measures.undoneAt) = (moment(3), moment(20))
    if let recovered {
      measures.take(isRecovered: true, at: moment(recovered))
      measures.take(isRecovered: true, at: moment(recovered + 10))
    }
    let prediction = DrillPrediction(
      promisesNoImpact: true, window: .seconds(30), recoveryLimit: .seconds(60), isUndone: true)
    let verdict = DrillVerdict(measures, prediction, state: state, isStopped: false)
    #expect(verdict.word == (recovered == 21 ? .passed : .failed), "\(verdict.reasons)")
  }

  @Test func `the report says the same in all its forms`() throws {
    let cluster = TestCluster()
    let plan = try DrillRig.plan(.badImage, in: cluster)
    var measures = measured(bad: 5..<15)
    measures.signalAt = moment(3)
    let verdict = DrillVerdict(measures, plan.prediction, state: .restored, isStopped: false)
    let report = DrillReport(
      try DrillRig.record(plan, at: cluster.now), plan.kind, measures, verdict, plan.prediction, isSimulated: true)
    #expect(report.markdown.hasPrefix("# D14 Roll out an image that does not exist: FAILED"))
    #expect(report.markdown.contains("| todo.local/ | new | 200/240 | 83.3 % | 10.0 s | 10.0 s |"))
    let json = try DocumentValue.read(Array(report.json.utf8))
    #expect(json["timeToSignal"]?.text == "3" && json["verdict"]?.asText == "FAILED")
    let journal = try DocumentValue.read(Array(report.chaosJournal.utf8))
    for name in [
      "chaoslib-version", "experiment", "start", "end", "status", "deviated", "steady_states", "run", "rollbacks",
    ] {
      #expect(journal[name] != nil, "\(name)")
    }
    #expect(journal[pointer: "/experiment/extensions/0/name"]?.asText == "todotop")
    #expect(journal["start"]?.asText?.hasSuffix("+00:00") == true)
  }

  @Test func `the history of a drill is read from its reports`() throws {
    let cluster = TestCluster()
    let plan = try DrillRig.plan(.badImage, in: cluster)
    let runs = [(8.0, "v1"), (2.0, "v1"), (5.0, "v2")].map { recovery, revision in
      var measures = measured(bad: 0..<0)
      measures.signalAt = moment(3)
      measures.undoneAt = moment(10)
      let at = moment(10 + recovery)
      measures.take(isRecovered: true, at: at)
      measures.take(isRecovered: true, at: moment(20 + recovery))
      let verdict = DrillVerdict(measures, plan.prediction, state: .restored, isStopped: false)
      return (try? DrillRig.record(plan, at: cluster.now)).map {
        DrillReport($0, plan.kind, measures, verdict, plan.prediction, revision: revision, isSimulated: true).json
      }
    }
    let read = runs.compactMap { $0.flatMap(DrillHistory.Run.init) }
    #expect(read.map(\.cluster) == Array(repeating: DrillRig.cluster.uid, count: 3) && !DrillRig.cluster.uid.isEmpty)
    let history = DrillHistory(read, kind: "D14")
    #expect(history.runs.count == 3 && history.best == 2 && history.median == 5)
    #expect(history.byRevision.map(\.revision) == ["v1", "v2"])
    #expect(DrillHistory(read, kind: "D02").last == nil && DrillHistory.Run(report: "{}") == nil)
  }
}
