import CSpawn
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a program in the foreground is given beside its words.
package struct ForegroundOptions {
  /// Variables that take the place of the program's own.
  package var variables: [String: String] = [:]
  /// Where it runs; `nil` for the program's own folder.
  package var directory: String?
  /// When it is ended, politely first; `nil` for never.
  package var timeLimit: Duration?
  /// Takes what it prints, as it comes, in place of the terminal; `nil` where the terminal has it.
  package var said: ((UnsafeRawBufferPointer) -> Void)?
  /// Whether a second ctrl-c ends it, where the first did not.
  package var endsAtSecondInterrupt = false

  /// The terminal and nothing else.
  package init() {}
}

/// How a program in the foreground ended.
package struct ForegroundEnd: Hashable, Sendable {
  package let end: ChildEnd
  package let isTimedOut: Bool
  /// How often ctrl-c was pressed meanwhile; 0 where nobody counted.
  package let interrupts: Int
  package let duration: Duration
}

/// Runs a program that has the terminal until it ends; call it from the thread that lives as long as the program.
///
/// - Parameter isCancelled: Asked often; once it is true the program is ended.
/// - Throws: ``SpawnProblem`` if it cannot be started.
package func runInForeground(_ argv: [String], isCancelled: () -> Bool) throws(SpawnProblem) -> ChildEnd {
  try runInForeground(argv, ForegroundOptions(), isCancelled: isCancelled).end
}

/// Runs a program that has the terminal, with options, until it ends.
///
/// - Throws: ``SpawnProblem`` if it cannot be started.
package func runInForeground(
  _ argv: [String], _ options: ForegroundOptions, isCancelled: () -> Bool
) throws(SpawnProblem) -> ForegroundEnd {
  let start = monotonicTime()
  var pipe: [Int32] = [-1, -1]
  if options.said != nil {
    let code = pipe.withUnsafeMutableBufferPointer { cs_pipe($0.baseAddress) }
    guard code == 0 else { throw .failed(argv.first ?? "", errno: code) }
  }
  defer { for end in pipe where end >= 0 { close(end) } }
  let processID = try startInForeground(argv, options, output: pipe[1])
  // What the keyboard sends is meant for the program in front; this one only waits.
  interrupts.store(0, ordering: .releasing)
  let before = [
    (SIGINT, signal(SIGINT, options.endsAtSecondInterrupt ? { _ in countInterrupt() } : SIG_IGN)),
    (SIGQUIT, signal(SIGQUIT, SIG_IGN)),
  ]
  defer { for (number, action) in before { signal(number, action) } }
  var status: Int32 = 0
  var glances = 0
  var isTimedOut = false
  while true {
    let ended = waitpid(processID, &status, WNOHANG)
    if let said = options.said { _ = readWaiting(pipe[0], said) }
    if ended == processID || (ended < 0 && errno != EINTR) { break }
    isTimedOut = isTimedOut || options.timeLimit.map { monotonicTime() - start >= $0 } ?? false
    let isUnwanted = options.endsAtSecondInterrupt && interrupts.load(ordering: .acquiring) > 1
    if isTimedOut || isUnwanted || isCancelled() {
      // Politely first, and once; what does not listen is killed.
      if glances == 0 { kill(processID, SIGTERM) } else if glances == politeGlances { kill(processID, SIGKILL) }
      glances += 1
    }
    usleep(foregroundGlance)
  }
  if let said = options.said { _ = readWaiting(pipe[0], said) }
  let deadly = status & 0x7F
  return ForegroundEnd(
    end: deadly == 0 ? .exited((status >> 8) & 0xFF) : .signalled(deadly), isTimedOut: isTimedOut,
    interrupts: interrupts.load(ordering: .acquiring), duration: monotonicTime() - start)
}

/// Starts the program; returns its process.
private func startInForeground(
  _ argv: [String], _ options: ForegroundOptions, output: Int32
) throws(SpawnProblem) -> Int32 {
  let name = argv.first ?? ""
  let path = try programPath(name)
  var processID: Int32 = 0
  let code = withCStrings(argv) { arguments in
    withCStrings(options.variables.isEmpty ? nil : environment(with: options.variables)) { variables in
      path.withCString { path in
        withOptionalCString(options.directory) { directory in
          var start = cs_start(
            path: path, argv: arguments, environment: variables ?? cs_environment(), directory: directory, input: 0,
            output: output < 0 ? 1 : output, error: 2, life: -1, foreground: 1)
          return cs_spawn(&start, &processID)
        }
      }
    }
  }
  guard code == 0 else { throw .failed(name, errno: code) }
  return processID
}

/// The program's own variables with some in the place of others.
private func environment(with changes: [String: String]) -> [String] {
  var lines: [String] = []
  var next = cs_environment()
  while let line = next?.pointee {
    lines.append(String(cString: line))
    next = next?.advanced(by: 1)
  }
  let kept = lines.filter { line in changes[String(line.prefix { $0 != "=" })] == nil }
  return kept + changes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
}

/// How often ctrl-c was pressed while a program was in front: a handler reaches nothing else.
private let interrupts = Atomic(0)

/// Called by a signal: it only counts.
private func countInterrupt() { interrupts.add(1, ordering: .relaxed) }

/// How often it is looked whether the program has ended, in microseconds.
private let foregroundGlance: UInt32 = 20_000

/// How often it is looked before it is killed: half a second.
private let politeGlances = 25
