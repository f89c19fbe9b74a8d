import CellScreen
import ClusterModel

/// The keys that count while logs are shown.
let logCommands: [Command] =
  viewCommands(.logs).filter { $0.id != "logs-close" } + [leaveCommand, closeCommand] + logLookCommands + startCommands
  + findCommands + lineCommands

private let leaveCommand = log("leave", "esc", "put aside what is in the way, then go back", hint: "back") {
  $0.leaveLogs()
}

private let closeCommand = log("close", "q", "go back") { $0.closeView() }

/// More lines than are laid out of any one: the way to its end.
private let linesMax = 1 << 30

private let logLookCommands: [Command] = [
  Command(
    "logs-follow", .view(.logs), keys: "G", "end", summary: "go to the newest line and follow", hint: "follow",
    disabledReason: {
      $0.logs?.isFollowing == true && $0.logs?.expanded == nil ? "the newest line is shown already" : nil
    },
    perform: {
      if $0.logs?.expanded == nil { $0.followLogs() } else { $0.scrollView(by: linesMax) }
      return []
    }),
  Command(
    "logs-top", .view(.logs), keys: "g", "home", summary: "go to the oldest line",
    perform: { state in
      if state.logs?.expanded != nil {
        state.scrollView(by: -linesMax)
        return []
      }
      guard let first = state.logs?.firstRow else {
        state.notice = "there are no lines yet"
        return []
      }
      if state.logs?.cursor == first { state.notice = "this is the beginning" }
      state.goInLogs(to: first)
      return []
    }),
  log("wrap", "w", "wrap long lines, or cut them", hint: "wrap") {
    $0.logs?.isWrapped.toggle()
    $0.logs?.shift = 0
    $0.notice = $0.logs?.isWrapped == true ? "long lines are wrapped" : "long lines are cut; right shows more of them"
    return []
  },
  log("time", "t", "show the time of each line: local, UTC, how long ago, or not", hint: "time") { state in
    let all = LogState.TimeStyle.allCases
    let index = all.firstIndex(of: state.logs?.timeStyle ?? .none) ?? 0
    let style = all[(index + 1) % all.count]
    state.logs?.timeStyle = style
    state.notice =
      switch style {
      case .none: "the times are hidden"
      case .local: "each line has its local time, \(state.zoneName)"
      case .utc: "each line has its time, in UTC"
      case .relative: "each line says how long ago it was"
      }
    return []
  },
  log("raw", "f", "show JSON and logfmt as fields, or as they came") {
    $0.logs?.isRaw.toggle()
    $0.notice = $0.logs?.isRaw == true ? "lines are shown as they came" : "JSON and logfmt are shown as fields"
    return []
  },
  log("right", "right", "show more of the right of long lines") { $0.shiftLogs(by: 20) },
  log("left", "left", "go back to the left of long lines", also: "h") { $0.shiftLogs(by: -20) },
]

/// As in k9s.
private let startCommands: [Command] = [
  start("0", "tail", .usual, "the last 1,000 lines of each container"),
  start("1", "head", .beginning, "all lines from the beginning"),
  start("2", "minute", .since(seconds: 60), "the last minute"),
  start("3", "5-minutes", .since(seconds: 300), "the last 5 minutes"),
  start("4", "15-minutes", .since(seconds: 900), "the last 15 minutes"),
  start("5", "30-minutes", .since(seconds: 1_800), "the last 30 minutes"),
  start("6", "hour", .since(seconds: 3_600), "the last hour"),
]

private let findCommands: [Command] = [
  log("search", "/", "search: the newest hit first", hint: "search") {
    $0.openPrompt(.logSearch, text: $0.logs?.search?.text ?? "")
    return []
  },
  log("older-hit", "n", "go to the next older hit") {
    $0.goToHit(older: true)
    return []
  },
  log("newer-hit", "N", "go to the next newer hit") {
    $0.goToHit(older: false)
    return []
  },
  log("filter", "&", "show only lines with a text, or with !text those without", hint: "filter") { state in
    let filter = state.logs?.filter
    state.openPrompt(.logFilter, text: filter.map { ($0.isInverse ? "!" : "") + $0.text } ?? "")
    return []
  },
]

private let lineCommands: [Command] = [
  log("expand", "enter", "show the chosen line in full, or the list again", hint: "line") {
    $0.toggleExpanded()
    return []
  },
  log("mark", "m", "set a mark behind the newest line") {
    $0.markLogs()
    return []
  },
  log("copy", "c", "copy the chosen line") { $0.copyLogLine() },
]

private func start(_ key: String, _ name: String, _ start: LogStart, _ words: String) -> Command {
  log("start-\(name)", key, "read \(words)") { $0.restartLogs(from: start, "reading \(words)") }
}

private func log(
  _ name: String, _ key: String, _ summary: String, hint: String = "", also other: String? = nil,
  perform: @escaping @Sendable (inout DashboardState) -> [Effect]
) -> Command {
  Command(
    "logs-\(name)", .view(.logs), keyList: [key] + (other.map { [$0] } ?? []), words: [], argument: nil, group: .look,
    summary: summary, hint: hint, disabledReason: { _ in nil }, perform: perform)
}

extension DashboardState {
  /// Passes over more or fewer columns of each line.
  fileprivate mutating func shiftLogs(by columns: Int) -> [Effect] {
    guard let logs, !logs.isWrapped else {
      notice = "lines are wrapped, so all of each is shown; w cuts them"
      return []
    }
    let shift = min(max(0, logs.shift + columns), LogLook.shownCharacters)
    if shift == logs.shift { notice = columns < 0 ? "this is the beginning of the lines" : "no line is shown further" }
    self.logs?.shift = shift
    return []
  }
}
