extension Screen {
  /// The screen as a golden file holds it: glyphs with visible row ends, then one letter for the role of each cell.
  ///
  /// Selection and emphasis follow in rows of their own, only where there are any.
  package func golden(_ headline: String = "") -> String {
    var lines = [headline.isEmpty ? "\(size.columns)x\(size.rows)" : "\(headline)  \(size.columns)x\(size.rows)"]
    for index in 0..<size.rows { lines.append("|" + row(index).map(\.glyph.text).joined() + "|") }
    lines.append("--- styles")
    for index in 0..<size.rows { lines.append("|" + String(row(index).map(\.style.role.letter)) + "|") }
    lines.append(legend)
    let marked = (0..<size.rows).filter { row($0).contains { $0.style.mark != "." } }
    if !marked.isEmpty {
      lines.append("--- marks: s selected  e emphasized  b both")
      for index in marked { lines.append("|" + String(row(index).map(\.style.mark)) + "| row \(index)") }
    }
    return lines.joined(separator: "\n") + "\n"
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
