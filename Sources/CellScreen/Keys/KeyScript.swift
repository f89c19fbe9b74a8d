/// Keys written as text, for tests, scenarios and tours: `jj<enter>/api<enter>`.
///
/// What stands in angle brackets is a key by its name; `<lt>` is the bracket itself and `<paste:text>` a paste.
package struct KeyScript: Equatable, Sendable {
  package let keys: [Key]

  /// What is wrong with a script, and where.
  package struct Mistake: Error, Equatable, CustomStringConvertible {
    package let text: String

    /// One sentence.
    package var description: String { "unknown key <\(text)> in a key script" }
  }

  /// Reads a script.
  package init(_ script: String) throws(Mistake) {
    var keys: [Key] = []
    var rest = script[...]
    while let character = rest.popFirst() {
      guard character == "<" else {
        keys.append(.char(character))
        continue
      }
      guard let close = rest.firstIndex(of: ">") else { throw Mistake(text: String(rest)) }
      let name = String(rest[..<close])
      rest = rest[rest.index(after: close)...]
      guard let key = KeyScript.key(named: name) else { throw Mistake(text: name) }
      keys.append(key)
    }
    self.keys = keys
  }

  private static func key(named name: String) -> Key? {
    if name == "lt" { return .char("<") }
    if name.hasPrefix("paste:") { return .paste(String(name.dropFirst(6))) }
    return name.count > 1 ? Key(spec: name) : nil
  }
}
