import CSpawn

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One child process, started from its arguments alone: there is no shell, so no argument is ever more than a word.
///
/// The child has a session and a process group of its own and sees no descriptor of the program but its standard
/// three. A class because it owns the process: when the last reference goes, the child is killed and reaped.
package final class Child {
  /// How long a child may live.
  package enum Lifetime: Hashable, Sendable {
    /// It ends with the program, whatever ends the program, and so do its own children.
    case boundToProgram
    /// It may outlive the program.
    case detached
  }

  /// How long a child may take to end politely before it is killed.
  package static let grace: Duration = .milliseconds(500)

  /// The process that leads the child's group: the child, or the keeper in front of it.
  package let processID: Int32
  /// Standard output; reading does not block.
  package private(set) var output: Int32
  /// Standard error; reading does not block.
  package private(set) var errorOutput: Int32
  /// How it ended, once ``reap()`` has seen it.
  package private(set) var end: ChildEnd?
  private var life: Int32
  private let hasKeeper: Bool

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - argv: The program, looked for on PATH, and its arguments.
  ///   - stdin: What it reads; nothing by default.
  ///   - environment: Lines `NAME=value`; `nil` for the program's own.
  ///   - directory: Where it runs; `nil` for the program's own.
  package init(
    _ argv: [String], stdin: [UInt8] = [], environment: [String]? = nil, directory: String? = nil,
    lifetime: Lifetime = .boundToProgram
  ) throws(SpawnProblem) {
    let path = try programPath(argv.first ?? "")
    var pipes = StartPipes()
    defer { pipes.closeChildEnds() }
    var processID: Int32 = 0
    var code = pipes.open(stdin: stdin, lifetime: lifetime)
    if code == 0 {
      code = withCStrings(argv) { arguments in
        withCStrings(environment) { variables in
          path.withCString { path in
            withOptionalCString(directory) { directory in
              var start = cs_start(
                path: path, argv: arguments, environment: variables ?? cs_environment(), directory: directory,
                input: pipes.input, output: pipes.output[1], error: pipes.error[1], life: pipes.life[0], foreground: 0)
              return cs_spawn(&start, &processID)
            }
          }
        }
      }
    }
    guard code == 0 else {
      pipes.closeOurEnds()
      throw .failed(argv[0], errno: code)
    }
    self.processID = processID
    hasKeeper = lifetime == .boundToProgram
    (output, errorOutput, life) = (pipes.output[0], pipes.error[0], pipes.life[1])
  }

  deinit {
    kill()
    closeDescriptors()
  }

  /// Sees without waiting whether the child has ended.
  package func reap() -> ChildEnd? {
    if end == nil { collect(WNOHANG) }
    return end
  }

  /// Asks the child and its group to end.
  package func terminate() {
    if end == nil { _ = systemKill(-processID, SIGTERM) }
  }

  /// Ends the child and its group at once.
  package func kill() {
    guard end == nil else { return }
    // The keeper kills and reaps the child; the rest of the group goes when the keeper's end is collected.
    _ = hasKeeper ? systemKill(processID, SIGUSR1) : systemKill(-processID, SIGKILL)
    collect(0)
  }

  /// Ends the child politely, or after `grace` at once.
  package func stop(grace: Duration = Child.grace) {
    terminate()
    let deadline = monotonicTime() + grace
    while reap() == nil, monotonicTime() < deadline { usleep(2_000) }
    kill()
    closeDescriptors()
  }

  /// Gives back the descriptors; a child that still runs is killed by that, unless it is detached.
  package func closeDescriptors() {
    for descriptor in [output, errorOutput, life] where descriptor >= 0 { close(descriptor) }
    (output, errorOutput, life) = (-1, -1, -1)
  }

  private func collect(_ options: Int32) {
    // The group is killed while its leader's number cannot be given to another process.
    if hasKeeper && hasEnded(waiting: options & WNOHANG == 0) { _ = systemKill(-processID, SIGKILL) }
    var status: Int32 = 0
    var result = waitpid(processID, &status, options)
    while result < 0 && errno == EINTR { result = waitpid(processID, &status, options) }
    guard result != 0 else { return }
    // Somebody else has reaped it (a handler for SIGCHLD): how it ended is lost, but it ended.
    guard result == processID else { return end = .signalled(SIGKILL) }
    let signal = status & 0x7f
    end = signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal)
  }

  /// Whether the process has ended; it is not reaped by asking.
  private func hasEnded(waiting: Bool) -> Bool {
    var information = siginfo_t()
    let options = WEXITED | WNOWAIT | (waiting ? 0 : WNOHANG)
    while waitid(P_PID, id_t(processID), &information, options) != 0 {
      guard errno == EINTR else { return false }
    }
    return information.si_signo != 0
  }
}

/// Inside ``Child`` the name `kill` means its own function.
private func systemKill(_ processID: Int32, _ signal: Int32) -> Int32 { kill(processID, signal) }

/// The descriptors between the program and a child that is being started.
private struct StartPipes {
  var input: Int32 = -1
  var output: [Int32] = [-1, -1]
  var error: [Int32] = [-1, -1]
  var life: [Int32] = [-1, -1]

  /// Opens what is needed; 0 or an error code.
  mutating func open(stdin: [UInt8], lifetime: Child.Lifetime) -> Int32 {
    input =
      stdin.isEmpty
      ? systemOpen("/dev/null", O_RDONLY | O_CLOEXEC)
      : stdin.withUnsafeBytes { cs_file_of_bytes($0.baseAddress, $0.count) }
    guard input >= 0 else { return errno }
    var code = cs_pipe(&output)
    if code == 0 { code = cs_pipe(&error) }
    if code == 0 && lifetime == .boundToProgram {
      code = cs_pipe(&life)
      // The keeper waits in a blocking read.
      if code == 0 { _ = fcntl(life[0], F_SETFL, 0) }
    }
    return code
  }

  func closeChildEnds() {
    for descriptor in [input, output[1], error[1], life[0]] where descriptor >= 0 { close(descriptor) }
  }

  func closeOurEnds() {
    for descriptor in [output[0], error[0], life[1]] where descriptor >= 0 { close(descriptor) }
  }
}

/// Inside ``StartPipes`` the name `open` means its own function.
private func systemOpen(_ path: String, _ flags: Int32) -> Int32 { open(path, flags) }

/// Lends an array of C strings that ends with a null pointer; a null pointer for `nil`.
func withCStrings(
  _ strings: [String]?, _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>?) -> Int32
) -> Int32 {
  guard let strings else { return body(nil) }
  let copies = strings.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return (copies + [nil]).withUnsafeBufferPointer { body($0.baseAddress) }
}

func withOptionalCString(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Int32) -> Int32 {
  guard let text else { return body(nil) }
  return text.withCString(body)
}
