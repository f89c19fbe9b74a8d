import ClusterModel
import YAML

/// What a program printed and how it ended.
struct ToolOutput {
  let code: Int32
  let output: String
  let errorText: String

  /// The last line of what went wrong, for people.
  var problem: String {
    let lines = (errorText.isEmpty ? output : errorText).split(whereSeparator: \.isNewline)
    return lines.last { !$0.allSatisfy(\.isWhitespace) }.map { cut(String($0)) } ?? "it ended with code \(code)"
  }
}

extension CheckContext {
  /// What a program said.
  ///
  /// - Throws: The result of a check that needs it: skipped without the program, else unknown.
  func output(of question: ToolQuestion) throws(Unanswered) -> ToolOutput {
    switch facts[tool: question] {
    case .ended(let code, let output, let errorText):
      return ToolOutput(code: code, output: output, errorText: errorText)
    case .missing(let program): throw Unanswered(.skipped("\(program) is not installed"))
    case .late(let seconds): throw Unanswered(.unknown("no answer in \(seconds) s"))
    case .failed(let reason): throw Unanswered(.unknown(reason))
    case nil: throw Unanswered(.unknown("not looked up yet"))
    case .text, .entries, .addresses, .absent: throw Unanswered(.unknown("there is no answer"))
    }
  }

  /// The JSON that a program printed.
  func document(of question: ToolQuestion) throws(Unanswered) -> DocumentValue {
    let said = try output(of: question)
    guard said.code == 0 else { throw Unanswered(.unknown(said.problem)) }
    return try said.document
  }

  /// The text of a file; `nil` where there is none.
  func text(ofFile path: String) throws(Unanswered) -> String? {
    switch facts[.file(path)]?.answer {
    case .text(let text): return text
    case .absent: return nil
    case .failed(let reason): throw Unanswered(.unknown(reason))
    case nil: throw Unanswered(.unknown("\(path) is not read yet"))
    default: throw Unanswered(.unknown("\(path) cannot be read"))
    }
  }

  /// The files below a folder; `nil` where there is none.
  func entries(ofFolder path: String) throws(Unanswered) -> [String]? {
    switch facts[.folder(path)]?.answer {
    case .entries(let entries): return entries
    case .absent: return nil
    case .failed(let reason): throw Unanswered(.unknown(reason))
    case nil: throw Unanswered(.unknown("\(path) is not read yet"))
    default: throw Unanswered(.unknown("\(path) cannot be read"))
    }
  }

  /// The addresses of a name; `nil` where it has none.
  func addresses(ofHost name: String) throws(Unanswered) -> [String]? {
    switch facts[.host(name)]?.answer {
    case .addresses(let addresses): return addresses.isEmpty ? nil : addresses
    case .absent: return nil
    case .failed(let reason): throw Unanswered(.unknown(reason))
    case .late(let seconds): throw Unanswered(.unknown("\(name) was not resolved in \(seconds) s"))
    default: throw Unanswered(.unknown("\(name) is not resolved yet"))
    }
  }

  /// A run that was timed, believed for a day.
  ///
  /// - Parameter what: For people: `the build of backend`.
  func run(_ name: String, what: String) throws(Unanswered) -> DeployRecord.Run {
    guard let run = record.runs[name] else { throw Unanswered(.unknown("\(what) was not timed yet")) }
    return run
  }
}

extension ToolOutput {
  /// The JSON that was printed.
  var document: DocumentValue {
    get throws(Unanswered) {
      do throws(DecodingProblem) {
        return try DocumentValue.read(Array(output.utf8))
      } catch {
        throw Unanswered(.unknown("the answer is not JSON"))
      }
    }
  }
}

extension CheckResult {
  /// The result of what was timed: recorded, simulated where the demo played it, stale after a day.
  func recorded(_ run: DeployRecord.Run, at now: Timestamp) -> CheckResult {
    var result = known(run.isSimulated ? .simulated : .recorded)
    let age = now.since(run.endedAt)
    guard age > DeployRecord.staleAfter else { return result }
    result.state = .stale
    result.evidence += ", \(Age.text(of: age)) ago"
    result.advice = "repeat it: what was recorded is older than a day"
    return result
  }
}

extension DocumentValue {
  /// The elements of a list; none of anything else.
  var elements: [DocumentValue] { if case .list(let list) = self { list } else { [] } }

  /// The members of a mapping; none of anything else.
  var fields: [Member] { if case .members(let members) = self { members } else { [] } }

  /// A text or a number as it is written.
  var scalar: String {
    switch self {
    case .text(let text), .number(let text): text
    case .bool(let flag): flag ? "true" : "false"
    default: ""
    }
  }
}

/// A text that may be long, short enough for evidence.
func cut(_ text: String, limit: Int = 120) -> String {
  let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
  return line.count > limit ? line.prefix(limit - 1) + "…" : line
}
