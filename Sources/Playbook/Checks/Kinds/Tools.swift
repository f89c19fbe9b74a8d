import ClusterModel

extension CheckKind {
  /// What is not installed is no failure: each tool has something that stands in for it.
  static let aiTool = CheckKind(
    "ai-tool", "the AI tool answers", parameters: [CheckParameter("tool", .text)],
    questions: { parameters, _, _ in AITool(rawValue: parameters.text("tool")).map { [.tool(.aiTool($0))] } ?? [] }
  ) { parameters, context throws(Unanswered) in
    guard let tool = AITool(rawValue: parameters.text("tool")) else {
      return .unknown(
        "there is no tool \(parameters.text("tool")): \(AITool.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    let said = try context.answer(of: tool)
    let text = said.output + "\n" + said.errorText
    guard said.code == 0 else {
      return .fails("\(tool.rawValue) does not run: \(said.problem)", advice: "install \(tool.rawValue) anew")
    }
    guard AIProgram(tool, said: text) != nil else {
      return .fails(
        "\(tool.rawValue) is another program: \(tool.sign)", advice: "install \(tool.rawValue) from \(tool.page)")
    }
    let first = text.split(whereSeparator: \.isNewline).first { !$0.allSatisfy(\.isWhitespace) }
    return .holds(first.map { cut(String($0), limit: 60) } ?? "it answers")
  }

  /// Counted by our launcher; how good an answer was, a person judges.
  static let aiOperations = CheckKind(
    "ai-operations", "the AI tool was used three times",
    parameters: [CheckParameter("tool", .text), CheckParameter("count", .number, usual: .number(3))],
    questions: { parameters, _, _ in AITool(rawValue: parameters.text("tool")).map { [.tool(.aiTool($0))] } ?? [] }
  ) { parameters, context throws(Unanswered) in
    let name = parameters.text("tool")
    let runs = context.record.runs.filter { $0.key.hasPrefix("ai \(name) ") && $0.value.isSuccess }.map(\.value)
    let wanted = Int(parameters.number("count"))
    if let last = runs.max(by: { $0.endedAt < $1.endedAt }), runs.count >= wanted {
      let note = last.note.isEmpty ? "" : ", last: \(cut(last.note, limit: 60))"
      return CheckResult.holds("\(runs.count) times\(note)").recorded(last, at: context.now)
    }
    if let tool = AITool(rawValue: name) { _ = try context.answer(of: tool) }
    return .fails("\(runs.count) of \(wanted)", advice: "ask \(name) about the application")
  }
}

extension AITool {
  /// What is used where the tool is not there, in words.
  var standsIn: String {
    switch self {
    case .gordon: "the Docker CLI stands in for it"
    case .kubectlAI: "kubectl stands in for it"
    case .kagent: "the health score stands in for it (:criteria)"
    }
  }

  /// Where it comes from.
  var page: String {
    switch self {
    case .gordon: "docs.docker.com/ai/gordon"
    case .kubectlAI: "github.com/GoogleCloudPlatform/kubectl-ai"
    case .kagent: "kagent.dev"
    }
  }

  /// What its help must have to be it: other programs have the same name.
  fileprivate var sign: String {
    switch self {
    case .gordon: ""
    case .kubectlAI: "its help has neither --llm-provider nor --require-confirmation"
    case .kagent: "its help has no invoke"
    }
  }
}

/// Whether an AI tool can be asked.
package enum AIToolState: Hashable, Sendable {
  case ready(AIProgram)
  /// It is not there; says what stands in for it.
  case missing(String)
  /// It is not known, or it does not answer; says why.
  case unknown(String)
}

extension CheckContext {
  /// Whether an AI tool can be asked, and which program it is.
  package func state(of tool: AITool) -> AIToolState {
    do throws(Unanswered) {
      let said = try answer(of: tool)
      guard said.code == 0 else { return .unknown("\(tool.rawValue) does not run: \(said.problem)") }
      let program = AIProgram(tool, said: said.output + "\n" + said.errorText)
      return program.map { .ready($0) } ?? .missing("\(tool.rawValue) is another program; \(tool.standsIn)")
    } catch {
      let words = error.result.evidence
      return error.result.state == .skipped ? .missing(words) : .unknown("\(tool.rawValue): \(words)")
    }
  }
}

extension CheckContext {
  /// What an AI tool said; skipped with what stands in for it where there is none.
  fileprivate func answer(of tool: AITool) throws(Unanswered) -> ToolOutput {
    let absent = Unanswered(.skipped("\(tool.rawValue) is not installed; \(tool.standsIn)"))
    if case .missing = facts[tool: .aiTool(tool)] { throw absent }
    let said = try output(of: .aiTool(tool))
    // Docker itself is there: only its words tell that it has no such plug-in.
    let isUnknown = ["is not a docker command", "unknown command", "unknown shorthand flag", "not a valid command"]
    if said.code != 0, isUnknown.contains(where: (said.errorText + said.output).contains) { throw absent }
    return said
  }
}
