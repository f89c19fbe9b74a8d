/// How a child ended; none of these is an error by itself.
package enum ChildEnd: Hashable, Sendable {
  /// It exited with a code, 0 for success.
  case exited(Int32)
  /// A signal ended it.
  case signalled(Int32)

  /// Whether the child exited with code 0.
  package var isSuccess: Bool { self == .exited(0) }
}

/// What a child printed and how it ended.
package struct Finished: Hashable, Sendable {
  package var end: ChildEnd
  package var stdout: [UInt8]
  package var stderr: [UInt8]
  /// Whether output beyond the limit was thrown away.
  package var isOutputCut: Bool
  /// Whether the child was stopped because its time was up.
  package var isTimedOut: Bool
  /// Whether the child was stopped because its result was no longer wanted.
  package var isCancelled: Bool

  /// A result.
  package init(
    end: ChildEnd, stdout: [UInt8], stderr: [UInt8], isOutputCut: Bool = false, isTimedOut: Bool = false,
    isCancelled: Bool = false
  ) {
    self.end = end
    self.stdout = stdout
    self.stderr = stderr
    self.isOutputCut = isOutputCut
    self.isTimedOut = isTimedOut
    self.isCancelled = isCancelled
  }

  /// Standard output as text.
  package var outputText: String { String(decoding: stdout, as: UTF8.self) }

  /// Standard error as text.
  package var errorText: String { String(decoding: stderr, as: UTF8.self) }
}

/// Why a child could not be started.
package enum SpawnProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// No program of that name is on PATH.
  case notFound(String)
  /// The program is there but may not be executed.
  case notExecutable(String)
  /// Any other failure: the program and the system's error code.
  case failed(String, errno: Int32)

  /// One sentence for people.
  package var description: String {
    switch self {
    case .notFound(let name): "\(name): command not found"
    case .notExecutable(let name): "\(name): not executable"
    case .failed(let name, let code): "\(name): cannot be started: \(systemMessage(code))"
    }
  }
}
