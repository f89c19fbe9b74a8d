import CellScreen
import ClusterModel

extension DashboardState {
  /// The object whose details were opened last; `nil` where none are open.
  package var details: ObjectKey? {
    for page in pages.reversed() { if case .details(let key, _) = page.content { return key } }
    return nil
  }

  /// Opens a page on top of what is shown; the oldest is forgotten where there are too many.
  mutating func open(_ page: Page) {
    if pages.count >= Page.limit, let oldest = views.firstIndex(where: \.isPage) {
      views.remove(at: oldest)
      pages.removeFirst()
    }
    open(page.kind)
    pages.append(page)
    if page.kind == .changes { chooseFirstLink() }
  }

  /// Opens the details of an object, unless they are what is shown.
  mutating func openDetails(of key: ObjectKey) -> [Effect] {
    if views.last == .details, pages.last?.object == key {
      notice = "these are the details of \(key.name)"
      return []
    }
    open(Page(.details(key, snapshot[key]?.metadata.uid)))
    return []
  }

  /// Opens a text of an object, or reads it again where it is what is shown.
  mutating func openText(_ form: ObjectText.Form) -> [Effect] {
    guard let object = subject else { return [] }
    let wanted = ObjectText(form, of: object)
    var reading = TextReading()
    var effects: [Effect] = [.readText(wanted)]
    if object.kind.isMetadataOnly, object.kind == .secrets, form == .yaml {
      // Asked for as a whole it would come with its values.
      if let metadata = snapshot[object]?.metadata {
        reading.take(.document(DocumentValue(metadata, kind: object.kind)), at: now)
      } else {
        reading.take(.problem("Secret \(object.name) is gone."), at: now)
      }
      effects = []
    }
    if views.last == .text, pages.last?.object == object {
      pages[pages.count - 1] = Page(.text(wanted, reading))
    } else {
      open(Page(.text(wanted, reading)))
    }
    return effects
  }

  /// Takes a text that was read; one that nobody waits for any more is dropped.
  mutating func takeText(_ wanted: ObjectText, _ answer: ObjectTextAnswer) {
    for index in pages.indices {
      guard case .text(let shown, var reading) = pages[index].content, shown == wanted else { continue }
      reading.take(answer, at: now)
      pages[index].content = .text(shown, reading)
    }
  }

  /// Shows or folds who manages which field of the object that is shown.
  mutating func toggleManagedFields() -> [Effect] {
    guard case .text(let shown, var reading)? = pages.last?.content else { return [] }
    reading.toggleManagedFields()
    pages[pages.count - 1].content = .text(shown, reading)
    notice = reading.showsManagedFields ? "who manages which field is shown" : "who manages which field is folded"
    return []
  }

  /// Opens the object that the line under the cursor names.
  mutating func openLink() -> [Effect] { cursorLink.map { openDetails(of: $0) } ?? [] }

  /// The object that the line under the cursor of the page on top names.
  var cursorLink: ObjectKey? {
    guard let page = pages.last, page.view.hasCursor else { return nil }
    let lines = lines(of: page)
    let cursor = page.view.cursorLine(in: lines)
    return lines.indices.contains(cursor) ? lines[cursor].link : nil
  }

  /// Why enter does nothing; `nil` where it opens something.
  var linkProblem: String? {
    guard let link = cursorLink else { return "this line names no other object; up and down choose a line" }
    return snapshot[link] == nil ? "\(link.kind.kindName) \(link.name) is gone, or is not read" : nil
  }

  /// Looks another span of time back.
  mutating func lookBack(_ window: ChangeWindow) -> [Effect] {
    guard case .changes(let shown)? = pages.last?.content else { return [] }
    if shown == window { notice = "these are the last \(window.rawValue) minutes" }
    pages[pages.count - 1] = Page(.changes(window))
    chooseFirstLink()
    return []
  }

  /// The lines of a page as they may be seen, before they are broken into rows.
  func lines(of page: Page) -> [TextLine] {
    let lines: [TextLine]
    switch page.content {
    case .details(let key, let uid): lines = detailLines(of: key, uid, self)
    case .text(let text, let reading): lines = textLines(text, reading)
    case .river(let key, let warningsOnly): lines = riverLines(of: key, warningsOnly: warningsOnly, self)
    case .changes(let window): lines = changeLines(window, self)
    case .rollouts: lines = rolloutLines(self)
    case .check(let id): lines = checkLines(id, self)
    case .deploy: lines = deployLines(self)
    case .criteria: lines = criteriaLines(self)
    case .tourResult: lines = tourResultLines(self)
    }
    guard !masking.mask.isEmpty else { return lines }
    return lines.map { TextLine(masking.masked($0.spans), id: $0.id, link: $0.link, indent: $0.indent) }
  }

  /// How many columns the lines of a page have.
  var pageColumns: Int { max(1, Layout(of: self).body.columns - 4) }
}
