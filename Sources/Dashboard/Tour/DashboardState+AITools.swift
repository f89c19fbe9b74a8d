import ClusterModel
import Playbook

/// Questions to AI tools: asked for first, counted afterwards.
extension DashboardState {
  /// Why no AI tool can be asked now; `nil` where one can.
  ///
  /// A tool works with the user's rights and could change what it is asked only to read: so it needs what a change needs.
  var toolObstacle: String? {
    if let reason = changeObstacle { return reason }
    return namespace == nil ? "a tool is asked about one namespace: :ns NAME, or --namespace" : nil
  }

  /// Asks whether a question is to be put to a tool.
  mutating func askTool(_ tool: AITool, _ prompt: String? = nil) -> [Effect] {
    switch checkContext.state(of: tool) {
    case .missing(let words): notice = words
    case .unknown(let words):
      notice =
        facts[tool: .aiTool(tool)] == nil ? "\(tool.rawValue) is looked for; try again" : "\(words); :check looks again"
      touring.wanted.insert(tool)
      return lookUp()
    case .ready(let program): askTool(tool, program, prompt)
    }
    return []
  }

  private mutating func askTool(_ tool: AITool, _ program: AIProgram, _ prompt: String?) {
    if let reason = toolObstacle { return notice = reason }
    let folder = profile.sources.root?.path ?? ""
    guard let namespace,
      let operation = AIOperation(
        tool, program, asks: prompt ?? program.usualPrompt, namespace: namespace, folder: folder)
    else {
      return notice = "a prompt begins with a letter and has at most \(AIOperation.promptLength) characters"
    }
    acting.question = ActQuestion(.tool(operation), wordToType: standing == .protected ? namespace : nil)
  }

  /// Leaves the screen to the tool, once it was agreed to.
  mutating func begin(_ operation: AIOperation) -> [Effect] {
    // Meanwhile it may have been disarmed, or another namespace be shown.
    if let reason = toolObstacle ?? (operation.namespace == namespace ? nil : "another namespace is shown now") {
      notice = reason
      return []
    }
    return [.askTool(operation)]
  }

  /// Counts a question that a tool answered.
  mutating func take(_ end: AIOperationEnd, of operation: AIOperation) -> [Effect] {
    let name = operation.tool.rawValue
    deployRecord.note(end, of: operation.tool, isSimulated: deploying.programs.isPlayed, at: now)
    touring.asked[operation.tool, default: 0] += 1
    let words = end.problem ?? "\(name) answered in \(Age.text(of: end.duration))"
    notice = redacted(words)
    river.note(end.problem == nil ? .action : .warning, name, "asked by you: \(redacted(words))", at: now)
    judgePhases()
    return [.saveRecord(deployRecord)]
  }

  /// Reads what stands behind `:ai`: a tool, and perhaps a prompt.
  mutating func askTool(line: String) -> [Effect] {
    let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
    guard let name = parts.first, let tool = AITool(rawValue: name) else {
      let names = AITool.allCases.map(\.rawValue)
      let near = nearestWord(to: parts.first ?? "", in: names).map { "; did you mean \($0)?" }
      notice = "no AI tool \(parts.first ?? "")" + (near ?? "; there are \(names.joined(separator: ", "))")
      return []
    }
    return askTool(tool, parts.count > 1 ? parts[1] : nil)
  }
}
