import CellScreen
import ClusterModel

/// Samples come every 15 seconds: one column of a history each.
let sampleStep = Duration.seconds(15)

/// A sample of cpu: `42m`, `1.5`; a dash where there is none.
func cpuSpan(_ millicores: Int?) -> Span {
  guard let millicores else { return Span("–", .muted) }
  return Span(cpuText(millicores))
}

/// Cpu as people read it: `42m` below a core, else `1.5`.
func cpuText(_ millicores: Int) -> String {
  guard millicores >= 1_000 else { return "\(millicores)m" }
  return decimal(millicores, per: 1_000)
}

/// A sample of memory: `212Mi`; a dash where there is none.
func memorySpan(_ bytes: Int?) -> Span {
  guard let bytes else { return Span("–", .muted) }
  return Span(memoryText(bytes))
}

/// Memory as people read it: `212Mi`, `1.4Gi`.
func memoryText(_ bytes: Int) -> String {
  let mebi = 1 << 20
  if bytes < mebi { return "\(bytes >> 10)Ki" }
  return bytes < 1_024 * mebi ? "\(bytes / mebi)Mi" : "\(decimal(bytes / mebi, per: 1_024))Gi"
}

/// A quotient with one digit after the point.
private func decimal(_ number: Int, per unit: Int) -> String {
  // By way of Double: an absurd quantity is no reason to stop.
  let rounded = Int(min(max((Double(number) * 10 / Double(unit)).rounded(), 0), 1e15))
  return rounded >= 100 || rounded % 10 == 0 ? "\(rounded / 10)" : "\(rounded / 10).\(rounded % 10)"
}

/// A share in percent, coloured from where it is tight; nothing where it is not known.
func percentSpan(_ share: Double?) -> Span {
  guard let share, share.isFinite else { return Span("–", .muted) }
  let percent = Int(min(share, 99.99) * 100)
  return Span("\(percent)%", share >= Bar.fullShare ? .danger : share >= Bar.highShare ? .warning : .plain)
}

/// A share of a request in percent: what is asked for may well be used, only beyond it others may lack.
func requestSpan(_ share: Double?) -> Span {
  var span = percentSpan(share)
  if let share, share.isFinite { span.style = share > 1 ? .warning : .plain }
  return span
}

extension PodHealth {
  var style: Style {
    switch self {
    case .good: .good
    case .progressing: .rolling
    case .bad: .danger
    case .done: .muted
    }
  }
}

extension WorkloadHealth {
  var style: Style {
    switch self {
    case .good: .good
    case .progressing: .rolling
    case .degraded: .warning
    case .down: .danger
    case .idle: .muted
    }
  }

  var glyph: String {
    switch self {
    case .good: "✓"
    case .progressing: "◐"
    case .degraded: "⚠"
    case .down: "✗"
    case .idle: "–"
    }
  }
}

extension Finding.Severity {
  var style: Style {
    switch self {
    case .note: .muted
    case .warning: .warning
    case .failure: .danger
    }
  }

  var glyph: String {
    switch self {
    case .note: "·"
    case .warning: "⚠"
    case .failure: "✗"
    }
  }
}

extension DashboardState {
  /// The row of an object as it is now.
  func rowID(of key: ObjectKey) -> RowID { .object(key, snapshot[key]?.metadata.uid ?? UID("")) }
}

/// A number of things: `1 step`, `3 steps`.
func counted(_ count: Int, _ word: String) -> String { "\(grouped(count)) \(word)\(count == 1 ? "" : "s")" }
