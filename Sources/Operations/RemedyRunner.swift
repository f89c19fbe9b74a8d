import ClusterModel
import Playbook
import Subprocess
import Synchronization

/// What came of the command of a remedy.
package struct RemedyEnd: Hashable, Sendable {
  /// `nil` where it never began, or a signal ended it.
  package let exitCode: Int32?
  package let duration: Duration
  /// What went wrong, in a sentence; `nil` where it did what it should.
  package let problem: String?
}

/// A command of a remedy that runs beside the screen: its lines gather here until somebody takes them.
///
/// It starts nothing but a ``RemedyCommand``. A class because its thread and the run loop share it.
package final class RemedyRun: Sendable {
  private struct State: Sendable {
    var lines: [String] = []
    var dropped = 0
    var end: RemedyEnd?
  }

  /// How many lines wait at most for being taken; older ones go first.
  package static let linesMaximum = 2_000

  private let state = Mutex(State())
  private let stopFlag = StopFlag()
  private let pipe = WakePipe()

  /// Readable once there are lines or an end to take.
  package var descriptor: Int32 { pipe.descriptor }

  /// Begins to run a command.
  package init(_ command: RemedyCommand) {
    startThread { [self] in
      let end = RemedyRunner(command).run(said: { self.add($0) }, isCancelled: { self.stopFlag.isSet })
      state.withLock { $0.end = end }
      pipe.wake()
    }
  }

  /// Ends it, politely first; how it ended is told as always.
  package func stop() { stopFlag.set() }

  /// The lines that came since they were last taken, how many had to be dropped among them, and how it ended if it has.
  package func take() -> (lines: [String], dropped: Int, end: RemedyEnd?) {
    pipe.drain()
    return state.withLock { state in
      defer { (state.lines, state.dropped) = ([], 0) }
      return (state.lines, state.dropped, state.end)
    }
  }

  private func add(_ line: String) {
    state.withLock { state in
      state.lines.append(line)
      if state.lines.count > Self.linesMaximum {
        state.dropped += state.lines.count - Self.linesMaximum
        state.lines.removeFirst(state.lines.count - Self.linesMaximum)
      }
    }
    pipe.wake()
  }
}

/// Runs the command of a remedy to its end.
package struct RemedyRunner: Sendable {
  private let command: RemedyCommand

  /// How long it may take to end politely: helm takes back what it began.
  static let grace = Duration.seconds(10)

  /// A runner of one command.
  package init(_ command: RemedyCommand) { self.command = command }

  /// Runs it.
  ///
  /// - Parameters:
  ///   - said: Each line as it comes, of both outputs, with what looks like a secret hidden.
  ///   - isCancelled: Asked often; once it is true the command is ended.
  package func run(
    said: @escaping (String) -> Void, isCancelled: @escaping () -> Bool = { false }
  ) -> RemedyEnd {
    let name = command.words.first ?? ""
    let child: Child
    do {
      child = try Child(command.argv, stdin: Array(command.input.utf8))
    } catch {
      let sentence =
        if case .notFound = error { "\(name) is not installed here" } else { "\(name) cannot be started: \(error)" }
      return RemedyEnd(exitCode: nil, duration: .zero, problem: sentence)
    }
    var outputLines = LineGatherer()
    var errorLines = LineGatherer()
    var reason = FailureReason()
    func say(_ line: String, isError: Bool) {
      let line = redacted(line)
      if isError { reason.take(line) }
      said(line)
    }
    let end = child.follow(timeLimit: command.timeLimit, grace: Self.grace, isCancelled: isCancelled) { stream, bytes in
      switch stream {
      case .output: outputLines.take(bytes) { say($0, isError: false) }
      case .errors: errorLines.take(bytes) { say($0, isError: true) }
      }
    }
    outputLines.finish { say($0, isError: false) }
    errorLines.finish { say($0, isError: true) }
    return RemedyEnd(exitCode: end.exitCode, duration: end.duration, problem: problem(end, name, reason.text))
  }

  private func problem(_ end: FollowedEnd, _ name: String, _ reason: String) -> String? {
    if end.isTimedOut {
      return
        "\(name) was not done within \(Age.text(of: command.timeLimit)) and was ended; what it began may be half done"
    }
    if end.isCancelled { return "\(name) was ended by you; what it began may be half done" }
    guard !end.end.isSuccess else { return nil }
    let how =
      switch end.end {
      case .exited(let code): "\(name) ended with exit code \(code)"
      case .signalled(let number): "\(name) was ended by signal \(number)"
      }
    return reason.isEmpty ? how : "\(how): \(reason)"
  }
}

/// The line of a program's errors that says most: the last that calls itself one, else the last.
private struct FailureReason {
  private var last = ""
  private var lastError = ""

  var text: String { lastError.isEmpty ? last : lastError }

  mutating func take(_ line: String) {
    guard !line.allSatisfy(\.isWhitespace) else { return }
    last = line
    if line.lowercased().hasPrefix("error") { lastError = line }
  }
}

extension FollowedEnd {
  /// The code it exited with, if it did.
  fileprivate var exitCode: Int32? { if case .exited(let code) = end { code } else { nil } }
}
