import CellScreen
import Playbook

/// What a line of the command line means.
enum CommandLine {
  /// A command with what stands behind its word, or why there is none.
  enum Meaning {
    case command(Command, argument: String)
    case problem(Prompt.Problem)
  }

  /// Finds the command of a line: by a whole word, or by the only one that begins so.
  static func meaning(of line: String) -> Meaning {
    let (word, argument) = split(line)
    guard let command = byWord[word] ?? onlyCommand(beginningWith: word) else {
      return .problem(Prompt.Problem(at: 0, unknown(word)))
    }
    if !argument.isEmpty, command.argument == nil {
      return .problem(Prompt.Problem(at: line.count - argument.count, ":\(command.words[0]) takes nothing behind it"))
    }
    return .command(command, argument: argument)
  }

  /// What could be meant by a line that is not finished: the part that stays, and what may follow it.
  static func candidates(for line: String, _ state: DashboardState) -> (stem: String, candidates: [String]) {
    guard let blank = line.firstIndex(of: " ") else {
      // One word a command, so that the list is short: the first that begins so.
      let words = commands.compactMap { command in command.words.first { $0.hasPrefix(line) } }
      return ("", Array(words.filter { $0 != line }.prefix(Completion.candidatesMax)))
    }
    let rest = String(line[line.index(after: blank)...])
    let stem = String(line[...blank])
    guard let argument = byWord[String(line[..<blank])]?.argument else { return (stem, []) }
    let all = argument.candidates(state).filter { $0 != rest }
    let wanted = rest.lowercased()
    let beginning = all.filter { $0.lowercased().hasPrefix(wanted) }
    let found = beginning.isEmpty ? all.filter { $0.lowercased().contains(wanted) } : beginning
    return (stem, Array(found.prefix(Completion.candidatesMax)))
  }

  /// The commands that have words, in the order of help.
  static let commands = Command.all.filter { !$0.words.isEmpty }

  private static let byWord: [String: Command] = commands.reduce(into: [:]) { words, command in
    for word in command.words { words[word] = command }
  }

  private static func split(_ line: String) -> (word: String, argument: String) {
    let trimmed = line.drop { $0 == " " }
    let word = trimmed.prefix { $0 != " " }
    var argument = trimmed.dropFirst(word.count).drop { $0 == " " }
    while argument.last == " " { argument.removeLast() }
    return (String(word), String(argument))
  }

  private static func commands(beginningWith word: String) -> [Command] {
    commands.filter { command in command.words.contains { $0.hasPrefix(word) } }
  }

  private static func onlyCommand(beginningWith word: String) -> Command? {
    let found = commands(beginningWith: word)
    return found.count == 1 ? found[0] : nil
  }

  private static func unknown(_ word: String) -> String {
    let several = commands(beginningWith: word).compactMap { command in command.words.first { $0.hasPrefix(word) } }
    if several.count > 1 { return ":\(word) can be \(several.prefix(6).map { ":" + $0 }.joined(separator: " "))" }
    let near = nearestWord(to: word, in: commands.flatMap(\.words))
    return "no command :\(word); " + (near.map { "did you mean :\($0)?" } ?? "tab shows all")
  }
}
