import CellScreen

extension DashboardState {
  /// Begins to type a line.
  mutating func openPrompt(_ purpose: Prompt.Purpose, text: String = "") {
    prompt = Prompt(purpose, text: text)
  }

  /// Puts text into the line; what is pasted is text and never acts as keys.
  mutating func typeText(_ text: String) {
    guard let before = prompt?.text else { return }
    prompt?.insert(text)
    if prompt?.text == before {
      notice = before.count < Prompt.charactersMax ? "there is no text in it" : "the line is full"
    } else {
      promptChanged()
    }
  }

  /// What a line means while it is typed: a filter acts at once.
  mutating func promptChanged() {
    guard let prompt else { return }
    switch prompt.purpose {
    case .filter:
      applyFilter(prompt.text)
      self.prompt?.problem = filterProblem.map { Prompt.Problem(at: $0.offset, $0.description) }
    case .choice: chooser?.filter(by: prompt.text)
    case .search: searchPage(prompt.text)
    case .logSearch, .logFilter:
      let problem = prompt.purpose == .logSearch ? searchLogs(for: prompt.text) : filterLogs(by: prompt.text)
      self.prompt?.problem = problem
    case .command, .replicas, .image, .drillLimit, .drillPlace: break
    }
  }

  /// Leaves the line without doing what it says.
  mutating func leavePrompt() {
    guard let purpose = prompt?.purpose else { return }
    prompt = nil
    switch purpose {
    case .filter: applyFilter("")
    case .choice: chooser?.filter(by: "")
    case .search: searchPage("")
    case .logSearch: logs?.search = nil
    case .logFilter: _ = filterLogs(by: "")
    case .replicas, .image: acting.aim = nil
    case .command, .drillLimit, .drillPlace: break
    }
  }

  /// Keeps the line as it is, as when the mouse goes elsewhere.
  mutating func keepPrompt() {
    if let prompt, [.filter, .search, .logSearch, .logFilter].contains(prompt.purpose) {
      history.keep(prompt.text, of: prompt.purpose)
    }
    if prompt?.purpose == .replicas || prompt?.purpose == .image { acting.aim = nil }
    prompt = nil
  }

  /// Does what the line says.
  mutating func enterPrompt() -> [Effect] {
    guard let prompt else { return [] }
    switch prompt.purpose {
    case .filter, .search, .logSearch, .logFilter:
      if prompt.problem != nil {
        notice = "mend the line first; esc leaves it"
        return []
      }
      keepPrompt()
      notice = keptWords(prompt)
      return []
    case .choice:
      self.prompt = nil
      return choose()
    case .command: return run(prompt.text)
    case .drillLimit: return limitDrill(to: prompt.text)
    case .drillPlace: return placeDrill(at: prompt.text)
    case .replicas: return askToScale(to: prompt.text, acting.aim)
    case .image: return askForImage(prompt.text, acting.aim)
    }
  }

  /// What the keys do with a line that is kept.
  private func keptWords(_ prompt: Prompt) -> String {
    let isEmpty = prompt.text.isEmpty
    switch prompt.purpose {
    case .filter: return isEmpty ? "no filter: every row is shown" : "esc clears the filter"
    case .search: return isEmpty ? "nothing is searched for" : "n goes to the next place, N to the one before"
    case .logSearch: return isEmpty ? "nothing is searched for" : "n older hit · N newer hit · esc ends the search"
    case .logFilter: return isEmpty ? "every line is shown" : "esc shows every line again"
    case .choice, .command, .replicas, .image, .drillLimit, .drillPlace: return ""
    }
  }

  /// Runs a line of the command line; a line with a mistake stays to be mended.
  mutating func run(_ line: String) -> [Effect] {
    guard line.contains(where: { $0 != " " }) else {
      prompt = nil
      notice = "no command was typed; tab shows all"
      return []
    }
    switch CommandLine.meaning(of: line) {
    case .problem(let problem):
      if prompt?.problem == problem { notice = "mend the line first; esc leaves it" }
      prompt?.problem = problem
      return []
    case .command(let command, let argument):
      history.keep(line, of: .command)
      prompt = nil
      if let reason = command.disabledReason(self) {
        notice = reason
        return []
      }
      guard !argument.isEmpty, let takes = command.argument else { return command.perform(&self) }
      return takes.perform(&self, argument)
    }
  }

  /// Goes through what could be meant.
  mutating func complete(by step: Int) -> [Effect] {
    guard let prompt, prompt.purpose == .command else {
      notice = "there is nothing to complete in a filter"
      return []
    }
    if var completion = prompt.completion {
      let count = completion.candidates.count
      completion.index = (completion.index + step + count) % count
      self.prompt?.replace(with: completion.stem + completion.candidates[completion.index])
      self.prompt?.completion = completion
      return []
    }
    let (stem, candidates) = CommandLine.candidates(for: prompt.head, self)
    guard !candidates.isEmpty else {
      notice = "nothing is known that could stand here"
      return []
    }
    if candidates.count == 1 { return acceptOffer() }
    let index = step > 0 ? 0 : candidates.count - 1
    self.prompt?.replace(with: stem + candidates[index])
    self.prompt?.completion = Completion(stem: stem, candidates: candidates, index: index)
    return []
  }

  /// Takes what stands muted behind the cursor.
  mutating func acceptOffer() -> [Effect] {
    guard let offer else {
      notice = "nothing is offered here"
      return []
    }
    let takesArgument =
      prompt?.text.contains(" ") == false
      && CommandLine.commands.contains {
        $0.argument != nil && $0.words.contains(offer)
      }
    prompt?.replace(with: offer + (takesArgument ? " " : ""))
    return []
  }

  /// The whole line as it would be with the first candidate taken; `nil` where nothing is offered.
  var offer: String? {
    guard let prompt, prompt.purpose == .command, prompt.isAtEnd, !prompt.text.isEmpty, prompt.completion == nil
    else { return nil }
    let (stem, candidates) = CommandLine.candidates(for: prompt.text, self)
    return candidates.first.map { stem + $0 }
  }

  /// Calls back another line of the history; in a chooser moves the choice instead.
  mutating func recall(by steps: Int) -> [Effect] {
    if prompt?.purpose == .choice {
      moveChoice(by: -steps)
    } else if prompt?.recall(by: steps, in: history) == true {
      promptChanged()
    } else {
      notice = steps > 0 ? "there is no older line" : "this is the newest line"
    }
    return []
  }
}
