import ClusterModel
import Testing

@testable import Playbook

@Suite struct DrillMeasuresTests {
  private let start = Timestamp(seconds: 1_000_000)

  /// Probes four times a second from half a minute before; bad while the second is in a range.
  private func measured(bad: Range<Double>, until end: Double = 60) -> DrillMeasures {
    var measures = DrillMeasures()
    measures.startedAt = start
    for step in -120..<Int(end * 4) {
      let second = Double(step) / 4
      let at = start.advanced(by: .milliseconds(step * 250))
      measures.take(
        DrillProbe("todo.local/", at: at, isGood: !bad.contains(second), latency: .milliseconds(step < 0 ? 10 : 20)))
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
    measures.take(isRecovered: true, at: start.advanced(by: .seconds(5)))
    measures.take(isRecovered: false, at: start.advanced(by: .seconds(9)))
    measures.take(isRecovered: true, at: start.advanced(by: .seconds(12)))
    measures.take(isRecovered: true, at: start.advanced(by: .seconds(21)))
    #expect(measures.timeToRecover == nil)
    measures.take(isRecovered: true, at: start.advanced(by: .seconds(22)))
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
    measures.signalAt = signal.map { start.advanced(by: .milliseconds(Int($0 * 1_000))) }
    if let recovered {
      let at = start.advanced(by: .milliseconds(Int(recovered * 1_000)))
      measures.take(isRecovered: true, at: at)
      measures.take(isRecovered: true, at: at.advanced(by: .seconds(10)))
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
    measures.signalAt = start.advanced(by: .seconds(2))
    measures.undoneAt = start.advanced(by: .seconds(8))
    measures.take(isRecovered: true, at: start.advanced(by: .seconds(9)))
    measures.take(isRecovered: true, at: start.advanced(by: .seconds(19)))
    let prediction = DrillPrediction(
      promisesNoImpact: false, window: .seconds(15), recoveryLimit: .seconds(60), isUndone: true)
    measures.screenAt = start.advanced(by: .seconds(4))
    #expect(DrillVerdict(measures, prediction, state: .restored, isStopped: false).word == .passed)
    measures.screenAt = start.advanced(by: .seconds(14))
    #expect(DrillVerdict(measures, prediction, state: .restored, isStopped: false).word == .failed)
  }

  @Test func `the report says the same in all its forms`() throws {
    let cluster = TestCluster()
    let plan = try DrillRig.plan(.badImage, in: cluster)
    var measures = measured(bad: 5..<15)
    measures.signalAt = start.advanced(by: .seconds(3))
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
      measures.signalAt = start.advanced(by: .seconds(3))
      measures.undoneAt = start.advanced(by: .seconds(10))
      let at = start.advanced(by: .milliseconds(Int((10 + recovery) * 1_000)))
      measures.take(isRecovered: true, at: at)
      measures.take(isRecovered: true, at: at.advanced(by: .seconds(10)))
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
