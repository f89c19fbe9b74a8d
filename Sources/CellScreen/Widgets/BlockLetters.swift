/// Words in letters of five rows or a multiple of that, readable from across a room.
package struct BlockLetters: Equatable, Sendable {
  package let word: String
  /// How many columns and rows each piece of a letter takes.
  package let scale: Int

  /// How high every letter is at scale 1.
  package static let rows = 5

  /// Makes a big word; letters become capitals, and what has no big form becomes a gap.
  package init(_ word: String, scale: Int = 1) {
    self.word = word.uppercased()
    self.scale = max(1, scale)
  }

  /// How many columns the word takes.
  package var columns: Int {
    let widths = word.map { BlockLetters.shape($0)[0].count }
    return (widths.reduce(0, +) + max(0, widths.count - 1)) * scale
  }

  /// How many rows the word takes.
  package var rows: Int { BlockLetters.rows * scale }

  /// Whether every character has a form.
  package var isDrawable: Bool { word.allSatisfy { $0 == " " || BlockLetters.shapes[$0] != nil } }

  /// Draws the word, or in small letters where it does not fit, and returns how many rows it took.
  ///
  /// A word cut in the middle of a letter could be read as another.
  @discardableResult
  package func draw(on canvas: Canvas, style: Style, align: Alignment = .left) -> Int {
    guard columns <= canvas.columns, rows <= canvas.rows else {
      let place = Rect(columns: canvas.columns, rows: 1)
      canvas.write([Span(word, style.emphasized)], in: place, align: align)
      return min(1, canvas.rows)
    }
    let free = canvas.columns - columns
    var left = align == .left ? 0 : align == .right ? free : free / 2
    for letter in word {
      let shape = BlockLetters.shape(letter)
      for (row, line) in shape.enumerated() {
        for (column, pixel) in line.enumerated() where pixel == "#" {
          let pixel = Rect(column: left + column * scale, row: row * scale, columns: scale, rows: scale)
          canvas.fill(pixel, glyph: "█", style: style)
        }
      }
      left += (shape[0].count + 1) * scale
    }
    return rows
  }

  private static func shape(_ letter: Character) -> [String] {
    shapes[letter] ?? Array(repeating: "   ", count: rows)
  }

  // A cell is about twice as high as wide, so strokes are two columns wide and one row high.
  private static let shapes: [Character: [String]] = [
    "A": [" #### ", "##  ##", "######", "##  ##", "##  ##"], "B": ["##### ", "##  ##", "##### ", "##  ##", "##### "],
    "C": [" #####", "##    ", "##    ", "##    ", " #####"], "D": ["##### ", "##  ##", "##  ##", "##  ##", "##### "],
    "E": ["######", "##    ", "####  ", "##    ", "######"], "F": ["######", "##    ", "####  ", "##    ", "##    "],
    "G": [" #####", "##    ", "##  ##", "##  ##", " #####"], "H": ["##  ##", "##  ##", "######", "##  ##", "##  ##"],
    "I": ["##", "##", "##", "##", "##"], "J": ["    ##", "    ##", "    ##", "##  ##", " #### "],
    "K": ["##  ##", "## ## ", "####  ", "## ## ", "##  ##"], "L": ["##    ", "##    ", "##    ", "##    ", "######"],
    "M": ["##   ##", "### ###", "#######", "## # ##", "##   ##"],
    "N": ["##   ##", "###  ##", "## # ##", "##  ###", "##   ##"],
    "O": [" #### ", "##  ##", "##  ##", "##  ##", " #### "], "P": ["##### ", "##  ##", "##### ", "##    ", "##    "],
    "Q": [" #### ", "##  ##", "##  ##", "## ## ", " ## ##"], "R": ["##### ", "##  ##", "##### ", "## ## ", "##  ##"],
    "S": [" #####", "##    ", " #### ", "    ##", "##### "], "T": ["######", "  ##  ", "  ##  ", "  ##  ", "  ##  "],
    "U": ["##  ##", "##  ##", "##  ##", "##  ##", " #### "], "V": ["##  ##", "##  ##", "##  ##", " #### ", "  ##  "],
    "W": ["##   ##", "##   ##", "## # ##", "### ###", "##   ##"],
    "X": ["##  ##", " #### ", "  ##  ", " #### ", "##  ##"], "Y": ["##  ##", "##  ##", " #### ", "  ##  ", "  ##  "],
    "Z": ["######", "   ## ", "  ##  ", " ##   ", "######"], "0": [" #### ", "## ###", "######", "### ##", " #### "],
    "1": [" ## ", "### ", " ## ", " ## ", "####"], "2": ["##### ", "    ##", " #### ", "##    ", "######"],
    "3": ["##### ", "    ##", " #### ", "    ##", "##### "], "4": ["##  ##", "##  ##", "######", "    ##", "    ##"],
    "5": ["######", "##    ", "##### ", "    ##", "##### "], "6": [" #### ", "##    ", "##### ", "##  ##", " #### "],
    "7": ["######", "    ##", "   ## ", "  ##  ", "  ##  "], "8": [" #### ", "##  ##", " #### ", "##  ##", " #### "],
    "9": [" #### ", "##  ##", " #####", "    ##", " #### "], "-": ["    ", "    ", "####", "    ", "    "],
    ":": ["  ", "##", "  ", "##", "  "], ".": ["  ", "  ", "  ", "  ", "##"], "!": ["##", "##", "##", "  ", "##"],
    "%": ["##  ##", "   ## ", "  ##  ", " ##   ", "##  ##"], "/": ["    ##", "   ## ", "  ##  ", " ##   ", "##    "],
    "?": ["##### ", "    ##", "  ### ", "      ", "  ##  "],
  ]
}
