import CellScreen
import ClusterModel
import Dashboard
import Playbook

/// What `todotop check` prints: every check of every phase with what it found.
struct CheckReport {
  let title: String
  let context: String
  let namespace: String?
  let moment: Timestamp
  let phases: [PhaseResult]

  /// The report of a state.
  init(_ state: DashboardState) {
    title = state.profile.name.isEmpty ? state.title : state.profile.name
    context = state.snapshot.connection.context
    namespace = state.namespace
    moment = state.now
    phases = state.phases
  }

  var checks: [PhaseResult.Line] { phases.flatMap(\.checks) }

  /// Whether a check of these phases fails; of all phases where none are named.
  func fails(in phases: ClosedRange<Int>? = nil) -> Bool {
    self.phases.contains { phase in
      phases?.contains(phase.phase) != false && phase.checks.contains { $0.result.state == .fails }
    }
  }

  /// How many checks found that.
  func count(_ states: CheckResult.State...) -> Int { checks.count { states.contains($0.result.state) } }

  /// The report in one of the formats of `check`.
  func rendered(_ format: Arguments.Format) throws -> String {
    switch format {
    case .json: try documentText(CheckDocument(self))
    case .junit: junit
    case .text, .ansi, .svg: text
    }
  }

  /// One line a check; of those that fail also what to do.
  private var text: String {
    var lines = ["\(title) · context \(context) · namespace \(namespace ?? "all") · \(moment.rfc3339)"]
    let idColumns = (checks.map(\.id.count).max() ?? 0) + 1
    for phase in phases {
      lines += ["", "\(phase.phase) \(phase.title)  \(phase.progress.holding)/\(phase.progress.judged)"]
      if phase.checks.isEmpty { lines.append("  \(phase.reason)") }
      for check in phase.checks {
        let result = check.result
        let origin = result.origin == .observed ? "" : " (\(result.origin.rawValue))"
        let state = result.state == .fails ? "FAILS" : result.state.rawValue
        lines.append(
          "  \(state.padded(to: 8))\(check.id.padded(to: idColumns))\(check.title.padded(to: 40)) \(result.evidence)\(origin)"
        )
        if !result.advice.isEmpty { lines.append("\(String(repeating: " ", count: 10 + idColumns))→ \(result.advice)") }
      }
    }
    let skipped = count(.skipped, .unknown, .stale)
    lines += ["", "\(count(.holds, .manual)) hold, \(count(.fails)) fail, \(skipped) not judged"]
    return lines.map { sanitized($0) }.joined(separator: "\n") + "\n"
  }
}
