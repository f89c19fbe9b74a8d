import CellScreen
import ClusterModel
import Playbook

/// What is asked before anything is changed; its objects are fixed when it is asked.
package struct ActQuestion: Hashable, Sendable {
  /// What an answer begins.
  package enum Intent: Hashable, Sendable {
    case change([ClusterChange])
    /// The remedies of checks that fail.
    case deploy(DeployPlan)
    /// To allow changes on a context that others depend on.
    case arm(context: String)
    /// A question to an AI tool, which works with the user's rights.
    case tool(AIOperation)
    /// A shell where others depend on what runs.
    case shell(Acting.Aim, container: String)
  }

  package private(set) var intent: Intent
  /// What must be typed; `nil` where a key is enough.
  package let wordToType: String?
  package private(set) var typed = ""
  /// Whether enter does it; it begins with Cancel.
  package private(set) var isReady = false
  /// The number of the change that this takes back.
  let undoes: Int?

  /// The generations of the workloads when it was asked.
  let generations: [ObjectKey: Int]
  /// The first line that is shown where not all have room.
  package private(set) var firstLine = 0

  init(_ intent: Intent, wordToType: String?, undoes: Int? = nil, generations: [ObjectKey: Int] = [:]) {
    self.intent = intent
    self.wordToType = wordToType
    self.undoes = undoes
    self.generations = generations
  }

  /// What a key answers.
  enum Answer: Hashable { case yes, no, open(String) }

  /// Takes a key.
  mutating func take(_ key: Key) -> Answer {
    switch key {
    case .escape: return .no
    case .ctrl("f"): return toggleForce()
    case .enter: return enter()
    case .up, .down:
      firstLine = max(0, firstLine + (key == .up ? -1 : 1))
      return .open("")
    default: return wordToType == nil ? choose(key) : type(key)
    }
  }

  private mutating func enter() -> Answer {
    guard let wordToType else { return isReady ? .yes : .no }
    if typed == wordToType { return .yes }
    return .open(typed.isEmpty ? "type \(wordToType), or press esc" : "“\(typed)” is not \(wordToType)")
  }

  private mutating func choose(_ key: Key) -> Answer {
    switch key {
    case .char("y"): return .yes
    case .char("n"), .char("q"): return .no
    case .tab, .backTab, .left, .right, .char("h"), .char("l"):
      isReady.toggle()
      return .open("")
    default: return .open("y does it, esc leaves everything as it is")
    }
  }

  private mutating func type(_ key: Key) -> Answer {
    switch key {
    case .char(let character): typed += typed.count < Self.typedMax ? String(character) : ""
    case .backspace: typed = String(typed.dropLast())
    case .ctrl("u"): typed = ""
    default: return .open("type the name, then enter; esc leaves everything as it is")
    }
    return .open("")
  }

  /// No name is longer.
  private static let typedMax = 253

  /// Whether it is about pods that could also be deleted without waiting for them to end.
  var canBeForced: Bool { force != nil }

  /// Whether pods are deleted by force; `nil` where nothing is deleted.
  var force: Bool? {
    guard case .change(let changes) = intent, case .delete(let byForce)? = changes.first?.verb else { return nil }
    return byForce
  }

  /// The second deliberate choice: not to wait for pods to end.
  private mutating func toggleForce() -> Answer {
    guard case .change(let changes) = intent, let force else { return .open("only a deletion can be forced") }
    intent = .change(changes.map { ClusterChange(.delete(byForce: !force), of: $0.object, uid: $0.uid) })
    isReady = false
    return .open(force ? "pods get their time to end" : "by force: nothing waits for the pods to end")
  }
}
