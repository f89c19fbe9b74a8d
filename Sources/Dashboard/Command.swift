import CellScreen

/// What a key or a word of the command line does, with its text for help and footer, and why it is disabled now.
package struct Command: Sendable, Identifiable {
  /// Where a key counts.
  package enum Scope: Hashable, Sendable {
    /// On the main screen and in every view, unless the view gives the key another meaning.
    case anywhere
    /// On the main screen, whatever panel has the focus.
    case screen
    /// While a panel has the focus.
    case panel(Panel.ID)
    /// While a panel with a table of objects has the focus.
    case table
    /// While a view lies over the panels.
    case view(ViewKind)
    /// While the strip of the tour is shown and no view lies over the panels; it comes before them.
    case tour
    /// While a line is typed.
    case prompt
  }

  /// What a command is for: how help sorts those that are not bound to a panel or view.
  package enum Group: String, CaseIterable, Sendable {
    case look = "Look"
    case move = "Move"
    case screen = "Screen and program"
    case act = "Act: every key asks before it changes anything"
  }

  /// What may stand behind the word of a command on the command line.
  package struct Argument: Sendable {
    /// What help calls it: `NAME`.
    package let name: String
    /// What completion offers; text that is not among it may be typed all the same.
    package let candidates: @Sendable (DashboardState) -> [String]
    package let perform: @Sendable (inout DashboardState, String) -> [Effect]

    init(
      _ name: String, candidates: @escaping @Sendable (DashboardState) -> [String] = { _ in [] },
      perform: @escaping @Sendable (inout DashboardState, String) -> [Effect]
    ) {
      self.name = name
      self.candidates = candidates
      self.perform = perform
    }
  }

  package let id: String
  package let scope: Scope
  package let keys: [Key]
  /// What the command line calls it; the first is the one that completion offers.
  package let words: [String]
  package let argument: Argument?
  package let group: Group
  /// For help: a sentence without a full stop that begins with a verb.
  package let summary: String
  /// For the footer: one or two words; empty for a key that is not shown there.
  package let hint: String
  /// Why the command cannot be used now; `nil` when it can.
  package let disabledReason: @Sendable (DashboardState) -> String?
  package let perform: @Sendable (inout DashboardState) -> [Effect]

  /// A command.
  ///
  /// - Parameter keys: As ``Key/init(spec:)`` reads them: `ctrl-f`, `enter`, `?`.
  init(
    _ id: String, _ scope: Scope, keys: String..., words: [String] = [], argument: Argument? = nil,
    group: Group = .look, summary: String, hint: String = "",
    disabledReason: @escaping @Sendable (DashboardState) -> String? = { _ in nil },
    perform: @escaping @Sendable (inout DashboardState) -> [Effect]
  ) {
    self.init(
      id, scope, keyList: keys, words: words, argument: argument, group: group, summary: summary, hint: hint,
      disabledReason: disabledReason, perform: perform)
  }

  /// A command whose keys come as a list.
  init(
    _ id: String, _ scope: Scope, keyList: [String], words: [String], argument: Argument?, group: Group,
    summary: String, hint: String, disabledReason: @escaping @Sendable (DashboardState) -> String?,
    perform: @escaping @Sendable (inout DashboardState) -> [Effect]
  ) {
    self.id = id
    self.scope = scope
    keys = keyList.map { spec in
      guard let key = Key(spec: spec) else { preconditionFailure("no such key: \(spec)") }
      return key
    }
    self.words = words
    self.argument = argument
    self.group = group
    self.summary = summary
    self.hint = hint
    self.disabledReason = disabledReason
    self.perform = perform
  }

  /// Every command of the program, in the order help shows them.
  package static let all: [Command] =
    lookCommands + moveCommands + screenCommands + presenterCommands + tableCommands + actCommands
    + deployCommands + tourCommands + Panel.all.flatMap(\.commands) + logCommands + pageCommands + helpCommands
    + chooserCommands + promptCommands

  /// Every word of the command line.
  package static let allWords = all.flatMap(\.words)

  /// The command a key means in a scope.
  static func find(_ key: Key, in scope: Scope) -> Command? { byScope[scope]?[key] }

  private static let byScope: [Scope: [Key: Command]] = all.reduce(into: [:]) { scopes, command in
    for key in command.keys { scopes[command.scope, default: [:]][key] = command }
  }
}
