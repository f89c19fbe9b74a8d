import CellScreen

/// What a key does, with its words for help and footer, and why it is disabled now.
package struct Command: Sendable, Identifiable {
  /// Where a key counts.
  package enum Scope: Hashable, Sendable {
    /// On the main screen, whatever panel has the focus.
    case screen
    /// While a panel has the focus.
    case panel(Panel.ID)
    /// While a view lies over the panels.
    case view(ViewKind)
  }

  package let id: String
  package let scope: Scope
  package let keys: [Key]
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
    _ id: String, _ scope: Scope, keys: String..., summary: String, hint: String = "",
    disabledReason: @escaping @Sendable (DashboardState) -> String? = { _ in nil },
    perform: @escaping @Sendable (inout DashboardState) -> [Effect]
  ) {
    self.id = id
    self.scope = scope
    self.keys = keys.map { spec in
      guard let key = Key(spec: spec) else { preconditionFailure("no such key: \(spec)") }
      return key
    }
    self.summary = summary
    self.hint = hint
    self.disabledReason = disabledReason
    self.perform = perform
  }

  /// Every command of the program, in the order help shows them.
  package static let all: [Command] =
    screenCommands + Panel.all.flatMap(\.commands) + logCommands + detailCommands + helpCommands

  /// The command a key means in a scope.
  static func find(_ key: Key, in scope: Scope) -> Command? { byScope[scope]?[key] }

  private static let byScope: [Scope: [Key: Command]] = all.reduce(into: [:]) { scopes, command in
    for key in command.keys { scopes[command.scope, default: [:]][key] = command }
  }
}
