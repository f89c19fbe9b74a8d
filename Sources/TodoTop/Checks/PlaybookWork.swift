import ClusterAccess
import ClusterModel
import Dashboard
import Operations
import Playbook

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a deploy and its checks ask of the outside: looking things up, running remedies, keeping what was timed.
///
/// A class because threads answer it; the run loop alone calls it.
final class PlaybookWork {
  private let reader: FactReader
  private var readings: [Background<[FactQuestion: Fact]>] = []
  private var remedy: (run: RemedyRun, number: Int)?
  private let stopFlag = StopFlag()
  private var record: DeployRecordFile?
  private var notes: [String] = []

  /// Where it is kept what was timed; `nil` for the user's own folder.
  private let state: String?

  /// Work with the programs of a cluster.
  ///
  /// - Parameter state: Where it is kept what was timed; a demo is another cluster each time.
  init(_ programs: ToolPrograms, state: String?) {
    reader = FactReader(programs) { currentMoment() }
    self.state = state
  }

  /// Readable once there is something to take.
  var descriptors: [Int32] { readings.map(\.descriptor) + (remedy.map { [$0.run.descriptor] } ?? []) }

  /// Whether nothing is under way.
  var isIdle: Bool { readings.isEmpty && remedy == nil }

  /// Begins what an effect asks for, if it is one of these.
  func perform(_ effect: Effect) {
    switch effect {
    case .readFacts(let questions):
      let (reader, stopFlag) = (reader, stopFlag)
      readings.append(Background { reader.answers(questions) { stopFlag.isSet } })
    case .runRemedy(let command, let number): remedy = (RemedyRun(command), number)
    case .stopRemedy: remedy?.run.stop()
    case .saveRecord(let kept): save(kept)
    case .saveEvidence(let text): notes.append(EvidenceFile(text, at: currentMoment()).save())
    default: break
    }
  }

  /// What has come since it was last asked, as actions.
  func takeActions() -> [Action] {
    var actions: [Action] = []
    var left: [Background<[FactQuestion: Fact]>] = []
    for reading in readings {
      guard let facts = try? reading.take() else {
        left.append(reading)
        continue
      }
      actions.append(.factsRead(facts))
      openRecord(facts, &actions)
    }
    readings = left
    if let (run, number) = remedy {
      let taken = run.take()
      if !taken.lines.isEmpty { actions.append(.remedySaid(number: number, taken.lines)) }
      if let end = taken.end {
        remedy = nil
        actions.append(.remedyEnded(number: number, problem: end.problem))
      }
    }
    actions += notes.map { .arrived([.noted($0)]) }
    notes = []
    return actions
  }

  /// Ends what runs.
  ///
  /// A remedy gets the time that it has for ending politely: helm takes back what it began.
  func close() {
    stopFlag.set()
    guard let run = remedy?.run else { return }
    run.stop()
    let start = currentMoment()
    while run.take().end == nil, currentMoment().since(start).inSeconds < Self.graceSeconds { usleep(20_000) }
  }

  /// How long the end of a remedy is waited for, in seconds.
  private static let graceSeconds = 12.0

  /// Once it is known which cluster it is, what was kept of it is read.
  private func openRecord(_ facts: [FactQuestion: Fact], _ actions: inout [Action]) {
    guard record == nil, case .ended(0, let uid, _)? = facts[.tool(.clusterUID)]?.answer else { return }
    guard let file = DeployRecordFile(clusterUID: uid, state: state) else { return }
    record = file
    let (kept, problem) = file.read()
    actions.append(.recordRead(kept))
    if let problem { actions.append(.arrived([.noted(problem)])) }
  }

  private func save(_ kept: DeployRecord) {
    if let problem = record?.write(kept) { notes.append(problem) }
  }
}
