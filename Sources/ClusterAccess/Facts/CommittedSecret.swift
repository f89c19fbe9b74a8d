/// What looks like a secret in the files of a repository; its value is never kept.
struct CommittedSecret {
  /// What evidence calls it.
  let name: String
  /// As `git grep` takes it.
  let pattern: String

  /// All that are looked for, the most telling first: the first that a line has counts.
  ///
  /// What names another value (`$NAME`, `{{ … }}`, `<…>`) is none.
  static let all = [
    CommittedSecret(name: "private key", pattern: "-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    CommittedSecret(
      name: "URL with a password", pattern: "[a-z][a-z0-9+.-]*://[A-Za-z0-9._%-]+:[A-Za-z0-9._~!%+=-]{3,}@[A-Za-z0-9]"),
    CommittedSecret(
      name: "web token", pattern: "eyJ[A-Za-z0-9_-]{8,}[.][A-Za-z0-9_-]{8,}[.][A-Za-z0-9_-]+"),
    CommittedSecret(name: "API key", pattern: "(sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|AKIA[A-Z0-9]{12,})"),
    CommittedSecret(
      name: "named secret",
      pattern: "[A-Z0-9_]*(_KEY|_SECRET|_TOKEN|PASSWORD)[\"']?[ ]*[=:][ ]*[\"']?[A-Za-z0-9+/_.~-]{12,}"),
  ]

  /// How many places are told.
  static let placesMaximum = 200

  /// The words that look for all of them, in files that the repository holds.
  static func argv(in folder: String) -> [String] {
    // Nothing that a repository says of itself may start a program.
    ["git", "-C", folder, "-c", "core.fsmonitor=false", "grep", "-nIE", "--null", "--no-color"]
      + all.flatMap { ["-e", $0.pattern] } + ["--"]
  }

  /// The places in what git prints, one a line: `path:line:name`.
  static func found(in output: String) -> String {
    var places: [String] = []
    for line in output.split(separator: "\n") {
      guard places.count < placesMaximum, let end = line.firstIndex(of: "\0") else { continue }
      // Newer versions end the number with a zero byte too.
      let rest = line[line.index(after: end)...]
      let number = rest.prefix { $0.isNumber }
      guard !number.isEmpty, number.endIndex < rest.endIndex else { continue }
      let text = rest[rest.index(after: number.endIndex)...]
      guard let name = name(of: text) else { continue }
      places.append("\(line[..<end]):\(number):\(name)")
    }
    return places.map { $0 + "\n" }.joined()
  }

  /// What a line holds; `nil` where it is plainly a placeholder.
  private static func name(of line: Substring) -> String? {
    let lowered = line.lowercased()
    guard !placeholderWords.contains(where: { lowered.contains($0) }) else { return nil }
    return all.first { secret in
      guard let expression = try? Regex(secret.pattern) else { return false }
      return line.firstMatch(of: expression) != nil
    }?.name
  }

  private static let placeholderWords = [
    "changeme", "change-me", "change_me", "your-", "your_", "example", "placeholder", "not-a-real", "user:pass",
    "dummy", "replace", "localhost",
  ]
}
