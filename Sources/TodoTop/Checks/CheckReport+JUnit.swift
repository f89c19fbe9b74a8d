import ClusterModel
import Dashboard
import Playbook

extension CheckReport {
  /// The report as JUnit XML: a suite a phase, a case a check; what cannot be judged is skipped, with the reason.
  var junit: String {
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
    lines.append("<testsuites name=\"\(escaped(title))\"\(counts(of: checks))>")
    for phase in phases {
      let name = escaped("\(phase.phase) \(phase.title)")
      lines.append("  <testsuite name=\"\(name)\"\(counts(of: phase.checks)) timestamp=\"\(moment.rfc3339)\">")
      lines.append("    <properties>")
      for (key, value) in [("context", context), ("namespace", namespace ?? "")] {
        lines.append("      <property name=\"\(key)\" value=\"\(escaped(value))\"/>")
      }
      lines.append("    </properties>")
      lines += phase.checks.map { testcase($0, suite: name) }
      lines.append("  </testsuite>")
    }
    return (lines + ["</testsuites>"]).joined(separator: "\n") + "\n"
  }

  private func counts(of checks: [PhaseResult.Line]) -> String {
    let failures = checks.count { $0.result.state == .fails }
    let skipped = checks.count { !$0.result.isGood && $0.result.state != .fails }
    return " tests=\"\(checks.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\""
  }

  private func testcase(_ check: PhaseResult.Line, suite: String) -> String {
    let result = check.result
    let head = "    <testcase classname=\"\(suite)\" name=\"\(escaped("\(check.id) \(check.title)"))\""
    let evidence = escaped(result.evidence)
    let output = "<system-out>\(evidence) (\(result.origin.rawValue))</system-out>"
    switch result.state {
    case .holds, .manual: return head + ">\(output)</testcase>"
    case .fails:
      let advice = escaped(result.advice)
      return head + "><failure message=\"\(evidence)\" type=\"fails\">\(advice)</failure>\(output)</testcase>"
    case .unknown, .skipped, .stale:
      return head + "><skipped message=\"\(result.state.rawValue): \(evidence)\"/></testcase>"
    }
  }
}

/// Text as XML takes it: what it does not allow at all becomes a space.
private func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}", "\u{FFFE}", "\u{FFFF}": result += " "
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
