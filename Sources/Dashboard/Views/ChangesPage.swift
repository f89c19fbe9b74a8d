import CellScreen
import ClusterModel

/// What changed in a span of time, newest first, and what cannot be known of it.
func changeLines(_ window: ChangeWindow, _ state: DashboardState) -> [TextLine] {
  let start = state.now.advanced(by: .zero - window.duration)
  let report = state.snapshot.changes(since: start, in: state.namespace, at: state.now)
  let counts = Change.Subject.allCases.map { subject in
    (subject, report.changes.count { $0.subject == subject })
  }
  let total = counts.map { subject, count in
    Span(count == 0 ? "no \(subject.words(1))" : "\(count) \(subject.words(count))", count == 0 ? .muted : .strong)
  }
  let lines = report.changes.map { changeLine($0, state) }
  return [TextLine(dotted(total)), .blank] + lines + (lines.isEmpty ? [] : [.blank]) + limits(of: report, window, state)
}

private func changeLine(_ change: Change, _ state: DashboardState) -> TextLine {
  let ago = Age.text(since: change.at, at: state.now)
  return TextLine(
    [
      Span("\(timeText(change.at))  \(ago.padded(to: 7))", .stamp),
      Span(change.subject.rawValue.padded(to: 14), .label),
      Span(change.object.name, .link), Span("  \(oneLine(change.text))"),
    ], link: change.object, indent: 31)
}

/// What is not known, plainly.
private func limits(of report: ChangeReport, _ window: ChangeWindow, _ state: DashboardState) -> [TextLine] {
  var lines: [TextLine] = []
  let told = "images and revisions, restarts, nodes' conditions, new ConfigMaps and Secrets, and Helm's deploys"
  let seen =
    "scaling by hand, changed or deleted ConfigMaps and Secrets, cordoned nodes, and returns to an older revision"
  if let since = report.watchedSince, report.isPartlyBlind {
    let age = Age.text(since: since, at: state.now)
    lines.append(
      TextLine([
        Span("· ", .muted),
        Span("Watching since \(timeText(since)) (\(age)). From before, the objects themselves tell \(told).", .muted),
      ]))
    lines.append(TextLine([Span("? ", .unknown), Span("Not known from before: \(seen).", .muted)]))
  } else if report.watchedSince == nil {
    lines.append(
      TextLine([Span("· ", .muted), Span("Nothing is watched here: the objects themselves tell \(told).", .muted)]))
    lines.append(TextLine([Span("? ", .unknown), Span("Not known: \(seen).", .muted)]))
  }
  if !report.unread.isEmpty {
    let names = report.unread.map(\.resource).joined(separator: ", ")
    lines.append(TextLine([Span("? ", .unknown), Span("Not read, so nothing is known of them: \(names).", .warning)]))
  }
  return lines
}

extension Change.Subject {
  /// What one or several are called.
  fileprivate func words(_ count: Int) -> String {
    let word =
      switch self {
      case .deploy: "deploy"
      case .image: "image"
      case .replicas: "scaling"
      case .configuration: "config change"
      case .restart: "restart"
      case .node: "node change"
      }
    return count == 1 ? word : word + "s"
  }
}
