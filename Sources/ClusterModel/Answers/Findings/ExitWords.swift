extension Termination {
  /// How the container ended, in words: `exit code 1`, `killed (SIGKILL)`, `ran out of memory`.
  package var words: String {
    if reason == "OOMKilled" { return "ran out of memory" }
    if signal != 0 { return "killed by \(Self.signalName(signal))" }
    if exitCode == 255, reason == "Unknown" { return "lost when its node restarted" }
    switch exitCode {
    case 126: return "exit code 126, the command cannot be run"
    case 127: return "exit code 127, the command was not found"
    case 129...192: return "exit code \(exitCode), \(Self.signalName(exitCode - 128))"
    default: return "exit code \(exitCode)"
    }
  }

  /// Exit code, signal and message, for the detail.
  var explanation: String {
    var parts = ["exit code \(exitCode)"]
    if signal != 0 { parts.append("signal \(signal) (\(Self.signalName(signal)))") }
    if (129...192).contains(exitCode) { parts.append(Self.signalMeaning(exitCode - 128)) }
    if !reason.isEmpty { parts.append("reason \(reason)") }
    if !message.isEmpty { parts.append(message) }
    return parts.joined(separator: ", ")
  }

  /// How the container ended, in a sentence: `exit 137 = SIGKILL: out of memory at limit 512Mi`.
  ///
  /// - Parameter memoryLimitBytes: The container's limit, where it has one.
  public func sentence(memoryLimitBytes: Int?) -> String {
    if reason == "OOMKilled" {
      let limit = memoryLimitBytes.map { " at limit \(ByteText.text($0))" } ?? "; it has no limit of its own"
      return "exit \(exitCode)\(exitCode == 137 ? " = SIGKILL" : ""): out of memory\(limit)"
    }
    if signal != 0 { return "ended by \(Self.signalMeaning(signal))" }
    switch exitCode {
    case 0: return "exit 0: it ended by itself, without an error"
    case 126: return "exit 126: the command cannot be run"
    case 127: return "exit 127: the command was not found"
    case 129...192: return "exit \(exitCode) = \(Self.signalMeaning(exitCode - 128))"
    case 255 where reason == "Unknown": return "exit 255: lost when its node restarted"
    default: return "exit \(exitCode): it ended by itself, with an error"
    }
  }

  /// From its start to its end; `nil` where one of them is not known.
  public var lived: Duration? {
    guard let startedAt, let finishedAt else { return nil }
    return max(.zero, finishedAt.since(startedAt))
  }

  private static func signalName(_ signal: Int) -> String {
    switch signal {
    case 1: "SIGHUP"
    case 2: "SIGINT"
    case 3: "SIGQUIT"
    case 4: "SIGILL"
    case 6: "SIGABRT"
    case 7: "SIGBUS"
    case 8: "SIGFPE"
    case 9: "SIGKILL"
    case 11: "SIGSEGV"
    case 13: "SIGPIPE"
    case 15: "SIGTERM"
    default: "signal \(signal)"
    }
  }

  private static func signalMeaning(_ signal: Int) -> String {
    switch signal {
    case 6: "SIGABRT: it gave up by itself"
    case 9: "SIGKILL: out of memory, or it did not stop in time"
    case 11: "SIGSEGV: it touched memory that is not its own"
    case 15: "SIGTERM: it was asked to stop"
    default: signalName(signal)
    }
  }
}
