/// What the line in which kubectl tells a failure says of whether a request was carried out.
package struct KubectlWords: Hashable, Sendable {
  private let line: String

  /// The line that counts.
  package init(_ line: String) { self.line = line }

  private func has(_ words: [String]) -> Bool { words.contains { line.contains($0) } }

  /// Whether the request went out and its answer was lost: it may have been done all the same.
  package var isAnswerLost: Bool { has(Self.lost) && !isUndelivered }

  /// Whether no connection to the server came about: nothing was done.
  package var isUndelivered: Bool { !line.hasPrefix(Self.answer) && has(Self.undelivered) }

  /// Whether the server answered that the rights do not suffice.
  package var isForbidden: Bool { has(["(Forbidden)", "forbidden:", "Unauthorized", "must be logged in"]) }

  /// Whether the server, or kubectl before it sent anything, answered that it will not be done.
  package var isRefused: Bool {
    has(Self.refusals.map { "\(Self.answer) (\($0))" })
      || has([" is invalid", "error: the server doesn't have a", "executable file not found"])
      || isRefusedByShell
  }

  /// Whether a command in a container said itself that it failed; one that was ended by a signal says nothing.
  private var isRefusedByShell: Bool {
    guard let match = line.firstMatch(of: /command terminated with exit code (\d+)/) else { return false }
    return Int(match.output.1).map { $0 <= 127 } ?? false
  }

  private static let answer = "Error from server"
  private static let lost = [
    "EOF", "connection reset", "connection lost", "broken pipe", "Client.Timeout", "deadline exceeded", "timed out",
    "i/o timeout", "(Timeout)", "(ServerTimeout)", "ServiceUnavailable", "(InternalError)",
  ]
  private static let undelivered = [
    "was refused - did you", "connection refused", "dial tcp", "no such host", "x509:", "TLS handshake timeout",
    "failed to verify certificate",
  ]
  /// The reasons of the answers 400 to 499.
  private static let refusals = [
    "BadRequest", "Unauthorized", "Forbidden", "NotFound", "MethodNotAllowed", "NotAcceptable", "AlreadyExists",
    "Conflict", "Gone", "Expired", "Invalid", "UnsupportedMediaType", "RequestEntityTooLarge", "TooManyRequests",
  ]
}
