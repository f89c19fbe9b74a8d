import CellScreen

/// One line that is being typed, with its cursor.
package struct Prompt: Hashable, Sendable {
  /// What the line is for.
  package enum Purpose: Hashable, Sendable {
    /// Which rows of a table are shown.
    case filter
    /// A command by its word.
    case command
    /// Which lines of a chooser are shown.
    case choice
    /// What is searched for in the text that is shown.
    case search
    /// How many replicas a workload shall have.
    case replicas
    /// Which image a container shall have.
    case image
    /// How long a drill may last, in seconds.
    case drillLimit
    /// The host that a drill makes unreachable.
    case drillPlace
    /// What is looked for in the logs.
    case logSearch
    /// Which lines of the logs are shown.
    case logFilter

    /// The sign before the line.
    package var sign: String {
      switch self {
      case .command: ":"
      case .logFilter: "&"
      case .drillLimit: "seconds"
      case .drillPlace: "host"
      case .replicas: "replicas"
      case .image: "image"
      case .filter, .choice, .search, .logSearch: "/"
      }
    }
  }

  /// What is wrong with the line.
  package struct Problem: Hashable, Sendable {
    /// The character it is about, counted from 0.
    package var offset: Int
    package var sentence: String

    /// A problem.
    package init(at offset: Int, _ sentence: String) {
      self.offset = offset
      self.sentence = sentence
    }
  }

  /// Nobody types more than this, and what is pasted has an end, in characters.
  package static let charactersMax = 200

  package let purpose: Purpose
  package private(set) var text = ""
  /// Before which character the cursor stands.
  package private(set) var cursor = 0
  package var problem: Problem?
  /// Where tab is in the list of what could be meant.
  package var completion: Completion?
  /// Where up and down are in the history, and what was typed before.
  var recalled: Recalled?

  /// A line with its cursor at the end.
  package init(_ purpose: Purpose, text: String = "") {
    self.purpose = purpose
    replace(with: text)
  }

  /// Whether the cursor stands behind the last character.
  package var isAtEnd: Bool { cursor == text.count }

  /// What stands before the cursor.
  package var head: String { String(text.prefix(cursor)) }

  /// What stands behind the cursor.
  package var tail: String { String(text.dropFirst(cursor)) }

  /// Puts text in at the cursor, without control characters and as far as there is room.
  package mutating func insert(_ new: String) {
    let clean = new.unicodeScalars.filter { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
    let room = max(0, Prompt.charactersMax - text.count)
    set(head: head + String(String.UnicodeScalarView(clean)).prefix(room), tail: tail)
  }

  /// Takes the character before the cursor away.
  package mutating func deleteBackward() { set(head: String(head.dropLast()), tail: tail) }

  /// Takes the character behind the cursor away.
  package mutating func deleteForward() { set(head: head, tail: String(tail.dropFirst())) }

  /// Takes the word before the cursor away, with the blanks behind it.
  package mutating func deleteWord() {
    var rest = head[...]
    while rest.last == " " { rest.removeLast() }
    while let last = rest.last, last != " " { rest.removeLast() }
    set(head: String(rest), tail: tail)
  }

  /// Takes everything away.
  package mutating func clear() { set(head: "", tail: "") }

  /// Moves the cursor; it stays in the line.
  package mutating func moveCursor(to place: Int) {
    cursor = min(max(0, place), text.count)
  }

  /// Puts another text in, with the cursor at its end.
  package mutating func replace(with new: String) { set(head: String(new.prefix(Prompt.charactersMax)), tail: "") }

  private mutating func set(head: String, tail: String) {
    text = head + tail
    // A combining character may have joined the one before it.
    cursor = min(head.count, text.count)
    problem = nil
    completion = nil
    recalled = nil
  }
}

/// What tab goes through: the candidates for what was typed.
package struct Completion: Hashable, Sendable {
  /// How many are kept at most.
  package static let candidatesMax = 200

  /// What stands before the word that is completed.
  package var stem: String
  package var candidates: [String]
  /// The one that stands in the line.
  package var index: Int
}

/// A line of the history that was called back.
struct Recalled: Hashable, Sendable {
  var index: Int
  var draft: String
}

/// The lines that were entered, by purpose; the newest last.
package struct PromptHistory: Hashable, Sendable {
  /// How many lines of each purpose are kept.
  package static let limit = 50

  private var lines: [Prompt.Purpose: [String]] = [:]

  /// No lines.
  package init() {}

  /// The lines of a purpose, the newest last.
  package func lines(of purpose: Prompt.Purpose) -> [String] { lines[purpose] ?? [] }

  /// Keeps a line; one that is there already becomes the newest.
  mutating func keep(_ line: String, of purpose: Prompt.Purpose) {
    guard !line.isEmpty else { return }
    var kept = lines(of: purpose).filter { $0 != line }
    kept.append(line)
    lines[purpose] = kept.suffix(Self.limit)
  }
}

extension Prompt {
  /// Goes to an older line of the history, or with a negative number to a newer one; whether there was one.
  mutating func recall(by steps: Int, in history: PromptHistory) -> Bool {
    let lines = history.lines(of: purpose)
    let now = recalled ?? Recalled(index: lines.count, draft: text)
    let index = now.index - steps
    guard (0...lines.count).contains(index), index != now.index else { return false }
    replace(with: index == lines.count ? now.draft : lines[index])
    recalled = index == lines.count ? nil : Recalled(index: index, draft: now.draft)
    return true
  }
}
