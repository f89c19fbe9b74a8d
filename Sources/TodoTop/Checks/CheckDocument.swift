import ClusterModel
import Dashboard
import Playbook

/// The report of the checks as JSON; fields are added, never renamed.
struct CheckDocument: Encodable {
  struct PhaseDocument: Encodable {
    let phase: Int
    let title: String
    let holding: Int
    let judged: Int
    let checks: [CheckLine]
  }

  struct CheckLine: Encodable {
    let id: String
    let title: String
    let state: String
    let origin: String
    let evidence: String
    let advice: String
  }

  let version = 1
  let title: String
  let context: String
  let namespace: String?
  let moment: String
  let holding: Int
  let failing: Int
  let phases: [PhaseDocument]

  init(_ report: CheckReport) {
    title = report.title
    context = report.context
    namespace = report.namespace
    moment = report.moment.rfc3339
    holding = report.count(.holds, .manual)
    failing = report.count(.fails)
    phases = report.phases.map { phase in
      PhaseDocument(
        phase: phase.phase, title: phase.title, holding: phase.progress.holding, judged: phase.progress.judged,
        checks: phase.checks.map {
          CheckLine(
            id: $0.id, title: $0.title, state: $0.result.state.rawValue, origin: $0.result.origin.rawValue,
            evidence: $0.result.evidence, advice: $0.result.advice)
        })
    }
  }
}
