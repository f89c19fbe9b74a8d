import CellScreen

/// The keys that count while a line is typed; every other character is text.
let promptCommands: [Command] = [
  Command("prompt-enter", .prompt, keys: "enter", summary: "run the command, or keep the filter") { $0.enterPrompt() },
  Command("prompt-leave", .prompt, keys: "esc", summary: "leave the line; a filter is cleared") {
    $0.leavePrompt()
    return []
  },
  edit("left", "left", "go one character left") { $0.moveCursor(to: $0.cursor - 1) },
  Command("prompt-right", .prompt, keys: "right", summary: "go one character right; at the end take what is offered") {
    guard let prompt = $0.prompt else { return [] }
    if prompt.isAtEnd { return $0.acceptOffer() }
    $0.prompt?.moveCursor(to: prompt.cursor + 1)
    return []
  },
  Command("prompt-accept", .prompt, keys: "ctrl-f", summary: "take what is offered") { $0.acceptOffer() },
  edit("home", "home", "go to the beginning of the line") { $0.moveCursor(to: 0) },
  edit("end", "end", "go to the end of the line") { $0.moveCursor(to: .max) },
  Command("prompt-backspace", .prompt, keys: "backspace", summary: "delete the character before; leave an empty line") {
    guard let prompt = $0.prompt else { return [] }
    if prompt.text.isEmpty {
      $0.leavePrompt()
    } else {
      $0.prompt?.deleteBackward()
      $0.promptChanged()
    }
    return []
  },
  edit("delete", "del", "delete the character behind") { $0.deleteForward() },
  edit("delete-word", "ctrl-w", "delete the word before") { $0.deleteWord() },
  edit("clear", "ctrl-u", "delete the whole line") { $0.clear() },
  Command("prompt-complete", .prompt, keys: "tab", summary: "complete the word, and go through what could be meant") {
    $0.complete(by: 1)
  },
  Command("prompt-complete-back", .prompt, keys: "shift-tab", summary: "go back through what could be meant") {
    $0.complete(by: -1)
  },
  Command("prompt-older", .prompt, keys: "up", summary: "call back the line before; in a list go up") {
    $0.recall(by: 1)
  },
  Command("prompt-newer", .prompt, keys: "down", summary: "call back the line after; in a list go down") {
    $0.recall(by: -1)
  },
  Command("prompt-suspend", .prompt, keys: "ctrl-z", summary: "leave to the shell; fg comes back") { _ in [.suspend] },
]

private func edit(
  _ name: String, _ key: String, _ summary: String, change: @escaping @Sendable (inout Prompt) -> Void
) -> Command {
  Command("prompt-\(name)", .prompt, keys: key, summary: summary) { state in
    guard let before = state.prompt else { return [] }
    var prompt = before
    change(&prompt)
    state.prompt = prompt
    if prompt.text != before.text {
      state.promptChanged()
    } else if prompt == before {
      state.notice = "the cursor is at the \(before.cursor == 0 ? "beginning" : "end") of the line"
    }
    return []
  }
}
