/// What the last lines of a container tell, without the lines.
struct LogDigest: Hashable, Sendable {
  var lineCount = 0
  /// The lines that look as if they held a secret, by number from 1, with what they look like.
  var secrets: [SecretTrace] = []
  /// The variables that the program asks for and that are not set.
  var missingVariables: [String] = []

  /// A line that looks as if it held a secret.
  struct SecretTrace: Hashable, Sendable {
    var line: Int
    /// Never the value: `PASSWORD=`, `URL with a password`.
    var pattern: String
  }

  /// How many of each are kept.
  static let kept = 20

  init() {}

  /// Reads lines of output.
  init(of output: String) {
    for line in output.split(whereSeparator: \.isNewline) {
      lineCount += 1
      if secrets.count < Self.kept, let pattern = secretPattern(in: line) {
        secrets.append(SecretTrace(line: lineCount, pattern: pattern))
      }
      if missingVariables.count < Self.kept, let name = missingVariable(in: line), !missingVariables.contains(name) {
        missingVariables.append(name)
      }
    }
  }
}

/// The name of a variable that a line says is missing: `KeyError: 'NEON_DB_URL'`, `DATABASE_URL is not set`.
private func missingVariable(in line: Substring) -> String? {
  let signs = ["KeyError:", "is not set", "is required", "is missing", "Field required", "not found in environment"]
  guard signs.contains(where: { line.contains($0) }) else { return nil }
  let words: [Substring] = line.split { (letter: Character) in
    !(letter.isASCII && (letter.isLetter || letter.isNumber || letter == "_"))
  }
  return words.first { word in
    word.contains("_") && word.count > 3 && word.allSatisfy { $0.isUppercase || $0.isNumber || $0 == "_" }
  }.map { String($0) }
}
