// What looks like a secret, by its name or by its form. The value itself is never part of an answer.

/// Whether a name is one that secrets have: `OPENAI_API_KEY`, `DATABASE_URL`.
func namesSecret(_ name: some StringProtocol) -> Bool {
  let name = name.uppercased()
  guard !name.contains("PUBLIC"), !name.hasSuffix("_URL") || name.hasSuffix("DATABASE_URL") || name.hasSuffix("DB_URL")
  else { return false }
  if name.contains("PASSWORD") || name.contains("PASSWD") { return true }
  return ["_KEY", "_SECRET", "_TOKEN", "DATABASE_URL", "DB_URL"].contains { name.hasSuffix($0) }
    || ["SECRET", "TOKEN", "APIKEY"].contains(name)
}

/// What a line looks as if it held; `nil` for a line without a secret.
func secretPattern(in line: Substring) -> String? {
  if line.contains("•••") { return "a secret that was hidden" }
  if line.contains("-----BEGIN"), line.contains("PRIVATE KEY") { return "a private key" }
  if line.contains("://"), hasURLPassword(line) { return "a URL with a password" }
  if line.contains("eyJ"), hasWebToken(line) { return "a web token" }
  if line.contains("sk-"), hasLongWord(line, after: "sk-", length: 20) { return "an API key" }
  return assignment(in: line).map { "\($0)=" }
}

/// `postgresql://user:password@host`, unless the password is stars.
private func hasURLPassword(_ line: Substring) -> Bool {
  var rest = line
  while let scheme = rest.firstRange(of: "://") {
    rest = rest[scheme.upperBound...]
    let authority = rest.prefix { !$0.isWhitespace && $0 != "/" && $0 != "\"" && $0 != "'" }
    guard let end = authority.lastIndex(of: "@") else { continue }
    let user = authority[..<end]
    guard let colon = user.firstIndex(of: ":") else { continue }
    if user[user.index(after: colon)...].contains(where: { $0 != "*" && $0 != "x" && $0 != "X" }) { return true }
  }
  return false
}

/// Three parts of letters with dots between them, as a JWT has.
private func hasWebToken(_ line: Substring) -> Bool {
  words(of: line, with: "_-.").contains { word in
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    return word.hasPrefix("eyJ") && parts.count == 3 && parts[0].count > 8 && parts[1].count > 8
  }
}

private func hasLongWord(_ line: Substring, after prefix: String, length: Int) -> Bool {
  words(of: line, with: "_-").contains { $0.hasPrefix(prefix) && $0.count >= length }
}

private func words(of line: Substring, with signs: String) -> [Substring] {
  line.split { (letter: Character) in
    !(letter.isASCII && (letter.isLetter || letter.isNumber || signs.contains(letter)))
  }
}

/// The name in `NAME=value` or `"name": "value"` whose name is a secret's and whose value is one.
private func assignment(in line: Substring) -> String? {
  for index in line.indices where line[index] == "=" || line[index] == ":" {
    let before = line[..<index].reversed().drop { "\"' ".contains($0) }.prefix {
      $0.isLetter || $0.isNumber || $0 == "_"
    }
    let name = String(before.reversed())
    guard name.count > 3, namesSecret(name) else { continue }
    let value = line[line.index(after: index)...].drop { "\"' ".contains($0) }.prefix {
      !$0.isWhitespace && !"\"',;&)}".contains($0)
    }
    if value.count >= 6, value.contains(where: { $0 != "*" }), !value.hasPrefix("$"), !value.hasPrefix("{{"),
      !value.hasPrefix("<"), value.first?.isLetter == true || value.first?.isNumber == true
    {
      return name
    }
  }
  return nil
}
