#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Child {
  /// How much of standard error is kept: enough for every message a person reads.
  package static let errorLimitBytes = 64 << 10

  /// How often a child is looked at whose own children hold its output open.
  private static let glance: Duration = .milliseconds(20)

  /// Runs a program to its end.
  ///
  /// A non-zero exit, a signal and the end of the time are results, not errors.
  ///
  /// - Parameters:
  ///   - argv: The program, looked for on PATH, and its arguments.
  ///   - stdin: What it reads; nothing by default.
  ///   - limitBytes: How much of standard output is kept; the rest is read and thrown away.
  ///   - timeLimit: When the child and its group are ended, politely first.
  ///   - isCancelled: Asked often; once it is true the child is ended as if its time were up.
  /// - Throws: ``SpawnProblem`` if the program cannot be started.
  package static func run(
    _ argv: [String], stdin: [UInt8] = [], environment: [String]? = nil, directory: String? = nil,
    limitBytes: Int = 16 << 20, timeLimit: Duration, isCancelled: () -> Bool = { false }
  ) throws(SpawnProblem) -> Finished {
    try Child(argv, stdin: stdin, environment: environment, directory: directory)
      .finish(limitBytes: limitBytes, timeLimit: timeLimit, isCancelled: isCancelled)
  }

  /// Waits for the end of a child that runs and gathers what it prints until then.
  package func finish(
    limitBytes: Int = 16 << 20, timeLimit: Duration, isCancelled: () -> Bool = { false }
  ) -> Finished {
    var output = OutputCapture(limitBytes: limitBytes)
    var errors = OutputCapture(limitBytes: Child.errorLimitBytes)
    let deadline = monotonicTime() + timeLimit
    var isTimedOut = false
    var isStopped = false
    while reap() == nil {
      let left = deadline - monotonicTime()
      isStopped = isCancelled()
      guard left > .zero, !isStopped else {
        isTimedOut = !isStopped
        terminateAndWait(&output, &errors)
        break
      }
      waitForOutput(output.isOpen, errors.isOpen, atMost: min(left, Child.glance))
      output.take(from: self.output)
      errors.take(from: errorOutput)
    }
    output.take(from: self.output)
    errors.take(from: errorOutput)
    closeDescriptors()
    return Finished(
      end: end ?? .signalled(SIGKILL), stdout: output.bytes, stderr: errors.bytes,
      isOutputCut: output.isCut || errors.isCut, isTimedOut: isTimedOut, isCancelled: isStopped)
  }

  /// Ends the child politely while its last words are still read, so that it cannot hang on a full pipe.
  private func terminateAndWait(_ output: inout OutputCapture, _ errors: inout OutputCapture) {
    terminate()
    let deadline = monotonicTime() + Child.grace
    while reap() == nil, monotonicTime() < deadline {
      waitForOutput(output.isOpen, errors.isOpen, atMost: .milliseconds(5))
      output.take(from: self.output)
      errors.take(from: errorOutput)
    }
    kill()
  }

  private func waitForOutput(_ isOutputOpen: Bool, _ isErrorOpen: Bool, atMost timeout: Duration) {
    // poll passes over negative descriptors: one at its end would make it return at once.
    var descriptors = [
      pollfd(fd: isOutputOpen ? output : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: isErrorOpen ? errorOutput : -1, events: Int16(POLLIN), revents: 0),
    ]
    let isWaitingForEnd = !isOutputOpen && !isErrorOpen
    poll(&descriptors, 2, isWaitingForEnd ? 1 : timeout.pollMilliseconds)
  }
}
