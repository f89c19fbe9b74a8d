/// A simulated process in a container: one command, or a shell that reads commands from its arguments or its input.
///
/// Nothing is executed: the few commands that rehearsals need are told apart by name and answered from what the
/// cluster knows. Time arrives through ``run(now:)``.
struct ContainerProcess {
  /// Bytes of input that wait at most; more are not taken.
  static let inputLimit = 64 << 10

  /// What becomes visible of a process.
  enum Effect: Equatable {
    case output([UInt8])
    case error([UInt8])
    /// The first process of the container ends with a code.
    case endContainer(Int)
    case exit(Int)
  }

  /// What occupies the process.
  private enum Occupation: Equatable {
    case none
    case sleeping(seconds: Double)
    case sleepingUntil(Moment)
    /// Passing input to output.
    case copying
  }

  let environment: [(name: String, value: String)]
  private let readsCommands: Bool
  private var terminal: TerminalLine?
  private var queue: [ShellStep] = []
  private var occupation = Occupation.none
  private var input: [UInt8] = []
  private var isInputOver: Bool
  private var hasPrompted = false
  private var isOver = false
  private var lastCode = 0
  private var line = 0
  private var effects: [Effect] = []

  /// Starts a program; `nil` where the container has none of that name.
  init?(
    _ arguments: [String], environment: [(name: String, value: String)], hasTerminal: Bool, readsInput: Bool
  ) {
    self.environment = environment
    isInputOver = !readsInput
    terminal = hasTerminal ? TerminalLine() : nil
    let program = ShellCommand.programName(arguments.first ?? "")
    if program == "sh" {
      readsCommands = arguments.count < 3 || arguments[1] != "-c"
      if !readsCommands { begin(arguments[2]) }
    } else {
      guard ShellCommand.programs.contains(program) else { return nil }
      readsCommands = false
      queue = [ShellStep(words: arguments.map { .init(literal: $0) }, condition: .always)]
    }
  }

  /// The words of the runtime where there is no such program.
  static func notFound(_ program: String) -> String {
    program.contains("/")
      ? "exec: \"\(program)\": stat \(program): no such file or directory"
      : "exec: \"\(program)\": executable file not found in $PATH"
  }

  /// Whether more input is taken.
  var takesInput: Bool { input.count < Self.inputLimit }

  /// Takes input.
  mutating func receive(_ bytes: ArraySlice<UInt8>) {
    guard !isOver, !isInputOver else { return }
    guard terminal != nil else { return input += bytes.prefix(Self.inputLimit) }
    for byte in bytes {
      guard let key = terminal?.type(byte) else { continue }
      switch key {
      case .echo(let text): effects.append(.output(text))
      case .line(let text):
        effects.append(.output([0x0D, 0x0A]))
        input += text + [0x0A]
      case .interrupt:
        effects.append(.output(Array("^C\r\n".utf8)))
        interrupt()
      case .endOfInput: isInputOver = true
      }
    }
  }

  /// There is no more input.
  mutating func endInput() { isInputOver = true }

  /// Goes on as far as possible, and returns what became visible.
  mutating func run(now: Moment) -> [Effect] {
    while !isOver, step(now) {}
    defer { effects = [] }
    return effects
  }

  /// Does one thing; `false` when there is nothing to do at this moment.
  private mutating func step(_ now: Moment) -> Bool {
    switch occupation {
    case .sleeping(let seconds): occupation = .sleepingUntil(now + seconds)
    case .sleepingUntil(let moment):
      guard now >= moment else { return false }
      occupation = .none
    case .copying:
      print(String(decoding: input, as: UTF8.self))
      input = []
      guard isInputOver else { return false }
      occupation = .none
    case .none:
      if !queue.isEmpty {
        perform(queue.removeFirst())
      } else if readsCommands {
        return readCommand()
      } else {
        end(lastCode)
      }
    }
    return true
  }

  private mutating func readCommand() -> Bool {
    if !hasPrompted, terminal != nil {
      hasPrompted = true
      print("# ")
    }
    let end = input.firstIndex(of: 0x0A) ?? (isInputOver && !input.isEmpty ? input.count : nil)
    guard let end else {
      if isInputOver { self.end(lastCode) }
      return isInputOver
    }
    let text = String(decoding: input[..<end], as: UTF8.self)
    input.removeFirst(min(end + 1, input.count))
    hasPrompted = false
    begin(text)
    return true
  }

  private mutating func begin(_ script: String) {
    line += 1
    do {
      queue = try ShellStep.steps(of: script)
    } catch {
      complain("sh: \(line): \(error.words)")
      lastCode = 2
    }
  }

  private mutating func perform(_ step: ShellStep) {
    switch step.condition {
    case .always: break
    case .afterSuccess: guard lastCode == 0 else { return }
    case .afterFailure: guard lastCode != 0 else { return }
    }
    let words = step.words.map { $0.text { name in name == "?" ? String(lastCode) : value(of: name) } }
    let result = ShellCommand(words, environment: environment).result
    lastCode = result.code
    if !result.output.isEmpty { print(result.output) }
    if !result.error.isEmpty { complain(result.isOfShell ? "sh: \(line): \(result.error)" : result.error) }
    switch result.effect {
    case .none: return
    case .sleep(let seconds): occupation = .sleeping(seconds: seconds)
    case .copyInput: occupation = .copying
    case .exit(let code): end(code ?? lastCode)
    case .endContainer(let code): effects.append(.endContainer(code))
    }
  }

  private func value(of name: String) -> String { environment.last { $0.name == name }?.value ?? "" }

  private mutating func interrupt() {
    queue = []
    input = []
    occupation = .none
    lastCode = 130
    hasPrompted = false
    if !readsCommands { end(130) }
  }

  private mutating func end(_ code: Int) {
    isOver = true
    effects.append(.exit(code))
  }

  private mutating func print(_ text: String) {
    guard !text.isEmpty else { return }
    effects.append(.output(shown(text)))
  }

  private mutating func complain(_ text: String) {
    // A terminal has one stream for both.
    effects.append(terminal == nil ? .error(shown(text + "\n")) : .output(shown(text + "\n")))
  }

  private func shown(_ text: String) -> [UInt8] {
    Array((terminal == nil ? text : text.replacing("\n", with: "\r\n")).utf8)
  }
}
