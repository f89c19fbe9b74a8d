import ClusterAccess
import ClusterModel
import Dashboard
import Subprocess
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes a session down, on a thread of its own: a slow disk holds up no key.
///
/// A class because its thread and the run loop share it.
final class Recorder: Sendable {
  /// Where a recording ends unless a person says otherwise, in MiB.
  static let usualLimitMebibytes = 512
  /// How many events wait for the disk at most.
  static let eventsMax = 200_000
  /// How many bytes of output wait for the disk at most.
  static let outputBytesMax = 64 << 20
  /// How long the end of the program waits for the last lines.
  static let patience = Duration.seconds(2)

  /// What became of a recording.
  struct Outcome {
    /// In a sentence.
    var sentence: String
    /// Whether it ended as somebody wanted.
    var isWanted: Bool
  }

  /// Why writing ends by itself.
  private enum Stop: Error {
    case limit
    case file(NewFile.Problem)
  }

  private struct Batch {
    var moment: Timestamp
    var events: [ClusterEvent]
  }

  private struct End {
    var reason: String
    var moment: Timestamp
  }

  private struct Waiting {
    var batches: [Batch] = []
    var events = 0
    var outputBytes = 0
    /// Why nothing more is to be written, and since when.
    var end: End?
    /// What became of the recording, until it is taken.
    var outcome: Outcome?
  }

  let path: String
  private let limitBytes: Int
  private let startedAt: Timestamp
  private let file: Mutex<NewFile>
  private let waiting = Mutex(Waiting())
  private let wake = WakePipe()
  private let done = WakePipe()

  /// Begins a file at a path, or in the usual place for an empty one.
  init(
    _ path: String, _ header: RecordedHeader, limitMebibytes: Int = Recorder.usualLimitMebibytes
  ) throws(NewFile.Problem) {
    let stamp = header.startedAt.rfc3339
    let name = path.isEmpty ? NewFile.usualName("todotop", "jsonl", stamp: stamp) : NewFile.expanded(path)
    guard let name else { throw NewFile.Problem(sentence: "the usual folder is full of recordings; name a file") }
    var file = try NewFile(name)
    guard let line = try? header.line() else { throw NewFile.Problem(sentence: "\(name) cannot be begun") }
    try file.append(line)
    self.file = Mutex(file)
    self.path = name
    limitBytes = limitMebibytes << 20
    startedAt = header.startedAt
    startThread { [self] in run() }
  }

  /// Readable when the recording has ended.
  var descriptor: Int32 { done.descriptor }

  /// Writes down what was learned at a moment, soon.
  func take(_ events: [ClusterEvent], at moment: Timestamp) {
    waiting.withLock { waiting in
      guard waiting.end == nil else { return }
      waiting.batches.append(Batch(moment: moment, events: events))
      waiting.events += events.count
      for case .logged(let lines) in events { waiting.outputBytes += lines.reduce(0) { $0 + $1.text.utf8.count } }
      if waiting.events > Self.eventsMax || waiting.outputBytes > Self.outputBytesMax {
        waiting.end = End(reason: "the disk is slower than what happens", moment: moment)
      }
    }
    wake.wake()
  }

  /// Ends the recording behind what was taken so far; its outcome comes later.
  func end(_ reason: String) {
    let end = End(reason: reason, moment: currentMoment())
    waiting.withLock { $0.end = $0.end ?? end }
    wake.wake()
  }

  /// What became of the recording, once it has ended.
  func takeOutcome() -> Outcome? {
    waiting.withLock { waiting in
      defer { waiting.outcome = nil }
      return waiting.outcome
    }
  }

  /// Ends the recording and waits a moment for it.
  func close() {
    end("the program was left")
    var descriptor = pollfd(fd: done.descriptor, events: Int16(POLLIN), revents: 0)
    poll(&descriptor, 1, Int32(Self.patience.inSeconds * 1_000))
  }

  // MARK: - On its thread

  private func run() {
    var last = startedAt
    while true {
      let (batches, end) = nextBatches()
      do throws(Stop) {
        for batch in batches {
          last = batch.moment
          try write(batch)
        }
        guard let end else { continue }
        last = max(last, end.moment)
        try append(.end(end.reason, at: last))
        return finish("\(end.reason); \(size(at: last)) are in \(path)", isWanted: true)
      } catch {
        switch error {
        case .limit:
          let limit = "the limit of \(limitBytes >> 20) MiB is reached"
          try? append(.end(limit, at: last))
          return finish("the recording has ended: \(limit); \(size(at: last)) are in \(path)", isWanted: true)
        case .file(let problem):
          return finish(
            "the recording has ended: \(problem.sentence); the \(size(at: last)) before are good", isWanted: false)
        }
      }
    }
  }

  /// Waits for something to write.
  private func nextBatches() -> ([Batch], end: End?) {
    while true {
      let (batches, end) = waiting.withLock { waiting in
        defer { (waiting.batches, waiting.events, waiting.outputBytes) = ([], 0, 0) }
        return (waiting.batches, waiting.end)
      }
      if !batches.isEmpty || end != nil { return (batches, end) }
      var descriptor = pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0)
      poll(&descriptor, 1, -1)
      wake.drain()
    }
  }

  private func write(_ batch: Batch) throws(Stop) {
    do {
      try RecordedLine.forEach(batch.events, at: batch.moment) { line in
        var line = line
        line.change { $0.redacted() }
        try append(line)
      }
    } catch {
      throw error as? Stop ?? .file(NewFile.Problem(sentence: "\(error)"))
    }
  }

  private func append(_ line: RecordedLine) throws(Stop) {
    guard let bytes = try? line.line() else { throw .file(NewFile.Problem(sentence: "a line cannot be made")) }
    let room = limitBytes
    try file.withLock { file throws(Stop) in
      // The last line says why it is the last, so it always has room.
      guard file.bytes + bytes.count <= room || line.end != nil else { throw .limit }
      do throws(NewFile.Problem) { try file.append(bytes) } catch { throw .file(error) }
    }
  }

  private func size(at last: Timestamp) -> String {
    let bytes = file.withLock { $0.bytes }
    return "\(Age.text(since: startedAt, at: last)), \(ByteText.text(bytes))B"
  }

  private func finish(_ sentence: String, isWanted: Bool) {
    waiting.withLock { waiting in
      let end = waiting.end ?? End(reason: sentence, moment: startedAt)
      waiting = Waiting(end: end, outcome: Outcome(sentence: sentence, isWanted: isWanted))
    }
    done.wake()
  }
}

extension RecordedHeader {
  /// The header for what a screen shows.
  init(of state: DashboardState, at moment: Timestamp) {
    let connection = state.snapshot.connection
    self.init(
      program: version, title: state.title, context: connection.context, namespace: connection.namespace,
      startedAt: moment, isDemo: state.isDemo)
  }
}
