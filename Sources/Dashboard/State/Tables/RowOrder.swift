import ClusterModel

/// What a table can be sorted by.
package enum SortColumn: String, CaseIterable, Hashable, Sendable {
  /// Sick first: the order of a table until another is asked for.
  case health
  case name, ready, status, restarts, cpu, memory, age

  /// Whether the first press shows the largest first.
  ///
  /// What is least ready and youngest comes first; an age is sorted by the moment of creation.
  var startsDescending: Bool {
    switch self {
    case .restarts, .cpu, .memory, .age: true
    case .health, .name, .ready, .status: false
    }
  }

  /// Whether a sample of usage changes the order.
  var needsUsage: Bool { self == .cpu || self == .memory }
}

/// By which column a table is sorted, and which way.
package struct RowOrder: Hashable, Sendable {
  package var column = SortColumn.health
  package var isDescending = false

  /// The order of a column at its first press.
  init(_ column: SortColumn = .health) {
    self.column = column
    isDescending = column.startsDescending
  }

  /// The order for people: `cpu, largest first`.
  var words: String {
    let first =
      switch column {
      case .health: isDescending ? "well first" : "sick first"
      case .name, .status: isDescending ? "Z to A" : "A to Z"
      case .ready: isDescending ? "most ready first" : "least ready first"
      case .restarts: isDescending ? "most first" : "fewest first"
      case .cpu, .memory: isDescending ? "largest first" : "smallest first"
      case .age: isDescending ? "youngest first" : "oldest first"
      }
    return "\(column.rawValue), \(first)"
  }

  /// What a row is sorted by.
  func value(of facts: RowFacts) -> SortValue {
    switch column {
    case .health: .number(Double(facts.severity))
    case .name: .text(facts.key.name)
    case .status: facts.status.isEmpty ? .missing : .text(facts.status)
    case .ready: SortValue(facts.readyShare)
    case .restarts: SortValue(facts.restarts.map(Double.init))
    case .cpu: SortValue(facts.used.cpuMillicores.map(Double.init))
    case .memory: SortValue(facts.used.memoryBytes.map(Double.init))
    case .age: SortValue(facts.creationTimestamp.map { Double($0.nanoseconds) })
    }
  }

  /// Whether a row stands before another: by value, then by namespace and name whatever the direction.
  ///
  /// What is missing stands last in either direction.
  func precedes(_ left: TableRows.Row, _ right: TableRows.Row) -> Bool {
    switch (left.sort, right.sort) {
    case (.missing, .missing): break
    case (.missing, _): return false
    case (_, .missing): return true
    case (.number(let one), .number(let other)):
      if one != other { return isDescending ? one > other : one < other }
    case (.text(let one), .text(let other)):
      if one != other { return isDescending ? one > other : one < other }
    // Rows of one order have values of one kind.
    case (.number, .text): return true
    case (.text, .number): return false
    }
    if left.key.namespace != right.key.namespace { return left.key.namespace < right.key.namespace }
    if left.key.name != right.key.name { return left.key.name < right.key.name }
    if left.key.kind != right.key.kind { return left.key.kind.rawValue < right.key.kind.rawValue }
    return left.uid.value < right.uid.value
  }
}

/// The value of a row in the column that a table is sorted by.
package enum SortValue: Hashable, Sendable {
  case number(Double)
  case text(String)
  case missing

  init(_ number: Double?) { self = number.map(SortValue.number) ?? .missing }
}
