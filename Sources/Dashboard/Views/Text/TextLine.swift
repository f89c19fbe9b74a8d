import CellScreen
import ClusterModel

/// One line of a text that is looked at, with the object it names.
package struct TextLine: Sendable {
  /// What the line stands for, so that the cursor stays with it when others come and go.
  enum ID: Hashable, Sendable {
    case object(ObjectKey)
    case entry(UID)
  }

  var spans: [Span]
  var id: ID?
  /// The object whose details enter opens.
  var link: ObjectKey?
  /// In which column the rest of it stands where it takes several rows; `nil` for below its first words.
  var indent: Int?

  /// A line.
  init(_ spans: [Span], id: ID? = nil, link: ObjectKey? = nil, indent: Int? = nil) {
    self.spans = spans
    self.indent = indent
    self.id = id ?? link.map { .object($0) }
    self.link = link
  }

  /// An empty line.
  static let blank = TextLine([])
}

/// A text as the rows it takes on the screen.
struct TextRows {
  /// A row, and the line that it is a part of.
  struct Row {
    var line: Int
    var spans: [Span]
  }

  let rows: [Row]
  /// The columns of the widest line that is not broken.
  let columnsMax: Int
  /// The first row of each line.
  private let firstRows: [Int]

  /// Lays lines out: broken between words, or one row each.
  init(_ lines: [TextLine], columns: Int, isWrapped: Bool) {
    var rows: [Row] = []
    var firstRows: [Int] = []
    rows.reserveCapacity(lines.count)
    for (index, line) in lines.enumerated() {
      firstRows.append(rows.count)
      if isWrapped {
        rows += hanging(line.spans, columns: columns, indent: line.indent).map { Row(line: index, spans: $0) }
      } else {
        rows.append(Row(line: index, spans: line.spans))
      }
    }
    self.rows = rows
    self.firstRows = firstRows
    columnsMax = isWrapped ? columns : lines.map(\.spans.columns).max() ?? 0
  }

  var count: Int { rows.count }

  /// The rows of a line.
  func rows(ofLine line: Int) -> Range<Int> {
    guard firstRows.indices.contains(line) else { return 0..<0 }
    let end = line + 1 < firstRows.count ? firstRows[line + 1] : rows.count
    return firstRows[line]..<max(end, firstRows[line])
  }
}
