import CellScreen
import ClusterModel

/// What records the session, and what plays one that was recorded.
let recordingCommands: [Command] = [
  Command(
    "record", .anywhere, words: ["record"],
    argument: Command.Argument("FILE") { state, path in
      if let reason = recordingReason(state) { state.notice = reason }
      return recordingReason(state) == nil ? [.record(path)] : []
    }, group: .screen,
    summary: "record what is learned of the cluster to a new file; again ends it",
    disabledReason: { $0.recordingFile == nil ? recordingReason($0) : nil },
    perform: { [$0.recordingFile == nil ? .record("") : .stopRecording] }),
  Command(
    "replay-pause", .anywhere, keys: ".", words: ["pause-replay"], group: .screen,
    summary: "in a replay: pause, or go on", disabledReason: replayReason,
    perform: { _ in [.replay(.pauseOrContinue)] }),
  Command(
    "replay-faster", .anywhere, keys: ">", group: .screen, summary: "in a replay: play twice as fast",
    disabledReason: replayReason, perform: { $0.play(atSpeedTimes: 2) }),
  Command(
    "replay-slower", .anywhere, keys: "<", group: .screen, summary: "in a replay: play half as fast",
    disabledReason: replayReason, perform: { $0.play(atSpeedTimes: 0.5) }),
]

/// Why nothing can be recorded now.
private func recordingReason(_ state: DashboardState) -> String? {
  let connection = state.snapshot.connection
  if let file = state.recordingFile { return "\(file) is recorded to already; :record ends it" }
  if connection.feed == .recording { return "this is a recording already" }
  return connection.context.isEmpty ? "the cluster is not found yet" : nil
}

/// Why there is nothing to play.
private let replayReason: @Sendable (DashboardState) -> String? = { state in
  guard let replay = state.snapshot.connection.replay else { return "only a replay can be paused: todotop replay FILE" }
  return replay.isOver ? "the recording ends here" : nil
}

extension DashboardState {
  /// Plays a replay at another speed.
  fileprivate mutating func play(atSpeedTimes factor: Double) -> [Effect] {
    guard let replay = snapshot.connection.replay else { return [] }
    return [.replay(.speed(replay.speed * factor))]
  }
}
