import CellScreen
import ClusterModel

/// How far an object's text has been read, as lines that hide what must not be seen.
package struct TextReading: Sendable {
  /// How many lines are kept; the rest is cut with a note.
  static let linesMax = 5_000

  /// The object with all its fields, where those were asked for.
  private var document: DocumentValue?
  private(set) var lines: [TextLine] = []
  /// Why there is no text; empty where there is, or may be soon.
  private(set) var problem = ""
  /// When it was read; `nil` before.
  private(set) var readAt: Timestamp?
  private(set) var showsManagedFields = false

  /// Nothing was read yet.
  init() {}

  /// Whether there is something to fold.
  var hasManagedFields: Bool { document?["metadata"]?["managedFields"] != nil }

  /// Takes what was read.
  mutating func take(_ answer: ObjectTextAnswer, at now: Timestamp) {
    (document, lines, problem, readAt) = (nil, [], "", now)
    switch answer {
    case .document(let document):
      self.document = document.redacted()
      write()
    case .text(let text):
      let all = text.split(separator: "\n", omittingEmptySubsequences: false)
      lines = all.prefix(Self.linesMax).map { TextLine(described(redacted(String($0)))) }
      if lines.last?.spans.text.isEmpty == true { lines.removeLast() }
      if all.count > Self.linesMax { lines.append(TextLine([Span("cut after \(Self.linesMax) lines", .muted)])) }
    case .problem(let sentence): problem = redacted(sentence)
    }
  }

  /// Shows who manages which field, or folds it.
  mutating func toggleManagedFields() {
    showsManagedFields.toggle()
    write()
  }

  private mutating func write() {
    let yaml = document?.yaml(foldingManagedFields: !showsManagedFields, limit: Self.linesMax) ?? []
    lines = yaml.map { line in TextLine(line.pieces.map { Span($0.text, $0.piece.style) }) }
  }
}

extension YAMLLine.Piece {
  fileprivate var style: Style {
    switch self {
    case .indent, .text: .plain
    case .key: .label
    case .punctuation, .comment: .muted
    case .value: .value
    }
  }
}

/// A line of `kubectl describe`: what stands before its first colon is a name.
private func described(_ line: String) -> [Span] {
  guard let colon = line.firstIndex(of: ":"), line.distance(from: line.startIndex, to: colon) < 40,
    line[..<colon].contains(where: \.isLetter), !line[..<colon].contains("  ") || line.first == " "
  else { return [Span(line)] }
  let end = line.index(after: colon)
  guard end == line.endIndex || line[end] == " " else { return [Span(line)] }
  return [Span(String(line[..<end]), .label), Span(String(line[end...]))]
}
