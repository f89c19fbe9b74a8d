import ClusterModel

extension TableRows {
  /// How many rows can be marked.
  package static let markLimit = 1_000

  /// Marks a row, or takes its mark away.
  mutating func toggleMark(_ id: RowID) {
    if marks.remove(id) != nil {
      lastMark = nil
    } else if marks.count < Self.markLimit {
      marks.insert(id)
      lastMark = id
    }
  }

  /// Marks all rows from the one marked last to this one, both included; this one alone where none was marked.
  mutating func markRange(to id: RowID) {
    guard let end = index(of: id) else { return }
    let start = lastMark.flatMap { index(of: $0) } ?? end
    for row in rows[min(start, end)...max(start, end)] where ghosts[row.id] == nil && marks.count < Self.markLimit {
      marks.insert(row.id)
    }
    lastMark = id
  }

  mutating func clearMarks() {
    marks = []
    lastMark = nil
  }

  /// Takes the marks of an object's predecessors away, and its own if it is gone.
  mutating func dropMarks(of key: ObjectKey, except uid: UID?) {
    guard !marks.isEmpty else { return }
    marks = marks.filter { mark in
      guard case .object(key, let marked) = mark else { return true }
      return marked == uid
    }
  }

  /// `3 marked`, and how many of them the filter hides; empty where none is.
  var markNote: String {
    guard !marks.isEmpty else { return "" }
    let hidden = marks.count { index(of: $0) == nil }
    return "\(marks.count) marked" + (hidden > 0 ? ", \(hidden) hidden" : "")
  }
}

extension RowID {
  /// Whether the object of the row is still there.
  func isPresent(in snapshot: Snapshot) -> Bool {
    guard case .object(let key, let uid) = self else { return true }
    return snapshot[key]?.metadata.uid == uid
  }
}
