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
  /// How many lines that git found are looked at, and how much of each.
  static let linesMaximum = 2_000
  static let lineMaximum = 400

  /// The words that look for all of them, in files that the repository holds.
  static func argv(in folder: String) -> [String] {
    // Nothing that a repository says of itself may start a program.
    ["git", "-C", folder, "-c", "core.fsmonitor=false", "grep", "-nIE", "--null", "--no-color"]
      + all.flatMap { ["-e", $0.pattern] } + ["--"]
  }

  /// The places in what git prints, one a line: `path:line:name`.
  static func found(in output: String) -> String {
    let expressions = all.compactMap { secret in
      (try? Regex(secret.pattern)).map { (name: secret.name, expression: $0) }
    }
    var places: [String] = []
    for line in output.split(separator: "\n").prefix(linesMaximum) {
      guard places.count < placesMaximum, let end = line.firstIndex(of: "\0") else { continue }
      // Newer versions end the number with a zero byte too.
      let rest = line[line.index(after: end)...]
      let number = rest.prefix { $0.isNumber }
      guard !number.isEmpty, number.endIndex < rest.endIndex else { continue }
      let whole = rest[rest.index(after: number.endIndex)...]
      let text = whole.prefix(lineMaximum)
      let lowered = text.lowercased()
      if placeholderWords.contains(where: { lowered.contains($0) }) { continue }
      let found = expressions.first { text.firstMatch(of: $0.expression) != nil }?.name
      // A secret far behind in a long line has no name here.
      guard let name = found ?? (text.endIndex < whole.endIndex ? "secret" : nil) else { continue }
      places.append("\(line[..<end]):\(number):\(name)")
    }
    return places.map { $0 + "\n" }.joined()
  }

  /// Words of values that are plainly placeholders.
  private static let placeholderWords = [
    "changeme", "change-me", "change_me", "your-", "your_", "example", "placeholder", "not-a-real", "user:pass",
    "dummy", "replace", "localhost",
  ]
}
