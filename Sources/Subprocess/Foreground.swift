import CSpawn

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Runs a program that has the terminal until it ends; call it from the thread that lives as long as the program.
///
/// - Parameter isCancelled: Asked often; once it is true the program is ended.
/// - Throws: ``SpawnProblem`` if it cannot be started.
package func runInForeground(_ argv: [String], isCancelled: () -> Bool) throws(SpawnProblem) -> ChildEnd {
  let name = argv.first ?? ""
  let path = try programPath(name)
  var processID: Int32 = 0
  let code = withCStrings(argv) { arguments in
    path.withCString { path in
      var start = cs_start(
        path: path, argv: arguments, environment: cs_environment(), directory: nil, input: 0, output: 1, error: 2,
        life: -1, foreground: 1)
      return cs_spawn(&start, &processID)
    }
  }
  guard code == 0 else { throw .failed(name, errno: code) }
  // What the keyboard sends is meant for the program in front; this one only waits.
  let before = [SIGINT, SIGQUIT].map { ($0, signal($0, SIG_IGN)) }
  defer { for (number, action) in before { signal(number, action) } }
  var status: Int32 = 0
  var glances = 0
  while true {
    let ended = waitpid(processID, &status, WNOHANG)
    if ended == processID || (ended < 0 && errno != EINTR) { break }
    if isCancelled() {
      // Politely first, and once; what does not listen is killed.
      if glances == 0 { kill(processID, SIGTERM) } else if glances == politeGlances { kill(processID, SIGKILL) }
      glances += 1
    }
    usleep(foregroundGlance)
  }
  let deadly = status & 0x7F
  return deadly == 0 ? .exited((status >> 8) & 0xFF) : .signalled(deadly)
}

/// How often it is looked whether the program has ended, in microseconds.
private let foregroundGlance: UInt32 = 20_000

/// How often it is looked before it is killed: half a second.
private let politeGlances = 25
