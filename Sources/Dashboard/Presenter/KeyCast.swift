import CellScreen
import ClusterModel

/// The last keys and what they did, for people who watch.
package struct KeyCast: Hashable, Sendable {
  /// How many different keys are shown.
  package static let limit = 3
  /// How long a key is shown.
  package static let lasts = Duration.seconds(4)
  /// From when on it is shown muted.
  static let fadesAfter = Duration.seconds(3)

  /// One key, pressed once or several times in a row.
  package struct Press: Hashable, Sendable {
    package var key: String
    /// In one or two words.
    package var meaning: String
    package var count: Int
    package var at: Timestamp
  }

  /// The oldest first.
  package private(set) var presses: [Press] = []

  /// No keys.
  init() {}

  /// Those that are still to be seen.
  package func visible(at now: Timestamp) -> [Press] { presses.filter { now.since($0.at) < Self.lasts } }

  mutating func add(_ key: String, _ meaning: String, at now: Timestamp) {
    presses = visible(at: now)
    if let last = presses.indices.last, presses[last].key == key, presses[last].meaning == meaning {
      presses[last].count += 1
      presses[last].at = now
    } else {
      presses.append(Press(key: key, meaning: meaning, count: 1, at: now))
    }
    if presses.count > Self.limit { presses.removeFirst() }
  }
}

extension DashboardState {
  /// Remembers a key that was pressed, before it does anything; typed text is never remembered.
  mutating func cast(_ key: Key) {
    guard isPresenting || showsKeys else { return }
    if isTyping { return keyCast.add("", "typing …", at: now) }
    switch key {
    case .mouse, .resize, .hangup: return
    case .paste: keyCast.add("", "pasted text", at: now)
    default: keyCast.add("\(key)", meaning(of: key), at: now)
    }
  }

  /// Whether keys are text now and no commands; names could be among it.
  private var isTyping: Bool { prompt != nil }

  private func meaning(of key: Key) -> String {
    if asksToQuit { return "answer" }
    guard let command = scopes.lazy.compactMap({ Command.find(key, in: $0) }).first else { return "no meaning" }
    let words = command.hint.isEmpty ? command.shortName : command.hint
    return command.disabledReason(self) == nil ? words : "\(words): not now"
  }
}

extension Command {
  /// Its identity in words, without the view that it belongs to: `page down`.
  fileprivate var shortName: String {
    let parts = id.split(separator: "-")
    guard case .view(let view) = scope, parts.first == "\(view)" else { return parts.joined(separator: " ") }
    return parts.dropFirst().joined(separator: " ")
  }
}

/// Draws the last keys over the bottom right corner of a surface, the newest large where there is room.
func drawKeyCast(_ state: DashboardState, _ canvas: Canvas) {
  guard state.isPresenting || state.showsKeys else { return }
  let presses = state.keyCast.visible(at: state.now)
  guard let newest = presses.last else { return }
  let isLarge = canvas.columns >= PresenterLayout.lettersSize.columns && canvas.rows >= 7
  let letters = CompactLetters(newest.text)
  let showsLetters = isLarge && letters.isDrawable && letters.columns <= canvas.columns / 2
  let earlier = presses.dropLast()
  let width = max(
    showsLetters ? letters.columns : TextWidth.columns(of: newest.text) + 2,
    earlier.map { TextWidth.columns(of: $0.text) + 2 }.max() ?? 0)
  var rows = canvas.bounds
  let height = 2 + earlier.count + (showsLetters ? CompactLetters.rows : 1)
  var corner = rows.takeBottom(height)
  let box = canvas.inner(corner.takeRight(width + 4))
  box.fill()
  let inside = box.box(style: .borderFocused)
  for (row, press) in earlier.enumerated() {
    inside.write([Span("⌨ ", .muted), Span(press.text, .muted)], at: Position(column: 1, row: row))
  }
  let style: Style = state.now.since(newest.at) < KeyCast.fadesAfter ? .key : .muted
  let place = inside.inner(
    Rect(column: 1, row: earlier.count, columns: inside.columns - 1, rows: inside.rows - earlier.count))
  if showsLetters {
    letters.draw(on: place, style: style)
  } else {
    place.write([Span("⌨ ", .muted), Span(newest.text, style)], at: .zero)
  }
}

extension KeyCast.Press {
  /// `j ×3  down`.
  var text: String {
    let times = count > 1 && !key.isEmpty ? " ×\(count)" : ""
    return key.isEmpty ? meaning : "\(key)\(times)  \(meaning)"
  }
}
