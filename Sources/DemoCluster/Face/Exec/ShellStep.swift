/// One command of a script, with the condition under which it runs.
struct ShellStep: Equatable {
  /// When a command runs.
  enum Condition: Equatable {
    case always
    /// Behind `&&`.
    case afterSuccess
    /// Behind `||`.
    case afterFailure
  }

  let words: [ShellWord]
  let condition: Condition

  /// Why a script is not understood.
  struct SyntaxError: Error, Equatable {
    let words: String
  }

  /// Reads a script: commands between `;`, `&&`, `||` and line ends, with quotes and variables.
  ///
  /// Everything else of a shell is refused with a sentence, never misread.
  static func steps(of script: String) throws(SyntaxError) -> [ShellStep] {
    var reader = ShellReader(script)
    var steps: [ShellStep] = []
    var words: [ShellWord] = []
    var condition = Condition.always
    while let token = try reader.next() {
      switch token {
      case .word(let word): words.append(word)
      case .end(let next):
        if words.isEmpty, next != .always { throw SyntaxError(words: "Syntax error: a command is missing") }
        if !words.isEmpty { steps.append(ShellStep(words: words, condition: condition)) }
        words = []
        condition = next
      }
    }
    if !words.isEmpty { steps.append(ShellStep(words: words, condition: condition)) }
    if let keyword = steps.compactMap(\.keyword).first {
      throw SyntaxError(words: "the demo's shell does not know \"\(keyword)\"")
    }
    return steps
  }

  private var keyword: String? {
    let known: Set<String> = ["if", "then", "for", "while", "until", "do", "done", "case", "function", "{"]
    return words.first.flatMap { known.contains($0.text { _ in "" }) ? $0.text { _ in "" } : nil }
  }
}

/// A word of a command: text and variables one after the other.
struct ShellWord: Equatable {
  /// A part of a word.
  enum Part: Equatable {
    case text(String)
    case variable(String)
  }

  var parts: [Part]

  /// A word without variables.
  init(literal: String) { parts = [.text(literal)] }

  /// A word of parts.
  init(_ parts: [Part]) { self.parts = parts }

  /// The word with the values of its variables.
  func text(_ value: (String) -> String) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .variable(let name): value(name)
      }
    }.joined()
  }
}
