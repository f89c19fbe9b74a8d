import CellScreen
import ClusterModel

/// What happened to an object and what it owns, newest first.
func riverLines(of key: ObjectKey, warningsOnly: Bool, _ state: DashboardState) -> [TextLine] {
  let river = RiverOfObject(key, state.snapshot)
  let entries = state.river.entries.filter { river.includes($0) && ($0.warns || !warningsOnly) }
  guard !entries.isEmpty else {
    let words =
      warningsOnly ? "No warnings of it are known; w shows everything." : "Nothing of it is known to have happened."
    return [TextLine([Span(words, .muted)])]
  }
  return entries.map { entry in
    let ago = Age.text(since: entry.time, at: state.now)
    var spans = [
      Span("\(timeText(entry.time))  \(ago.padded(to: 7))", .stamp), Span("\(entry.sort.glyph) ", entry.sort.style),
    ]
    if entry.object != key {
      // Behind the name that stands in the title the rest tells which one it is.
      let subject = state.masking.masked(entry.subject)
      let isPart = entry.subject.hasPrefix(key.name + "-")
      spans.append(Span(isPart ? String(subject.dropFirst(key.name.count + 1)) : subject, .link))
      spans.append(Span(" "))
    }
    spans.append(Span(entry.text, entry.warns ? entry.sort.style : .plain))
    if entry.count > 1 { spans.append(Span("  ×\(entry.count)", .muted)) }
    return TextLine(spans, id: .entry(entry.id), link: entry.object, indent: 19)
  }
}

/// Which entries of the river are about an object or what it owns.
private struct RiverOfObject {
  private let owned: Set<ObjectKey>
  /// The beginnings of the names of pods that are gone: nothing else tells any more whose they were.
  private let beginnings: [String]

  init(_ key: ObjectKey, _ snapshot: Snapshot) {
    owned = snapshot.ownedObjects(of: key)
    switch key.kind {
    case .deployments: beginnings = owned.filter { $0.kind == .replicaSets }.map { $0.name + "-" }
    case .replicaSets, .statefulSets, .daemonSets, .jobs: beginnings = [key.name + "-"]
    default: beginnings = []
    }
  }

  func includes(_ entry: River.Entry) -> Bool {
    guard let object = entry.object else { return false }
    if owned.contains(object) { return true }
    return object.kind == .pods && object.namespace == owned.first?.namespace
      && beginnings.contains { object.name.hasPrefix($0) }
  }
}
