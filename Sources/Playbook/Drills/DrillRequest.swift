/// What is to be planned: a kind, a target, and how long at most.
package struct DrillRequest: Hashable, Sendable {
  package let kind: DrillKind
  package let target: DrillTarget
  package let limitSeconds: Int
  /// Letters and digits that mark what the drill makes; the same for a plan and the look at it again: `8f3a`.
  package let token: String

  /// A request.
  package init(_ kind: DrillKind, _ target: DrillTarget, limitSeconds: Int = DrillLimit.standard, token: String) {
    self.kind = kind
    self.target = target
    self.limitSeconds = limitSeconds
    self.token = token
  }
}
