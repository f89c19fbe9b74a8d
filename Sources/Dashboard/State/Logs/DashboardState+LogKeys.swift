import CellScreen
import ClusterModel

extension DashboardState {
  /// The window of the logs as it is on the screen.
  private var logWindow: LogWindow? {
    let inside = Layout(of: self).body.inset(columns: 1, rows: 1)
    return logs.map { LogWindow(self, $0, inside.size) }
  }

  /// Goes some rows up or down; a single row moves the cursor, more move the window.
  mutating func moveInLogs(by rows: Int) {
    guard let logs, let last = logs.lastRow, let window = logWindow else {
      notice = "there are no lines yet"
      return
    }
    let count = logs.rowCount
    let shown = window.rows()
    guard let top = shown.first?.ref, let bottom = shown.last?.ref else { return }
    let here = logs.cursor ?? last
    if rows > 0, logs.isFollowing {
      notice = "this is the end: new lines are shown as they come"
      return
    }
    if abs(rows) == 1 {
      let rank = logs.rank(of: here) + rows
      guard rank >= 0 else { return notice = "this is the beginning" }
      guard rank < count - 1, let row = logs.row(rank: rank) else { return followLogs() }
      return goInLogs(to: row)
    }
    let bottomRank = logs.rank(of: bottom)
    guard bottomRank + min(rows, count) < count - 1 || rows < 0 else { return followLogs() }
    // The oldest line stays at the top.
    let first = logs.rank(of: top)
    let wanted = max(bottomRank + max(rows, -count), min(bottomRank, bottomRank - first))
    guard wanted != bottomRank, let newBottom = logs.row(rank: wanted) else {
      if logs.isFollowing { self.logs?.bottom = bottom }
      if here == top { notice = "this is the beginning" }
      self.logs?.cursor = top
      return
    }
    self.logs?.bottom = newBottom
    self.logs?.cursor = newBottom
    let newTop = logWindow?.rows().first?.ref ?? newBottom
    self.logs?.cursor = min(max(here, newTop), newBottom)
  }

  /// Goes to a row and shows it.
  mutating func goInLogs(to row: LogRef) {
    guard let window = logWindow else { return }
    let shown = window.rows()
    let ends = shown.first.flatMap { first in shown.last.map { (top: first.ref, bottom: $0.ref) } }
    logs?.go(to: row, window: ends, fill: window.lastRow)
  }

  /// Shows the newest line again, and every one that comes.
  mutating func followLogs() {
    logs?.follow()
    notice = logs?.isPrevious == true ? "this is the end" : "new lines are shown as they come"
  }

  /// Leaves what is in the way first: a line in full, a search that runs, a card, what was typed; then the logs.
  mutating func leaveLogs() -> [Effect] {
    if logs?.expanded != nil {
      logs?.expanded = nil
      viewScroll = 0
    } else if logs?.search?.isSearching == true || logs?.filter?.isSearching == true {
      logs?.search?.stop()
      logs?.filter?.stop()
      logs?.seeksHit = false
      notice = "the search is ended; what was found stays"
    } else if let crash = shownCrash {
      crashCards.dismiss(crash)
    } else if logs?.search != nil {
      logs?.search = nil
      notice = "nothing is searched for"
    } else if logs?.filter != nil {
      logs?.filter = nil
      logs?.follow()
      notice = "every line is shown"
    } else {
      return closeView()
    }
    return []
  }

  /// Shows the line that the cursor is on in full, or the list again.
  mutating func toggleExpanded() {
    viewScroll = 0
    if logs?.expanded != nil {
      logs?.expanded = nil
      return
    }
    guard let entry = logs?.currentLine else { return notice = "there is no line to show" }
    if logs?.cursor == nil { goInLogs(to: entry.ref) }
    logs?.expanded = entry.ref
  }

  /// Sets a mark behind the newest line.
  mutating func markLogs() {
    guard logs != nil else { return }
    logs?.marks += 1
    let number = logs?.marks ?? 0
    let newest = logs?.store.last.map { Timestamp(nanoseconds: $0.key) } ?? now
    _ = logs?.add(.mark, "mark \(number), \(timeText(now)) UTC", at: max(now, newest))
    notice = "mark \(number) is set"
  }

  /// Copies the line that the cursor is on, whole, without what looks like a secret.
  mutating func copyLogLine() -> [Effect] {
    guard let entry = logs?.currentLine, let logs else {
      notice = "there is no line to copy"
      return []
    }
    guard entry.length <= Self.copiedBytes else {
      notice = "the line has \(grouped(Int(entry.length))) bytes, which no terminal takes; ctrl-s saves it"
      return []
    }
    let text = sanitized(masking.masked(redacted(logs.store.text(of: entry))))
    notice = "copied the line, \(grouped(text.utf8.count)) bytes (if the terminal lets programs copy)"
    return [.copy(text)]
  }

  /// Terminals take no longer text to copy.
  private static let copiedBytes = 64 << 10

  /// Reads the same logs from somewhere else.
  mutating func restartLogs(from start: LogStart, _ words: String) -> [Effect] {
    guard let subject = logs?.subject else { return [] }
    let effects = follow(subject, from: start, previous: false)
    notice = words
    return effects
  }

  /// Shows the run before the present one of each container, or the present one again.
  mutating func togglePrevious() -> [Effect] {
    guard let logs, views.last == .logs else { return openLogs(previous: true) }
    if !logs.isPrevious, logSources(of: logs.subject, previous: true).isEmpty {
      notice = "no container of \(logs.title) was restarted: there is no run before this one"
      return []
    }
    return follow(logs.subject, from: logs.isPrevious ? .usual : .beginning, previous: !logs.isPrevious)
  }

  // MARK: - Search and filter

  /// Looks for a text in the lines while it is typed.
  mutating func searchLogs(for text: String) -> Prompt.Problem? {
    guard !text.isEmpty else {
      logs?.search = nil
      return nil
    }
    do throws(TextPattern.Mistake) {
      let pattern = try TextPattern(text)
      logs?.search = LogMatches(text, pattern)
      logs?.seeksHit = true
      return nil
    } catch {
      return Prompt.Problem(at: error.offset, error.words)
    }
  }

  /// Shows only the lines with a text, or with `!` before it those without.
  mutating func filterLogs(by text: String) -> Prompt.Problem? {
    let isInverse = text.hasPrefix("!")
    let wanted = isInverse ? String(text.dropFirst()) : text
    let cursor = logs?.cursor
    defer { if logs?.filter?.text != nil || cursor != nil { logs?.follow() } }
    guard !wanted.isEmpty else {
      logs?.filter = nil
      return nil
    }
    do throws(TextPattern.Mistake) {
      logs?.filter = LogMatches(wanted, try TextPattern(wanted), isInverse: isInverse, takesSeams: true)
      return nil
    } catch {
      return Prompt.Problem(at: error.offset + (isInverse ? 1 : 0), error.words)
    }
  }

  /// Whether lines are still to be looked at.
  package var isSearchingLogs: Bool {
    logs.map { $0.filter?.isSearching == true || $0.search?.isSearching == true } ?? false
  }

  /// Looks at one more slice of the lines.
  mutating func lookOnInLogs() -> [Effect] {
    guard var logs else { return [] }
    self.logs = nil
    if logs.filter?.isSearching == true {
      logs.filter?.lookOn(in: logs.store)
    } else {
      logs.search?.lookOn(in: logs.store)
    }
    self.logs = logs
    seekHit()
    return isSearchingLogs ? [.lookOnInLogs] : []
  }

  /// Goes to the first hit at or before the line that the keys are about, once it is found.
  private mutating func seekHit() {
    guard let logs, logs.seeksHit, let search = logs.search, search.count > 0 else { return }
    let here = logs.cursor ?? .end
    guard let hit = nearestHit(here, search, logs) ?? (search.isSearching ? nil : search[search.count - 1]) else {
      return
    }
    self.logs?.seeksHit = false
    goInLogs(to: hit)
  }

  private func nearestHit(_ here: LogRef, _ search: LogMatches, _ logs: LogState) -> LogRef? {
    let after = LogRef(key: here.key, place: here.place == .max ? .max : here.place + 1)
    return hit(search.last(before: after), logs) { search.last(before: $0) }
  }

  /// Goes to the next older or newer hit.
  mutating func goToHit(older: Bool) {
    guard let logs, let search = logs.search else { return notice = "nothing is searched for; / begins" }
    guard search.count > 0 else {
      return notice = search.isSearching ? "no hit yet" : "no hit for \(search.text)"
    }
    let here = logs.cursor ?? .end
    let step: (LogRef) -> LogRef? = older ? { search.last(before: $0) } : { search.first(after: $0) }
    guard let found = hit(step(here), logs, step) else {
      return notice =
        older ? (search.isSearching ? "no older hit yet" : "this is the oldest hit") : "this is the newest hit"
    }
    goInLogs(to: found)
  }

  /// The first hit of a row that the filter shows, going on by a step.
  private func hit(_ first: LogRef?, _ logs: LogState, _ step: (LogRef) -> LogRef?) -> LogRef? {
    guard let filter = logs.filter else { return first }
    var next = first
    while let ref = next {
      let index = filter.count(before: ref)
      if index < filter.count, filter[index] == ref { return ref }
      next = step(ref)
    }
    return nil
  }
}
