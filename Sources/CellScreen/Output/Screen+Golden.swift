extension Screen {
  /// The screen as a golden file holds it: glyphs with visible row ends, then one letter for the role of each cell, then
  /// what the mono theme makes of it.
  ///
  /// Roles say how the screen looks in every theme with colours. Rows that repeat the one above are counted, not written.
  /// Selection and emphasis follow in rows of their own, only where there are any.
  package func golden(_ headline: String = "") -> String {
    var lines = [headline.isEmpty ? "\(size.columns)x\(size.rows)" : "\(headline)  \(size.columns)x\(size.rows)"]
    lines += goldenRows { $0.map(\.glyph.text).joined() }
    lines.append("--- styles")
    lines += goldenRows { String($0.map(\.style.role.letter)) }
    lines.append(legend)
    lines.append("--- mono: the sum of 1 bold  2 dim  4 underlined  8 inverse")
    lines += goldenRows { String($0.map { Theme.mono.face(for: $0.style).attributeDigit }) }
    let marked = (0..<size.rows).filter { row($0).contains { $0.style.mark != "." } }
    if !marked.isEmpty {
      lines.append("--- marks: s selected  e emphasized  b both")
      for index in marked { lines.append("|" + String(row(index).map(\.style.mark)) + "| row \(index)") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func goldenRows(_ text: (ArraySlice<Cell>) -> String) -> [String] {
    var rows: [(text: String, count: Int)] = []
    for index in 0..<size.rows {
      let text = text(row(index))
      if rows.last?.text == text { rows[rows.count - 1].count += 1 } else { rows.append((text, 1)) }
    }
    return rows.map { "|\($0.text)|" + ($0.count > 1 ? " ×\($0.count)" : "") }
  }

  private var legend: String {
    let used = Set(cells.map(\.style.role))
    return StyleRole.allCases.filter(used.contains).map { "\($0.letter) \($0)" }.joined(separator: "  ")
  }
}

extension Style {
  fileprivate var mark: Character {
    switch (isSelected, isEmphasized) {
    case (false, false): "."
    case (true, false): "s"
    case (false, true): "e"
    case (true, true): "b"
    }
  }
}

extension Face {
  /// The attributes as one hexadecimal digit, or a dot for none.
  fileprivate var attributeDigit: Character {
    let sum = (isBold ? 1 : 0) + (isDim ? 2 : 0) + (isUnderlined ? 4 : 0) + (isInverse ? 8 : 0)
    return Array(".123456789abcdef")[sum]
  }
}

extension StyleRole {
  /// The letter that stands for the role in a golden screen; no two roles share one.
  package var letter: Character {
    switch self {
    case .plain: "."
    case .muted: "m"
    case .stale: "z"
    case .strong: "S"
    case .title: "t"
    case .logo: "o"
    case .header: "h"
    case .label: "l"
    case .value: "v"
    case .stamp: "i"
    case .accent: "a"
    case .link: "n"
    case .key: "k"
    case .border: "b"
    case .borderFocused: "B"
    case .borderLocal: "1"
    case .borderNormal: "2"
    case .borderProtected: "3"
    case .good: "g"
    case .rolling: "r"
    case .warning: "w"
    case .danger: "d"
    case .unknown: "u"
    case .selected: "s"
    case .changed: "c"
    case .match: "M"
    case .barFill: "f"
    case .barHigh: "F"
    case .barFull: "X"
    case .barTrack: "_"
    case .tickRequest: "q"
    case .tickLimit: "x"
    case .sparkline: "p"
    case .verdictHealthy: "H"
    case .verdictRolling: "R"
    case .verdictDegraded: "D"
    case .verdictDown: "!"
    case .verdictUnknown: "U"
    case .tab: "y"
    case .tabSelected: "Y"
    case .scrollbar: "^"
    case .contextLocal: "4"
    case .contextNormal: "5"
    case .contextProtected: "6"
    case .armed: "A"
    case .demo: "E"
    }
  }
}
