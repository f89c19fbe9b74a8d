import CellScreen
import ClusterModel
import Playbook

/// A list from which one line is chosen.
package struct Chooser: Hashable, Sendable {
  /// What is chosen.
  package enum Purpose: Hashable, Sendable {
    case namespace, context, startContext, theme, revision, shell, drill
    /// The target of a kind of drill, by its id.
    case drillTarget(String)
  }

  package let purpose: Purpose
  package var title: String
  /// The lines, in order.
  package let items: [String]
  /// Why there is no list yet, or none at all.
  package var note: String
  /// Why a line cannot be chosen now.
  package var obstacles: [String: String] = [:]
  /// The lines that stand for drills of the profile.
  package var drills: [String: DrillInstance] = [:]
  package private(set) var filter = ""
  package private(set) var selected = 0

  /// A list; its first line is chosen until another is.
  init(_ purpose: Purpose, title: String, items: [String], note: String = "", selected: String? = nil) {
    self.purpose = purpose
    self.title = title
    self.items = items
    shown = items
    self.note = note
    self.selected = selected.flatMap(items.firstIndex(of:)) ?? 0
  }

  /// The lines that the filter lets through.
  package private(set) var shown: [String]

  /// The line that enter chooses.
  package var choice: String? { shown.indices.contains(selected) ? shown[selected] : nil }

  /// Shows only lines with a text.
  mutating func filter(by text: String) {
    let kept = choice
    filter = text
    let wanted = Array(filter.lowercased().utf8)
    shown = wanted.isEmpty ? items : items.filter { $0.containsFolded(wanted) }
    selected = kept.flatMap(shown.firstIndex(of:)) ?? 0
  }

  /// Chooses another line; whether there was one.
  mutating func select(_ index: Int) -> Bool {
    let new = min(max(0, index), shown.count - 1)
    defer { selected = max(0, new) }
    return new != selected && new >= 0
  }
}

/// The keys that count while something is chosen from a list.
let chooserCommands: [Command] =
  [
    Command(
      "chooser-choose", .view(.chooser), keys: "enter", summary: "choose this line", hint: "choose",
      disabledReason: { $0.chooser?.choice == nil ? "there is no line to choose" : nil }, perform: { $0.choose() }),
    Command(
      "chooser-filter", .view(.chooser), keys: "/", summary: "show only lines with this text", hint: "filter",
      perform: { state in
        state.openPrompt(.choice, text: state.chooser?.filter ?? "")
        return []
      }),
  ] + viewCommands(.chooser)

/// Draws the lines to choose from.
func drawChooser(_ state: DashboardState, _ canvas: Canvas) {
  guard let chooser = state.chooser else { return }
  let shown = chooser.shown
  let count = chooser.filter.isEmpty ? "\(shown.count)" : "\(shown.count) of \(chooser.items.count)"
  let inside = canvas.box(
    title: [Span(chooser.title, .title)], titleRight: [Span(count, .muted)], style: .borderFocused)
  var area = inside.bounds
  if !chooser.note.isEmpty {
    let lines = wrapped(inside.respelled(chooser.note), columns: area.columns - 2)
    let note = area.takeTop(min(lines.count + 1, area.rows / 2))
    for (row, line) in lines.enumerated() {
      inside.verbatim.inner(note).write(line, at: Position(column: 1, row: row), style: .muted)
    }
  }
  Table(
    columns: [TableColumn("", minimum: 10, ideal: 253, isFlexible: true)], rowCount: shown.count,
    selectedRow: chooser.choice == nil ? nil : chooser.selected, showsHeader: false
  ) { .cells([[Span(shown[$0], chooser.obstacles[shown[$0]] == nil ? .plain : .muted)]]) }.draw(on: inside.inner(area))
}

/// The line of a chooser that stands in a row of its view; `nil` where none does.
func choiceIndex(atRow row: Int, of chooser: Chooser, in size: Size) -> Int? {
  let noteLines = chooser.note.isEmpty ? 0 : wrapped(chooser.note, columns: size.columns - 4).count + 1
  let noteRows = min(noteLines, (size.rows - 2) / 2)
  let room = size.rows - 2 - noteRows
  let inList = row - 1 - noteRows
  guard (0..<max(0, room)).contains(inList) else { return nil }
  let index = Table.firstRow(0, showing: chooser.selected, room: room, count: chooser.shown.count) + inList
  return chooser.shown.indices.contains(index) ? index : nil
}

extension DashboardState {
  /// Moves the choice, or says that it is at an end.
  mutating func moveChoice(by rows: Int) {
    guard let chooser else { return }
    let target = chooser.selected.addingReportingOverflow(rows).partialValue
    if self.chooser?.select(target) != true {
      notice = chooser.shown.isEmpty ? "there is no line to choose" : "this is the \(rows < 0 ? "first" : "last") line"
    }
  }

  mutating func open(_ chooser: Chooser) {
    // There is one list at a time, and it is on top.
    views.removeAll { $0 == .chooser }
    acting.aim = nil
    open(.chooser)
    self.chooser = chooser
  }

  /// Does what the chosen line means.
  mutating func choose() -> [Effect] {
    guard let chooser, let choice = chooser.choice else {
      notice = "there is no line to choose"
      return []
    }
    if let reason = chooser.obstacles[choice] {
      notice = reason
      return []
    }
    let aim = acting.aim
    let effects = closeView()
    switch chooser.purpose {
    case .theme: return effects + useTheme(choice)
    case .namespace: return effects + readNamespace(chooser.selected == 0 && choice == allNamespacesLine ? nil : choice)
    case .context:
      notice = "the context is fixed at start; to read it: todotop --context \(shellWord(choice))"
      return effects
    case .revision: return effects + askToRollBack(to: choice, aim)
    case .drill:
      if let drill = chooser.drills[choice] { return effects + chooseDrill(drill) }
      return effects + (DrillKind.named(String(choice.prefix { $0 != " " })).map { chooseDrill($0, aim) } ?? [])
    case .drillTarget(let id): return effects + chooseTarget(choice, ofKind: id)
    case .shell: return effects + openShell(in: choice, aim)
    case .startContext:
      verdict.reason = "finding the cluster of \(choice)"
      return effects + [.openContext(choice)]
    }
  }
}
