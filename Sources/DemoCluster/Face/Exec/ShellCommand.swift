/// One command with its arguments, and what it answers in a container of the demo.
struct ShellCommand {
  /// What a command brings about besides its words.
  enum Effect: Equatable {
    case none
    case sleep(Double)
    case copyInput
    /// The shell ends; `nil` for the code of the last command.
    case exit(Int?)
    /// The first process of the container ends with a code.
    case endContainer(Int)
  }

  /// What a command says and how it ends.
  struct Result: Equatable {
    var output = ""
    var error = ""
    var code = 0
    var effect = Effect.none
    /// Whether the error is the shell's own, which names its line.
    var isOfShell = false
  }

  /// The programs that every container of the demo has; `exit`, `kill`, `true` and others are known to the shell too.
  static let programs: Set<String> = [
    "cat", "echo", "env", "false", "hostname", "kill", "ls", "pwd", "sh", "sleep", "true",
  ]

  private let words: [String]
  private let environment: [(name: String, value: String)]

  /// A command of words; the first names the program.
  init(_ words: [String], environment: [(name: String, value: String)]) {
    self.words = words
    self.environment = environment
  }

  /// The name of a program without the folder where programs are.
  static func programName(_ path: String) -> String {
    for folder in ["/usr/local/bin/", "/usr/bin/", "/bin/"] where path.hasPrefix(folder) {
      return String(path.dropFirst(folder.count))
    }
    return path
  }

  private var arguments: ArraySlice<String> { words.dropFirst() }

  /// What the command answers.
  var result: Result {
    let name = Self.programName(words.first ?? "")
    switch name {
    case "", "true", ":": return Result()
    case "false": return Result(code: 1)
    case "echo": return Result(output: echo)
    case "env": return env
    case "hostname": return Result(output: value(of: "HOSTNAME") + "\n")
    case "pwd": return Result(output: Self.workingFolder + "\n")
    case "ls": return listing
    case "cat": return arguments.isEmpty ? Result(effect: .copyInput) : files
    case "sleep": return sleep
    case "exit": return exit
    case "kill": return kill
    case "sh": return Result(error: "the demo's shell starts no other shell", code: 2, isOfShell: true)
    default: return Result(error: "\(name): not found", code: 127, isOfShell: true)
    }
  }

  private func value(of name: String) -> String { environment.last { $0.name == name }?.value ?? "" }

  private var echo: String {
    let hasNoEnd = arguments.first == "-n"
    return (hasNoEnd ? arguments.dropFirst() : arguments).joined(separator: " ") + (hasNoEnd ? "" : "\n")
  }

  private var env: Result {
    guard arguments.isEmpty else {
      return Result(error: "env: '\(arguments[1])': No such file or directory", code: 127)
    }
    // A later value of a name replaces an earlier one in its place.
    var lines: [(name: String, value: String)] = []
    for variable in environment {
      if let index = lines.firstIndex(where: { $0.name == variable.name }) {
        lines[index] = variable
      } else {
        lines.append(variable)
      }
    }
    return Result(output: lines.map { "\($0.name)=\($0.value)\n" }.joined())
  }

  private static let workingFolder = "/app"
  private static let folders = [
    "/": "app bin dev etc home lib proc root sbin sys tmp usr var", "/app": "main.py requirements.txt static",
    "/tmp": "",
  ]

  private var listing: Result {
    let paths = arguments.filter { !$0.hasPrefix("-") }
    let path = paths.first ?? Self.workingFolder
    let wanted =
      path == "." ? Self.workingFolder : path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    guard let names = Self.folders[wanted] else {
      return Result(error: "ls: cannot access '\(path)': No such file or directory", code: 2)
    }
    return Result(output: names.split(separator: " ").map { $0 + "\n" }.joined())
  }

  private var files: Result {
    let lines = arguments.map { "cat: \($0): No such file or directory" }
    return Result(error: lines.joined(separator: "\n"), code: 1)
  }

  private var sleep: Result {
    guard let text = arguments.first else { return Result(error: "sleep: missing operand", code: 1) }
    if text == "infinity" { return Result(effect: .sleep(1e9)) }
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    let unit = text.last.flatMap { units[$0] }
    guard let number = Double(unit == nil ? text : String(text.dropLast())), number >= 0, number <= 1e9 else {
      return Result(error: "sleep: invalid time interval '\(text)'", code: 1)
    }
    return Result(effect: .sleep(number * (unit ?? 1)))
  }

  private var exit: Result {
    guard let text = arguments.first else { return Result(effect: .exit(nil)) }
    guard let code = Int(text), code >= 0 else {
      return Result(error: "exit: Illegal number: \(text)", code: 2, effect: .exit(2), isOfShell: true)
    }
    return Result(code: code & 255, effect: .exit(code & 255))
  }

  /// Only the first process of the container is there to be ended, and a signal that it cannot catch it never gets.
  private var kill: Result {
    var signal = "TERM"
    var rest = arguments
    if let first = rest.first, first.hasPrefix("-"), first.count > 1 {
      signal = String(first.dropFirst())
      rest = rest.dropFirst()
      if signal == "s", let name = rest.popFirst() { signal = name }
    }
    guard let process = rest.first else {
      return Result(error: "kill: Usage: kill [-s sigspec | -signum | -sigspec] [pid]", code: 2, isOfShell: true)
    }
    guard process == "1" else { return Result(error: "kill: No such process", code: 1, isOfShell: true) }
    let numbers = ["HUP": 1, "INT": 2, "QUIT": 3, "KILL": 9, "USR1": 10, "TERM": 15, "0": 0]
    let name = signal.hasPrefix("SIG") ? String(signal.dropFirst(3)) : signal
    guard let number = numbers[name] ?? Int(name).flatMap({ (0...64).contains($0) ? $0 : nil }) else {
      return Result(error: "kill: Illegal option -\(signal)", code: 2, isOfShell: true)
    }
    return [0, 9, 19].contains(number) ? Result() : Result(effect: .endContainer(128 + number))
  }
}
