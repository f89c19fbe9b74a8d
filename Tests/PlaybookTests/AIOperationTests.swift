import ClusterModel
import Testing

@testable import Playbook

@Suite struct AIOperationTests {
  private static let programs = ToolPrograms(kubectl: Kubectl(program: ["kubectl"], context: "minikube"))

  private static func words(_ tool: AITool, _ program: AIProgram, _ prompt: String = "say why") -> [String]? {
    AIOperation(tool, program, asks: prompt, namespace: "todo", folder: "/work").map { $0.argv(for: programs) }
  }

  @Test func `each program is asked with exactly these words`() {
    #expect(
      Self.words(.gordon, .gordon) == [
        "docker", "ai", "-C", "/work", "say why; only read, do not change any file, image or container",
      ])
    let read = "say why, in namespace todo; only read, do not change anything"
    #expect(Self.words(.kubectlAI, .kubectlAI) == ["kubectl-ai", "--quiet", read])
    #expect(Self.words(.kagent, .kagent) == ["kagent", "invoke", "--agent", "k8s-agent", "--task", read])
    #expect(
      Self.words(.kubectlAI, .kubectlAIManifests) == [
        "kubectl-ai", "--raw", "say why, for namespace todo; only print it, do not apply it",
      ])
  }

  @Test(arguments: AIProgram.allCases)
  func `no program gets an option that lets it act without asking, and each is asked to only read`(
    program: AIProgram
  ) throws {
    let tool = AITool.allCases.first { AIProgram($0, said: "invoke --llm-provider --require-confirmation") == program }
    for prompt in [program.usualPrompt, "restart everything", "a --skip-permissions", "x\u{202E}y", "ä ö"] {
      let words = try #require(Self.words(tool ?? .kubectlAI, program, prompt))
      #expect(!words.contains { $0.hasPrefix("--skip-permissions") || $0.hasPrefix("--require-confirmation") })
      #expect(!words.contains("analyze") && !words.contains("build"))
      #expect(words.last?.contains("only read") == true || words.last?.contains("do not apply") == true)
      #expect(words.count(where: { $0.contains(prompt) }) == 1)
    }
  }

  @Test(arguments: [
    "", "--skip-permissions", "-x", " a", "a\nb", "a\u{1B}[0m", "1", String(repeating: "a", count: 501),
  ])
  func `what could be an option or more than a line is no prompt`(prompt: String) {
    #expect(Self.words(.kubectlAI, .kubectlAI, prompt) == nil)
  }

  @Test func `a folder that could be an option stays a folder, and no namespace is made up`() {
    let operation = AIOperation(.gordon, .gordon, asks: "a", namespace: "todo", folder: "-x")
    #expect(operation?.argv(for: Self.programs)[3] == "./-x")
    #expect(AIOperation(.gordon, .gordon, asks: "a", namespace: "--all", folder: "") == nil)
  }

  @Test func `two programs of one name are told apart by their help`() {
    #expect(AIProgram(.kubectlAI, said: "Flags:\n  --llm-provider string") == .kubectlAI)
    #expect(AIProgram(.kubectlAI, said: "  --require-confirmation  (default true)") == .kubectlAIManifests)
    #expect(AIProgram(.kubectlAI, said: "something else") == nil)
    #expect(AIProgram(.kagent, said: "Available Commands:\n  invoke") == .kagent)
    #expect(AIProgram(.kagent, said: "nothing") == nil)
    #expect(AIProgram(.gordon, said: "") == .gordon)
  }

  @Test(arguments: [
    (AITool.gordon, FactAnswer.missing(program: "docker"), "the Docker CLI stands in for it"),
    (.gordon, said("", code: 1, error: "docker: unknown command: docker ai"), "the Docker CLI stands in for it"),
    (.kubectlAI, .missing(program: "kubectl-ai"), "kubectl stands in for it"),
    (.kubectlAI, said("whatever"), "another program; kubectl stands in for it"),
    (.kagent, .missing(program: "kagent"), "the health score stands in for it (:criteria)"),
  ])
  func `a tool that is not there is told with what stands in for it`(
    tool: AITool, answer: FactAnswer, words: String
  ) {
    var context = CheckContext(
      snapshot: Snapshot(), facts: facts(tool: .aiTool(tool), answer), record: DeployRecord(), profile: .plain,
      now: World.now)
    guard case .missing(let found) = context.state(of: tool) else {
      Issue.record("\(context.state(of: tool))")
      return
    }
    #expect(found.hasSuffix(words))
    context.facts = Facts()
    if case .unknown = context.state(of: tool) {} else { Issue.record("nothing was asked yet") }
  }

  // MARK: - Counting

  private static func end(_ code: Int32?, _ line: String, problem: String? = nil) -> AIOperationEnd {
    AIOperationEnd(exitCode: code, duration: .seconds(3), firstLine: line, problem: problem)
  }

  @Test func `questions are counted with exit code and first line, and three good ones are enough for the check`() {
    var record = DeployRecord()
    record.note(Self.end(0, "all fine"), of: .gordon, isSimulated: false, at: World.now)
    record.note(
      Self.end(3, "", problem: "gordon ended with exit code 3"), of: .gordon, isSimulated: false, at: World.now)
    record.note(
      Self.end(0, "OPENAI_API_KEY=sk-proj-9dKfnot4you7Lq2xZbWcVm"), of: .gordon, isSimulated: false, at: World.now)
    #expect(record.operations(of: .gordon).map(\.number) == [1, 2, 3])
    #expect(record.runs["ai gordon 1"]?.note == "exit code 0: all fine")
    #expect(record.runs["ai gordon 2"]?.note == "exit code 3: gordon ended with exit code 3")
    #expect(record.runs["ai gordon 2"]?.isSuccess == false)
    #expect(record.runs["ai gordon 3"]?.note.contains("not4you") == false)
    let check = Check(
      id: "6.1b", title: "", kind: .aiOperations, parameters: CheckParameters(["tool": .text("gordon")]))
    func result() -> CheckResult {
      check.result(
        in: CheckContext(
          snapshot: Snapshot(), facts: facts(tool: .aiTool(.gordon), said("v1")), record: record, profile: .plain,
          now: World.now))
    }
    #expect(result().state == .fails && result().evidence == "2 of 3")
    record.note(Self.end(0, "again"), of: .gordon, isSimulated: false, at: World.now)
    #expect(result().state == .holds)
  }

  @Test func `the oldest questions leave where there are too many`() {
    var record = DeployRecord()
    for _ in 1...(DeployRecord.operationsMax + 5) {
      record.note(Self.end(0, "x"), of: .kagent, isSimulated: false, at: World.now)
    }
    #expect(record.operations(of: .kagent).map(\.number) == Array(6...(DeployRecord.operationsMax + 5)))
  }
}
