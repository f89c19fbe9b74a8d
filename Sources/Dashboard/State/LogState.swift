import ClusterModel

/// The logs that are followed, and how they are looked at.
package struct LogState: Sendable {
  /// How many lines are kept.
  package static let limit = 5_000

  /// A line, or a seam between lines.
  package struct Line: Hashable, Sendable {
    package var pod: String
    package var container: String
    package var time: Timestamp?
    package var text: String
    package var isSeam: Bool
  }

  /// What is looked at, for the title: `todo-backend-x7k2p` or `deployment/todo-backend`.
  package var title: String
  package var sources: [LogTarget]
  /// The pods' owner, so that pods that come join; `nil` for one pod.
  package var owner: ObjectKey?
  package private(set) var lines: [Line] = []
  /// Lines that were dropped because the limit was reached.
  package private(set) var dropped = 0
  /// How many lines the view stands above the newest; 0 follows.
  package var scroll = 0
  package var isWrapped = false
  package var showsTime = false

  /// Logs of which nothing has been read.
  package init(title: String, sources: [LogTarget], owner: ObjectKey?) {
    self.title = title
    self.sources = sources
    self.owner = owner
  }

  /// Adds lines as they arrived; the view stays where it is unless it follows.
  mutating func append(_ new: [Line]) {
    lines.append(contentsOf: new)
    if scroll > 0 { scroll += new.count }
    // Dropping a quarter at once keeps the cost of a line constant.
    if lines.count > Self.limit + Self.limit / 4 {
      let surplus = lines.count - Self.limit
      lines.removeFirst(surplus)
      dropped += surplus
    }
    scroll = min(scroll, max(0, lines.count - 1))
  }

  /// Moves the view towards older lines, or with a negative number towards newer ones; the oldest stays at the top.
  mutating func scrollUp(by rows: Int, visibleRows: Int) {
    scroll = min(max(0, scroll + rows), max(0, lines.count - visibleRows))
  }

  /// Whether the newest line is on the screen.
  package var isFollowing: Bool { scroll == 0 }
}
