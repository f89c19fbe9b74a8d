import CellScreen
import ClusterModel
import Playbook

/// A number that an audience asks for.
struct StageNumber: Hashable, Sendable {
  var label: String
  /// What it is called where all stand in one row.
  var shortLabel: String
  var value: String
  var style: Style
  /// The share of the width it gets.
  var weight: Int
}

extension DashboardState {
  /// Pods, probes, restarts, and what users notice.
  func stageNumbers() -> [StageNumber] {
    [podNumber, probeNumber, drillNumber ?? restartNumber, userNumber]
  }

  private var podNumber: StageNumber {
    guard snapshot.stream(.pods).hasList else {
      return StageNumber(label: "pods ready", shortLabel: "pods", value: "–", style: .muted, weight: 4)
    }
    let totals = snapshot.totals(namespace.map { .namespace($0) } ?? .all)
    return StageNumber(
      label: "pods ready", shortLabel: "pods", value: "\(totals.good)/\(totals.active)",
      style: totals.bad > 0 ? .danger : totals.progressing > 0 ? .rolling : .good, weight: 4)
  }

  /// The answer of the path that is worst off: a failure, else the slowest.
  private var probeNumber: StageNumber {
    let probes = ingresses.flatMap(\.paths).compactMap(\.lastProbe)
    let worst = probes.max { ($0.isFailure ? 1 : 0, $0.latency) < ($1.isFailure ? 1 : 0, $1.latency) }
    guard let worst else {
      return StageNumber(label: "probes", shortLabel: "probes", value: "–", style: .muted, weight: 9)
    }
    let failing = probes.count(where: \.isFailure)
    let label =
      failing > 0
      ? "\(failing) of \(probes.count) probes fail" : probes.count > 1 ? "slowest of \(probes.count) probes" : "probe"
    guard let status = worst.status else {
      return StageNumber(label: label, shortLabel: "probe", value: "no answer", style: .danger, weight: 9)
    }
    return StageNumber(
      label: label, shortLabel: "probe", value: "\(status) \(Int(worst.latency.inSeconds * 1_000)) ms",
      style: worst.isFailure ? .danger : status < 400 ? .good : .warning, weight: 9)
  }

  /// How many of the users' requests were answered since the drill began that is open.
  private var drillNumber: StageNumber? {
    guard drilling.isWatched, let share = drilling.availability else { return nil }
    return StageNumber(
      label: "answered", shortLabel: "answered", value: Playbook.percent(share),
      style: share < 1 ? .danger : .good, weight: 6)
  }

  private var restartNumber: StageNumber {
    guard snapshot.stream(.pods).hasList else {
      return StageNumber(
        label: "restarts, 10 min", shortLabel: "restarts in 10 min", value: "–", style: .muted, weight: 4)
    }
    let count = restarts.count(at: now)
    return StageNumber(
      label: "restarts, 10 min", shortLabel: "restarts in 10 min",
      value: count >= RestartTally.limit ? "\(count)+" : "\(count)",
      style: count > 0 ? .warning : .good, weight: 4)
  }

  private var userNumber: StageNumber {
    let note = freshness(of: [.pods], self).isOld ? "" : verdict.usersNote
    // The note's first word is the label.
    let value = note.hasPrefix("users ") ? String(note.dropFirst(6)) : note
    let style: Style = value.isEmpty ? .muted : value == "fine" ? .good : .danger
    return StageNumber(label: "users", shortLabel: "users", value: value.isEmpty ? "–" : value, style: style, weight: 6)
  }
}

/// Draws the numbers beside each other: labels above large values, or all in one row.
func drawNumbers(_ state: DashboardState, _ canvas: Canvas) {
  let numbers = state.stageNumbers()
  guard canvas.rows > CompactLetters.rows else {
    var spans: [Span] = []
    for number in numbers {
      if !spans.isEmpty { spans.append(Span(" · ", .muted)) }
      spans += [Span("\(number.shortLabel) ", .label), Span(number.value, number.style.emphasized)]
    }
    return _ = canvas.write(spans, at: .zero)
  }
  let weights = numbers.reduce(0) { $0 + $1.weight }
  var rest = canvas.bounds
  for number in numbers {
    let place = canvas.inner(rest.takeLeft(canvas.columns * number.weight / weights))
    place.write(number.label, at: .zero, style: .label, columns: place.columns - 2)
    let value = place.inner(Rect(row: 1, columns: place.columns - 2, rows: CompactLetters.rows))
    CompactLetters(number.value).draw(on: value, style: number.style)
  }
}
