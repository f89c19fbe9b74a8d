extension Span {
  /// The branch before a line of a tree.
  package static func branch(isLast: Bool) -> Span { Span(isLast ? "└─ " : "├─ ", .border) }

  /// What stands under a branch, before the branches of a line of its own.
  package static func trunk(isLast: Bool) -> Span { Span(isLast ? "   " : "│  ", .border) }
}
