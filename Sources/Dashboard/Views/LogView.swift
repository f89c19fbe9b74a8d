import CellScreen
import ClusterModel

/// The keys that count while logs are shown.
let logCommands: [Command] =
  viewCommands(.logs) + [
    Command(
      "logs-follow", .view(.logs), keys: "G", "end", summary: "go to the newest line and follow", hint: "follow",
      disabledReason: { $0.logs?.isFollowing == true ? "the newest line is shown already" : nil },
      perform: {
        $0.logs?.scroll = 0; return []
      }),
    Command(
      "logs-top", .view(.logs), keys: "g", "home", summary: "go to the oldest line",
      perform: {
        $0.scrollView(by: -LogState.limit * 2)
        return []
      }),
    Command(
      "logs-wrap", .view(.logs), keys: "w", summary: "wrap long lines, or cut them", hint: "wrap",
      perform: {
        $0.logs?.isWrapped.toggle()
        $0.notice = $0.logs?.isWrapped == true ? "long lines are wrapped" : "long lines are cut"
        return []
      }),
    Command(
      "logs-time", .view(.logs), keys: "t", summary: "show or hide the time of each line", hint: "time",
      perform: {
        $0.logs?.showsTime.toggle()
        $0.notice = $0.logs?.showsTime == true ? "each line has its time, in UTC" : "the times are hidden"
        return []
      }),
  ]

/// The lines of the containers that are followed, newest at the bottom.
func drawLogs(_ state: DashboardState, _ canvas: Canvas) {
  guard let logs = state.logs else { return }
  var note = logs.isFollowing ? "following" : "\(logs.scroll) lines up · G follows"
  if logs.dropped > 0 { note += " · \(logs.dropped) older lines dropped" }
  let count = logs.sources.count == 1 ? "1 container" : "\(logs.sources.count) containers"
  let title = [Span("Logs ", .title), Span(logs.title, .strong), Span(" · \(count)", .muted)]
  let inside = canvas.box(title: title, titleRight: [Span(note, .muted)], style: .borderFocused)
  if logs.lines.isEmpty {
    inside.write(
      logs.sources.isEmpty ? "No container has started yet." : "No lines yet.", at: Position(column: 1, row: 0),
      style: .muted)
    return
  }
  // From the newest line up, so that only lines that are seen are laid out.
  var row = inside.rows
  let showsPod = Set(logs.sources.map { $0.pod + $0.container }).count > 1
  for line in logs.lines.dropLast(logs.scroll).reversed() where row > 0 {
    // Before a line is wrapped, as half a name would be no name any more.
    let spans = state.masking.masked(spans(of: line, logs, showsPod: showsPod))
    let parts = logs.isWrapped ? wrapped(spans, columns: inside.columns - 1) : [spans]
    for part in parts.reversed() where row > 0 {
      row -= 1
      inside.verbatim.write(part, at: Position(column: 1, row: row))
    }
  }
}

private func spans(of line: LogState.Line, _ logs: LogState, showsPod: Bool) -> [Span] {
  if line.isSeam { return [Span("── \(line.text) ──", .muted)] }
  var spans: [Span] = []
  if logs.showsTime, let time = line.time { spans.append(Span(timeText(time) + " ", .stamp)) }
  if showsPod { spans.append(Span(shortPodName(line.pod) + "/" + line.container + " ", .accent)) }
  return spans + [Span(redacted(line.text), level(of: line.text))]
}

/// The style of a line by the level that it names itself.
private func level(of text: String) -> Style {
  let head = text.prefix(200)
  if head.contains("ERROR") || head.contains("error") || head.contains("Traceback") || head.contains("FATAL") {
    return .danger
  }
  return head.contains("WARN") ? .warning : .plain
}

/// A line cut into pieces that fit.
private func wrapped(_ spans: [Span], columns: Int) -> [[Span]] {
  guard columns > 0 else { return [spans] }
  var lines: [[Span]] = [[]]
  var used = 0
  for span in spans {
    var piece = ""
    for character in span.text.prefix(20_000) {
      let width = TextWidth.columns(of: String(character))
      if used + width > columns {
        lines[lines.count - 1].append(Span(piece, span.style))
        lines.append([])
        (piece, used) = ("", 0)
      }
      piece.append(character)
      used += width
    }
    lines[lines.count - 1].append(Span(piece, span.style))
  }
  return lines
}

/// The last part of a pod's name, which tells it from its siblings.
func shortPodName(_ name: String) -> String { name.split(separator: "-").last.map(String.init) ?? name }

extension DashboardState {
  /// The pod or workload whose logs `l` would follow.
  var logTarget: ObjectKey? {
    guard let object = subject else { return nil }
    switch object.kind {
    case .pods, .deployments, .statefulSets, .daemonSets, .jobs, .replicaSets: return object
    default: return nil
    }
  }

  mutating func openLogs() -> [Effect] {
    guard let target = logTarget else { return [] }
    let isPod = target.kind == .pods
    logs = LogState(
      title: isPod ? target.name : "\(target.kind.kindName.lowercased())/\(target.name)",
      sources: logSources(of: target),
      owner: isPod ? nil : target)
    if views.last != .logs { open(.logs) }
    return [.followLogs(logs?.sources ?? [])]
  }

  /// Lets pods that came join; `nil` when nothing changed.
  mutating func updateLogSources() -> [Effect]? {
    guard let owner = logs?.owner else { return nil }
    let sources = logSources(of: owner)
    guard sources != logs?.sources else { return nil }
    logs?.sources = sources
    return [.followLogs(sources)]
  }

  /// The containers of an object's pods that have begun, by pod and container.
  func logSources(of target: ObjectKey) -> [LogTarget] {
    let pods = target.kind == .pods ? [target] : snapshot.pods(of: target)
    return pods.sorted().compactMap { snapshot.pods[$0] }.flatMap { pod in
      (pod.initContainerStatuses + pod.containerStatuses).compactMap { status in
        if case .waiting = status.state, status.lastState == .absent { return nil }
        if status.state == .absent { return nil }
        // Init containers that are done have nothing more to say.
        if case .terminated = status.state, !pod.containers.contains(where: { $0.name == status.name }) { return nil }
        return LogTarget(namespace: pod.metadata.namespace, pod: pod.metadata.name, container: status.name)
      }
    }
  }

  mutating func appendLogs(_ lines: [LogLine]) {
    // What was on its way when other containers were chosen belongs to nobody now.
    let followed = Set(logs?.sources ?? [])
    logs?.append(
      lines.filter { followed.contains(LogTarget(namespace: $0.namespace, pod: $0.pod, container: $0.container)) }.map {
        LogState.Line(pod: $0.pod, container: $0.container, time: $0.time, text: $0.text, isSeam: false)
      })
  }

  mutating func appendSeam(_ seam: LogSeam) {
    guard logs?.sources.contains(where: { $0.pod == seam.pod && $0.container == seam.container }) == true else {
      return
    }
    let what =
      switch seam.change {
      case .joined: "joined"
      case .ended: "ended"
      case .reconnected(let gap): "reconnected after \(ageText(gap.inSeconds)), gap possible"
      case .dropped(let lines): "\(lines) lines dropped"
      case .failed(let reason): reason
      }
    logs?.append([
      LogState.Line(
        pod: seam.pod, container: seam.container, time: nil,
        text: "\(shortPodName(seam.pod))/\(seam.container) \(what)",
        isSeam: true)
    ])
  }
}
