import CellScreen

/// The sections of help, in order: what counts on the main screen by its purpose, then panels, views and the line.
package let helpSections: [(title: String, commands: [Command])] = {
  let everywhere = Command.Group.allCases.map { group in
    (group.rawValue, Command.all.filter { [.screen, .anywhere].contains($0.scope) && $0.group == group })
  }
  let panels =
    [("In tables of pods and workloads", scoped(.table))]
    + Panel.all.map { ("In \($0.title)", scoped(.panel($0.id))) }
  let views = [
    ("In every view", scoped(.view(.help))), ("In logs", ownCommands(of: .logs)),
    ("In details", ownCommands(of: .details)), ("In YAML and what kubectl describe says", ownCommands(of: .text)),
    ("In the river of one object", ownCommands(of: .river)), ("In what changed", ownCommands(of: .changes)),
    ("In rollouts", ownCommands(of: .rollouts)), ("In a check", ownCommands(of: .check)),
    ("In a deploy", ownCommands(of: .deploy)), ("In the success criteria", ownCommands(of: .criteria)),
    ("In the tour", scoped(.tour)), ("In the result of a tour", ownCommands(of: .tourResult)),
    ("In a list to choose from", ownCommands(of: .chooser)),
    ("While a line is typed", scoped(.prompt)),
  ]
  return (everywhere + panels + views).filter { !$0.1.isEmpty } + [("With the mouse", [])]
}()

/// What the mouse does, as help and document say it.
package let mouseLines = [
  ("click", "choose panel and row, a tab, a hint of the footer"),
  ("again", "the same as enter on the chosen row"),
  ("wheel", "move three rows in the panel or view under the pointer"),
]

private func scoped(_ scope: Command.Scope) -> [Command] { Command.all.filter { $0.scope == scope } }

/// The commands of a view that not every view has.
private func ownCommands(of view: ViewKind) -> [Command] {
  let common = scoped(.view(.help))
  return scoped(.view(view)).filter { command in
    !common.contains { $0.keys == command.keys && $0.summary == command.summary }
  }
}

/// A section is not narrower than this where several stand side by side.
private let sectionColumnsMin = 58

/// What help shows: every command with its keys and words, in as many columns as there is room for.
func helpLines(columns: Int) -> [[Span]] {
  let count = max(1, columns / sectionColumnsMin)
  let width = columns / count - (count > 1 ? 2 : 0)
  let sections = helpSections.map { sectionLines($0.title, $0.commands, columns: width) }
  guard count > 1 else { return sections.flatMap { $0 } }
  return sideBySide(piles(of: sections, count: count), columns: width + 2)
}

private func sectionLines(_ title: String, _ commands: [Command], columns: Int) -> [[Span]] {
  var lines = [[Span(title, .title)]]
  let rows =
    commands.map { command in
      (
        command.keys.map(\.description).joined(separator: " "), command.words.first.map { ":" + $0 } ?? "",
        command.summary
      )
    } + (commands.isEmpty ? mouseLines.map { ($0.0, "", $0.1) } : [])
  for (keys, word, summary) in rows {
    let label = ("  " + (word.isEmpty ? keys : keys.padded(to: 11) + word)).padded(to: 25)
    let indent = String(repeating: " ", count: TextWidth.columns(of: label))
    for (index, part) in wrapped(summary, columns: columns - indent.count).enumerated() {
      lines.append([index == 0 ? Span(label, .key) : Span(indent), Span(part)])
    }
  }
  return lines + [[]]
}

/// Whole sections in their order, in piles of about the same height.
private func piles(of sections: [[[Span]]], count: Int) -> [[[Span]]] {
  var height = sections.reduce(0) { $0 + $1.count } / count
  while true {
    var piles: [[[Span]]] = [[]]
    for section in sections {
      if piles[piles.count - 1].count + section.count > height, !piles[piles.count - 1].isEmpty { piles.append([]) }
      piles[piles.count - 1] += section
    }
    if piles.count <= count { return piles }
    height += 1
  }
}

private func sideBySide(_ piles: [[[Span]]], columns: Int) -> [[Span]] {
  (0..<(piles.map(\.count).max() ?? 0)).map { row in
    piles.flatMap { pile -> [Span] in
      let line = row < pile.count ? pile[row] : []
      return line + [Span(String(repeating: " ", count: max(0, columns - line.columns)))]
    }
  }
}
