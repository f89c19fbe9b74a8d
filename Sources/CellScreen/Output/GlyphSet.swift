/// Which signs the terminal can show.
package enum GlyphSet: Sendable {
  case unicode, ascii
}

/// The one-column ASCII sign that stands for a glyph where the terminal shows no others.
///
/// Everything that the program itself draws has a twin with the same meaning; what comes from outside becomes `?`, for
/// each column that it takes.
package func asciiTwin(of glyph: Glyph) -> String {
  if glyph.isContinuation { return "" }
  if glyph.base.isASCII { return String(Character(glyph.base)) }
  if let twin = twins[glyph] { return twin }
  return String(repeating: "?", count: glyph.columns)
}

/// The glyphs that have a twin.
package var glyphsWithTwins: Set<Glyph> { Set(twins.keys) }

private let twins: [Glyph: String] = {
  let list: [(Glyph, String)] = [
    ("─", "-"), ("│", "|"), ("╭", "+"), ("╮", "+"), ("╰", "+"), ("╯", "+"), ("┃", "!"), ("├", "+"), ("┤", "+"),
    ("┬", "+"), ("┴", "+"), ("┼", "+"), ("└", "`"), ("┌", "+"), ("┐", "+"), ("┘", "+"), ("━", "="), ("╸", "="),
    ("╵", "'"), ("╹", "\""), ("═", "="),
    ("╌", "-"), ("┄", "-"), ("┊", ":"), ("┆", ":"),
    ("▰", "#"), ("▱", "-"), ("█", "#"), ("▉", "#"), ("▊", "#"), ("▋", "#"), ("▌", "|"), ("▍", "|"), ("▎", "|"),
    ("▏", "|"), ("▐", "#"), ("░", "."), ("▒", ":"), ("▓", "%"), ("▀", "\""), ("▔", "-"), ("▕", "|"),
    ("▁", "_"), ("▂", "."), ("▃", "-"), ("▄", "="), ("▅", "+"), ("▆", "*"), ("▇", "%"),
    ("✓", "v"), ("✔", "v"), ("✗", "x"), ("✘", "x"), ("◌", "o"), ("○", "o"), ("◐", "~"), ("◑", "~"), ("◒", "~"),
    ("◓", "~"), ("●", "*"), ("◉", "*"), ("◆", "*"), ("◇", "o"), ("■", "#"), ("□", "o"), ("▪", "*"), ("★", "*"),
    ("⚠", "!"), ("⧗", "@"), ("⌛", "@@"), ("⌨", "k"), ("⎈", "*"), ("⏸", "="), ("⏵", ">"), ("⏺", "*"), ("⏹", "#"),
    ("⚑", "P"),
    ("▸", ">"), ("▹", ">"), ("◂", "<"), ("▾", "v"), ("▴", "^"), ("▶", ">"), ("◀", "<"), ("▲", "^"), ("▼", "v"),
    ("›", ">"), ("‹", "<"), ("»", ">"), ("«", "<"), ("→", ">"), ("←", "<"), ("↑", "^"), ("↓", "v"), ("↗", "/"),
    ("↘", "\\"), ("↻", "@"), ("↺", "@"), ("⟳", "@"), ("⟲", "@"), ("↔", "="), ("⇒", ">"), ("↳", "`"), ("↦", ">"),
    ("…", "~"), ("×", "x"), ("·", "."), ("•", "*"), ("–", "-"), ("—", "-"), ("−", "-"), ("≥", ">"), ("≤", "<"),
    ("≠", "!"), ("≈", "~"), ("±", "+"), ("∞", "8"), ("°", "o"), ("µ", "u"), ("½", "/"), ("Σ", "S"), ("Δ", "d"),
    ("∅", "0"), ("‘", "'"), ("’", "'"), ("“", "\""), ("”", "\""), ("§", "S"), ("¶", "P"), ("\u{FFFD}", "?"),
  ]
  return Dictionary(list) { first, _ in first }
}()
