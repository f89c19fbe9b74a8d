import ClusterModel

/// The lines of a store that a pattern chooses, found from the newest to the oldest in slices of bounded work.
package struct LogMatches: Sendable {
  /// How many are remembered; older ones are not looked for.
  package static let limit = 500_000
  /// How many bytes a slice looks at, about two milliseconds: a literal is found by memchr, an expression by the C
  /// library's machine.
  static let literalSliceBytes = 16 << 20
  static let expressionSliceBytes = 64 << 10
  /// An expression is looked for in the beginning of a line, so that no line takes longer than a slice.
  static let expressionLineBytes = 64 << 10
  /// What looking at a line costs beside its bytes, in bytes.
  private static let entryCost = 32

  /// As typed.
  package let text: String
  let pattern: TextPattern
  /// Whether the lines without the pattern are chosen.
  let isInverse: Bool
  /// Whether seams and marks are chosen whatever they say.
  let takesSeams: Bool
  /// Found by going back: the newest first.
  private var older: [LogRef] = []
  /// Came since: the oldest first.
  private var newer: [LogRef] = []
  /// Everything from here on was looked at; `nil` when all was.
  package private(set) var frontier: LogRef? = .end
  /// Whether so many were found that the rest is not looked at.
  package private(set) var isFull = false
  /// How many bytes were looked at.
  package private(set) var work = 0
  private var verdicts: [Int: Bool] = [:]

  /// A choice that has looked at nothing yet.
  init(_ text: String, _ pattern: TextPattern, isInverse: Bool = false, takesSeams: Bool = false) {
    self.text = text
    self.pattern = pattern
    self.isInverse = isInverse
    self.takesSeams = takesSeams
  }

  /// Whether there are lines that were not looked at.
  package var isSearching: Bool { frontier != nil && !isFull }

  // MARK: - Looking

  /// Looks at one more slice.
  mutating func lookOn(in store: LogStore, where isWanted: (LogEntry) -> Bool = { _ in true }) {
    guard isSearching, let frontier else { return }
    guard var place = store.place(before: frontier) else { return self.frontier = nil }
    var budget = pattern.isLiteral ? Self.literalSliceBytes : Self.expressionSliceBytes
    let before = budget
    var verdict: (chunk: Int, mayHold: Bool) = (-1, true)
    while true {
      let entry = store[place]
      if pattern.isLiteral, verdict.chunk != entry.ref.chunk {
        verdict = (entry.ref.chunk, mayHold(entry.ref.chunk, store, &budget))
      }
      budget -= Self.entryCost
      if isChosen(entry, store, mayHold: verdict.mayHold, &budget), isWanted(entry) { older.append(entry.ref) }
      self.frontier = entry.ref
      guard older.count + newer.count < Self.limit else {
        isFull = true
        break
      }
      guard let next = store.previous(of: place) else {
        self.frontier = nil
        verdicts = [:]
        break
      }
      if budget <= 0 { break }
      place = next
    }
    work += before - budget
  }

  /// Ends looking; what was found stays.
  mutating func stop() { isFull = isFull || frontier != nil }

  /// Whether the literal is anywhere in a chunk: most chunks are passed over by that.
  private mutating func mayHold(_ chunk: Int, _ store: LogStore, _ budget: inout Int) -> Bool {
    if let known = verdicts[chunk] { return known }
    let found = store.withChunk(chunk) { bytes in
      budget -= bytes.count
      return pattern.matches(bytes)
    }
    verdicts[chunk] = found
    return found
  }

  private func isChosen(_ entry: LogEntry, _ store: LogStore, mayHold: Bool, _ budget: inout Int) -> Bool {
    if entry.kind != .line { return takesSeams }
    guard mayHold else { return isInverse }
    let limit = pattern.isLiteral ? Int.max : Self.expressionLineBytes
    return store.withBytes(of: entry) { bytes in
      let looked = UnsafeBufferPointer(rebasing: bytes.prefix(limit))
      budget -= looked.count
      return pattern.matches(looked) != isInverse
    }
  }

  /// Looks at an entry that came.
  mutating func take(_ entry: LogEntry, in store: LogStore, where isWanted: (LogEntry) -> Bool = { _ in true }) {
    // What lies before the frontier is looked at when its turn comes.
    if let frontier, entry.ref < frontier { return }
    var budget = 0
    guard older.count + newer.count < Self.limit, isChosen(entry, store, mayHold: true, &budget), isWanted(entry)
    else { return }
    if newer.last ?? older.first ?? entry.ref <= entry.ref { return newer.append(entry.ref) }
    let index = count(before: entry.ref)
    if index >= older.count {
      newer.insert(entry.ref, at: index - older.count)
    } else {
      older.insert(entry.ref, at: older.count - index)
    }
  }

  /// Forgets an entry that was taken back.
  mutating func forget(_ ref: LogRef) {
    if newer.last == ref { newer.removeLast() }
    if older.first == ref { older.removeFirst() }
  }

  /// Forgets lines that were dropped.
  mutating func forget(before first: LogRef) {
    while let last = older.last, last < first { older.removeLast() }
    guard older.isEmpty, let oldest = newer.first, oldest < first else { return }
    newer.removeFirst(newer.firstIndex { $0 >= first } ?? newer.count)
  }

  // MARK: - Reading

  /// How many were found so far.
  package var count: Int { older.count + newer.count }

  /// The one with so many before it.
  subscript(index: Int) -> LogRef { index < older.count ? older[older.count - 1 - index] : newer[index - older.count] }

  /// How many lie before a ref.
  func count(before ref: LogRef) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < ref { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The last one before a ref, and the first one behind it.
  func last(before ref: LogRef) -> LogRef? {
    let index = count(before: ref)
    return index > 0 ? self[index - 1] : nil
  }

  func first(after ref: LogRef) -> LogRef? {
    var index = count(before: ref)
    if index < count, self[index] == ref { index += 1 }
    return index < count ? self[index] : nil
  }
}
