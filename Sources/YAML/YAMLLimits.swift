/// How much of a text is read.
package struct YAMLLimits: Sendable {
  /// The largest text, in bytes.
  package var bytes = 4 << 20
  /// The deepest nesting, with aliases written out.
  package var depth = 64
  /// The most nodes, with aliases written out: a small text may otherwise stand for billions.
  package var nodes = 200_000
  /// The most aliases.
  package var aliases = 1_000

  /// The limits for files that people write.
  package init() {}
}
