import CellScreen
import ClusterModel

/// One part of an object's details: a quiet heading, and lines below it.
struct DetailSection {
  /// Empty where the lines speak for themselves.
  var title: String
  /// What stands behind the title: how old, how many.
  var note: [Span]
  /// Without any the section is left out.
  var lines: [TextLine]

  /// Lines without a heading.
  init(_ lines: [TextLine]) { self.init("", lines) }

  /// A section.
  init(_ title: String, note: [Span] = [], _ lines: [TextLine]) {
    self.title = title
    self.note = note
    self.lines = lines
  }
}

/// What the sections of one object's details are made from.
struct DetailContext {
  let key: ObjectKey
  let state: DashboardState
  /// How many columns a line has.
  let columns: Int

  var snapshot: Snapshot { state.snapshot }
  var now: Timestamp { state.now }
}

/// What the objects of some kinds show of themselves, section by section.
///
/// A kind of details is one value in a file of its own and one line in ``all``.
struct Details: Sendable {
  let kinds: [ResourceKind]
  let sections: [@Sendable (DetailContext) -> DetailSection]

  /// Every kind of details.
  static let all: [Details] = [pod, workload, service, ingress, node]

  /// The details of a kind; of one without any of its own what every object has.
  static func of(_ kind: ResourceKind) -> Details { all.first { $0.kinds.contains(kind) } ?? plain }

  /// What every object has.
  private static let plain = Details(
    kinds: [], sections: [ownersSection, labelsSection, usersSection, conditionsSection, eventsSection])
}

/// The lines of an object's details.
///
/// - Parameter uid: That of the object that was opened; a successor of its name says that it is another.
func detailLines(of key: ObjectKey, _ uid: UID?, _ state: DashboardState) -> [TextLine] {
  let context = DetailContext(key: key, state: state, columns: state.pageColumns)
  var sections: [DetailSection] = []
  if let object = state.snapshot[key] {
    if let uid, object.metadata.uid != uid {
      let words = "This is a successor of the same name: the one that was opened is gone."
      sections.append(DetailSection([TextLine([Span("⚠ ", .warning), Span(words, .warning)])]))
    }
    sections += Details.of(key.kind).sections.map { $0(context) }
  } else {
    sections = goneSections(context, uid)
  }
  let parts = sections.filter { !$0.lines.isEmpty }.map { section -> [TextLine] in
    let heading = [TextLine([Span(section.title, .title)] + section.note)]
    return (section.title.isEmpty ? [] : heading) + section.lines
  }
  return Array(parts.joined(separator: [.blank]))
}

private func goneSections(_ context: DetailContext, _ uid: UID?) -> [DetailSection] {
  let status = context.snapshot.stream(context.key.kind)
  guard status.hasList else {
    let name = context.key.kind.resource
    let words =
      status.isReadable ? "The \(name) are not read yet." : "The \(name) cannot be read, so nothing is known of it."
    return [DetailSection([TextLine([Span(words, .muted)])])]
  }
  let words = "It is gone. \(uid == nil ? "" : "What is left are its events.")"
  let events = uid.map { context.snapshot.events.about($0) } ?? []
  return [
    DetailSection([TextLine([Span("✗ ", .warning), Span(words, .warning)])]),
    DetailSection("Events", events.map { eventLine($0, context) }),
  ]
}
