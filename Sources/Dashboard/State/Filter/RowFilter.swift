import ClusterModel

/// What `/` lets through: words that must all hold for a row.
///
/// A word is a regular expression over name, status, node and namespace, `column:text`, a comparison such as
/// `restarts:>3`, or `-l` with a label selector; with `!` before it, it must not hold.
package struct RowFilter: Hashable, Sendable {
  /// How long a filter may be, in characters.
  package static let lengthMax = 400

  /// What is wrong with a filter, and where.
  package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
    /// How many characters stand before it.
    package var offset: Int
    /// What is wrong, in a few words without a place.
    package var words: String
    /// What to do about it; may be empty.
    package var advice = ""

    /// One sentence: `unknown column stat: at 3; use name, status`.
    package var description: String { "\(words) at \(offset + 1)" + (advice.isEmpty ? "" : "; \(advice)") }
  }

  /// One word of a filter.
  struct Term: Sendable {
    enum Condition: Sendable {
      case anywhere(TextPattern)
      case text(FilterColumn, TextPattern)
      case number(FilterColumn, FilterNumber)
      case labels(LabelSelector)
    }

    var condition: Condition
    var isInverse = false

    var needs: RowNeeds {
      switch condition {
      case .labels: .labels
      case .text(.image, _): .images
      case .number(.cpu, _), .number(.memory, _): .usage
      case .anywhere, .text, .number: []
      }
    }
  }

  /// As it was typed.
  package let text: String
  let terms: [Term]
  /// What must be known of a row beside what is always known.
  let needs: RowNeeds
  /// Whether rows pass or not by time alone.
  let asksForAge: Bool

  /// Lets everything through.
  package static let none = RowFilter(text: "", terms: [])

  private init(text: String, terms: [Term]) {
    self.text = text
    self.terms = terms
    needs = terms.reduce(into: []) { $0.formUnion($1.needs) }
    asksForAge = terms.contains { if case .number(.age, _) = $0.condition { true } else { false } }
  }

  /// Reads a filter.
  ///
  /// - Parameter columns: The columns that rows have.
  package init(_ text: String, columns: [FilterColumn] = FilterColumn.allCases) throws(Problem) {
    var parser = FilterParser(text, columns: columns)
    self.init(text: text, terms: try parser.terms())
  }

  /// Whether everything passes.
  package var isEmpty: Bool { terms.isEmpty }

  /// Whether whatever passes is sure to pass the other one as well; where it is hard to say, `false`.
  func narrows(_ other: RowFilter) -> Bool {
    if other.isEmpty { return true }
    // A longer word is found in fewer texts; so it is with more words.
    return text.hasPrefix(other.text)
      && (terms + other.terms).allSatisfy { term in
        if case .anywhere(let pattern) = term.condition { pattern.isLiteral && !term.isInverse } else { false }
      }
  }

  package static func == (left: RowFilter, right: RowFilter) -> Bool { left.text == right.text }
  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

// MARK: - Matching

extension RowFilter {
  /// Whether a row passes.
  ///
  /// - Parameter scratch: Memory for the texts of a row, kept from row to row.
  func matches(_ facts: RowFacts, at now: Timestamp, scratch: inout [UInt8]) -> Bool {
    for term in terms where Self.holds(term.condition, for: facts, at: now, &scratch) == term.isInverse { return false }
    return true
  }

  private static func holds(
    _ condition: Term.Condition, for facts: RowFacts, at now: Timestamp, _ scratch: inout [UInt8]
  ) -> Bool {
    switch condition {
    case .anywhere(let pattern): pattern.isLiteral ? facts.contain(pattern) : facts.match(pattern, &scratch)
    case .text(let column, let pattern): facts.texts(of: column).contains { pattern.matches($0) }
    case .number(let column, let number):
      facts.number(of: column, isShare: number.isShare, at: now).map { number.holds(for: $0) } ?? false
    case .labels(let selector): selector.matches(facts.labels)
    }
  }

  /// When the row's passing may change by time alone, after `now`.
  func changesAt(_ facts: RowFacts, after now: Timestamp) -> Timestamp? {
    guard let created = facts.creationTimestamp else { return nil }
    var next: Timestamp?
    for case .number(.age, let number) in terms.map(\.condition) {
      for seconds in number.edges {
        let moment = created.advanced(by: .seconds(seconds))
        if moment > now { next = min(next ?? moment, moment) }
      }
    }
    return next
  }
}

extension RowFacts {
  fileprivate func contain(_ pattern: TextPattern) -> Bool {
    pattern.matches(key.name) || pattern.matches(status) || pattern.matches(node) || pattern.matches(key.namespace)
  }

  /// Looks at name, status, node and namespace, a line each, in one search: each costs as much as many bytes.
  fileprivate func match(_ pattern: TextPattern, _ bytes: inout [UInt8]) -> Bool {
    bytes.removeAll(keepingCapacity: true)
    append(key.name, &bytes)
    append(status, &bytes)
    append(node, &bytes)
    append(key.namespace, &bytes)
    return bytes.withUnsafeBufferPointer { pattern.matches($0) }
  }

  private func append(_ text: String, _ bytes: inout [UInt8]) {
    bytes.append(contentsOf: text.utf8)
    bytes.append(UInt8(ascii: "\n"))
  }

  fileprivate func texts(of column: FilterColumn) -> [String] {
    switch column {
    case .name: [key.name]
    case .status: [status]
    case .node: [node]
    case .namespace: [key.namespace]
    case .ready: [readyText]
    case .image: images
    case .restarts, .cpu, .memory, .age: []
    }
  }

  fileprivate func number(of column: FilterColumn, isShare: Bool, at now: Timestamp) -> Double? {
    switch column {
    case .ready: readyShare
    case .restarts: restarts.map(Double.init)
    case .cpu: isShare ? Self.share(used.cpuMillicores, limits.cpuMillicores) : used.cpuMillicores.map(Double.init)
    case .memory: isShare ? Self.share(used.memoryBytes, limits.memoryBytes) : used.memoryBytes.map(Double.init)
    case .age: creationTimestamp.map { Double(now.since($0).components.seconds) }
    case .name, .status, .node, .namespace, .image: nil
    }
  }

  private static func share(_ part: Int?, _ whole: Int?) -> Double? {
    guard let part, let whole, whole > 0 else { return nil }
    return Double(part) / Double(whole)
  }
}
