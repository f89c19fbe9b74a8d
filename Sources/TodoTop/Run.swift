import CellScreen
import ClusterAccess
import ClusterModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Does what the command line asks for and gives the exit code.
func run(_ words: [String]) -> Int32 {
  do {
    let arguments = try Arguments(words)
    switch arguments.command {
    case .help: output(helpText())
    case .version: output("todotop \(version)\n")
    case .completion:
      guard let script = completionScript(for: arguments.shell) else {
        throw UsageProblem(sentence: "There is no completion for \(arguments.shell); use bash, zsh or fish.")
      }
      output(script)
    case .doctor: return doctor(arguments)
    case .snapshot: return try snapshot(arguments)
    case .check: return try check(arguments)
    case .deploy: return try deploy(arguments)
    case .drill: return try drill(arguments)
    case .undo: return try undo(arguments)
    case .profile: return try profile(arguments)
    case .demo where arguments.playedTool != nil: return playTool(arguments)
    case .demo where arguments.servePort != nil: return try serveDemo(arguments)
    case .record: return try record(arguments)
    case .demo, .dashboard, .replay:
      // Without a terminal there is no screen to keep: one frame is what can be given.
      guard isatty(STDOUT_FILENO) == 1, isatty(STDIN_FILENO) == 1 else {
        var arguments = arguments
        if let file = arguments.file { arguments.from = [file] }
        return try snapshot(arguments)
      }
      return try dashboard(arguments)
    }
    return 0
  } catch let problem as UsageProblem {
    complain(problem.sentence)
    return 2
  } catch let problem as StartProblem {
    complain(problem.sentence)
    return problem.exitCode
  } catch let problem as AccessProblem {
    complain(problem.description)
    return problem.exitCode
  } catch {
    complain("\(error)")
    return 1
  }
}

/// Writes text to standard output; a reader that has gone is no error.
func output(_ text: String) {
  var text = text
  text.withUTF8 { bytes in
    var rest = UnsafeRawBufferPointer(bytes)
    while !rest.isEmpty {
      let written = write(STDOUT_FILENO, rest.baseAddress, rest.count)
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
    }
  }
}

/// Says one sentence on standard error, without anything that could disturb a terminal.
func complain(_ sentence: String) {
  var text = "todotop: \(sanitized(sentence))\n"
  text.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
