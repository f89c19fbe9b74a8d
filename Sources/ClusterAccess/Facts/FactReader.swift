import ClusterModel
import Playbook
import Subprocess

/// Looks up what checks have to know beside the snapshot; changes nothing, anywhere.
package struct FactReader: Sendable {
  private let programs: ToolPrograms
  private let timeLimit: Duration
  private let now: @Sendable () -> Timestamp

  /// How many questions are answered at a time.
  static let width = 4
  /// How long one question may take.
  package static let usualTimeLimit = Duration.seconds(5)
  /// How long helm may take to read a chart.
  static let chartTimeLimit = Duration.seconds(15)
  /// How much of what a program prints is kept.
  static let limitBytes = 4 << 20

  /// A reader that asks these programs.
  package init(
    _ programs: ToolPrograms, timeLimit: Duration = FactReader.usualTimeLimit, now: @escaping @Sendable () -> Timestamp
  ) {
    self.programs = programs
    self.timeLimit = timeLimit
    self.now = now
  }

  /// The answers to questions, some at a time, each with a time limit of its own.
  ///
  /// - Parameter isCancelled: Asked often; once it is true the rest is left out.
  package func answers(
    _ questions: [FactQuestion], isCancelled: @escaping @Sendable () -> Bool = { false }
  ) -> [FactQuestion: Fact] {
    let found = inParallel(questions, width: Self.width) { question -> (FactQuestion, Fact)? in
      // What changes while it is asked may not be in the answer.
      let askedAt = now()
      guard !isCancelled(), let answer = answer(question, isCancelled) else { return nil }
      return (question, Fact(answer, readAt: askedAt, isSimulated: isSimulated(question)))
    }
    return Dictionary(found.compactMap(\.self)) { _, last in last }
  }

  /// The answer to one question; `nil` if it was cancelled.
  private func answer(_ question: FactQuestion, _ isCancelled: () -> Bool) -> FactAnswer? {
    switch question {
    case .tool(let question): answer(question, isCancelled)
    case .file(let path): fileAnswer(path)
    case .folder(let path): folderAnswer(path)
    // Nobody is asked to write the demo's hosts into a file of the machine.
    case .host where programs.isPlayed: .addresses(["127.0.0.1"])
    case .host(let name): hostAnswer(name, timeLimit: timeLimit, isCancelled)
    }
  }

  private func answer(_ question: ToolQuestion, _ isCancelled: () -> Bool) -> FactAnswer? {
    let commands: [[String]]
    do { commands = try question.argv(for: programs) } catch { return .failed("\(error)") }
    var all: FactAnswer?
    for argv in commands {
      guard let answer = run(argv, question, isCancelled) else { return nil }
      all = all.map { $0.followed(by: answer) } ?? answer
      guard case .ended = answer else { break }
    }
    return all
  }

  private func run(_ argv: [String], _ question: ToolQuestion, _ isCancelled: () -> Bool) -> FactAnswer? {
    // Without kubectl its words begin with those of the question.
    if question.readCommand != nil, programs.kubectl.program.isEmpty { return .missing(program: "kubectl") }
    // The demo's helm keeps no releases: there the objects are applied without it.
    if programs.isPlayed, question.isAboutRelease { return .missing(program: "helm") }
    // No tool of the machine is asked for a demo, and none is played: what stands in for it is shown.
    if programs.isPlayed, case .aiTool(let tool) = question { return .missing(program: tool.rawValue) }
    let timeLimit = question.isAboutChart ? max(timeLimit, Self.chartTimeLimit) : timeLimit
    do {
      let finished = try Child.run(
        argv, limitBytes: Self.limitBytes, timeLimit: timeLimit, isCancelled: isCancelled)
      if finished.isCancelled { return nil }
      if finished.isTimedOut { return .late(seconds: Int(timeLimit.components.seconds)) }
      return question.reduced(finished)
    } catch {
      if case .notFound = error { return .missing(program: argv[0]) }
      return .failed("\(error)")
    }
  }

  private func isSimulated(_ question: FactQuestion) -> Bool {
    guard programs.isPlayed else { return false }
    guard case .tool(let tool) = question else { if case .host = question { return true } else { return false } }
    switch tool {
    case .dockerVersion, .dockerImage, .aiTool: return true
    case .minikubeVersion, .minikubeStatus, .minikubeAddons, .minikubeImages: return true
    case .helmVersion, .helmLint, .helmTemplate, .helmStatus, .helmHistory: return true
    default: return false
    }
  }
}

extension ToolQuestion {
  /// Whether helm has to read a chart for it.
  fileprivate var isAboutChart: Bool {
    switch self {
    case .helmLint, .helmTemplate: true
    default: false
    }
  }

  /// Whether it is about what helm has installed.
  fileprivate var isAboutRelease: Bool {
    switch self {
    case .helmStatus, .helmHistory: true
    default: false
    }
  }
}

extension FactAnswer {
  /// What two commands of one question say together: one of them that succeeds is enough.
  fileprivate func followed(by next: FactAnswer) -> FactAnswer {
    guard case .ended(let code, let output, let errorText) = self,
      case .ended(let nextCode, let nextOutput, let nextErrorText) = next
    else { return self }
    return .ended(
      code: min(code, nextCode), output: output + nextOutput, errorText: code == 0 ? nextErrorText : errorText)
  }
}
