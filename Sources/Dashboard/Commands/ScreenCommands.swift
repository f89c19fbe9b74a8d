import CellScreen
import ClusterModel
import Playbook

/// The keys that are about the screen and the program.
let screenCommands: [Command] =
  [
    Command(
      "command", .anywhere, keys: ":", group: .screen, summary: "type a command by its word; tab completes",
      hint: "command",
      perform: { state in
        state.openPrompt(.command)
        return []
      }),
    Command(
      "help", .anywhere, keys: "?", "F1", words: ["help", "keys", "h"], group: .screen,
      summary: "show all keys, or leave them", hint: "help",
      perform: { state in
        if state.views.last == .help { return state.closeView() }
        state.open(.help)
        return []
      }),
    Command(
      "quit-here", .screen, keys: "q", group: .screen, summary: "leave the program; asks once", hint: "quit",
      perform: {
        $0.asksToQuit = true
        return []
      }),
    Command(
      "quit", .anywhere, keys: "F10", words: ["quit", "q", "exit"], group: .screen,
      summary: "leave the program from anywhere; asks once",
      perform: {
        $0.asksToQuit = true
        return []
      }),
    Command(
      "namespace", .anywhere, words: ["ns", "namespace", "namespaces"],
      argument: Command.Argument("NAME", candidates: { [allNamespacesWord] + $0.knownNamespaces }) { state, name in
        state.readNamespace(name == allNamespacesWord ? nil : name)
      },
      group: .screen, summary: "read another namespace; without a name choose from all",
      disabledReason: namespaceReason, perform: { $0.openNamespaceChooser() }),
    Command(
      "context", .anywhere, words: ["ctx", "context", "contexts"], group: .screen,
      summary: "show the contexts there are; the one in use is chosen at start",
      disabledReason: { state in
        if state.chooser?.purpose == .startContext { return "this is the choice of the context" }
        let isOwn = state.isDemo || state.snapshot.connection.feed == .recording
        return isOwn ? "\(state.isDemo ? "the demo has a context" : "a recording has no context") of its own" : nil
      }, perform: { $0.openContextChooser() }),
    Command(
      "theme", .anywhere, words: ["theme"],
      argument: Command.Argument("NAME", candidates: { _ in Theme.all.map(\.name) }) { $0.useTheme($1) },
      group: .screen, summary: "change the colours; without a name choose",
      disabledReason: { $0.chooser?.purpose == .startContext ? "a context is to be chosen first" : nil },
      perform: { $0.openThemeChooser() }),
    Command(
      "refresh", .anywhere, keys: "ctrl-r", words: ["refresh"], group: .screen,
      summary: "read every list anew, and draw the whole screen again",
      perform: { state in
        let isRecording = state.snapshot.connection.feed == .recording
        state.notice = isRecording ? "drawn again; a recording does not change" : "reading every list anew"
        return isRecording ? [.repaint] : [.refresh, .repaint]
      }),
    Command(
      "save", .anywhere, keys: "ctrl-s", words: ["save"],
      argument: Command.Argument("FILE") { [$0.saving(to: $1)] }, group: .screen,
      summary: "write this screen to a new file, .txt, .svg or .ansi; logs as lines, the result of a tour as Markdown",
      perform: { [$0.saving(to: "")] }),
    Command(
      "suspend", .anywhere, keys: "ctrl-z", words: ["suspend"], group: .screen,
      summary: "leave to the shell; fg comes back", perform: { _ in [.suspend] }),
  ] + recordingCommands

/// What stands for all namespaces on the command line.
let allNamespacesWord = "all"

private let namespaceReason: @Sendable (DashboardState) -> String? = { state in
  if state.deploying.walk?.isActive == true { return "a deploy is under way here; ctrl-x ends it" }
  if state.chooser?.purpose == .startContext { return "a context is to be chosen first" }
  if state.snapshot.connection.context.isEmpty, state.snapshot.connection.feed != .recording {
    return "the cluster is not found yet"
  }
  return state.snapshot.connection.feed == .recording
    ? "a recording has only what is in it; start with another file" : nil
}

extension DashboardState {
  /// The namespaces that were seen so far, for completion.
  var knownNamespaces: [String] {
    var names = Set(workloads.map(\.namespace) + ingresses.map(\.key.namespace) + namespaces)
    if let namespace { names.insert(namespace) }
    names.remove("")
    return names.sorted()
  }

  /// What writing to a file means here; an empty path stands for the usual place.
  func saving(to path: String) -> Effect {
    switch views.last {
    case .logs: return .saveLogs(path)
    case .tourResult: return tourMarkdown.map { .saveReport($0, path: path) } ?? .save(path)
    default: return .save(path)
    }
  }

  /// Shows everything in another theme.
  mutating func useTheme(_ name: String) -> [Effect] {
    guard Theme.named(name) != nil else {
      let near = nearestWord(to: name, in: Theme.all.map(\.name)).map { "; did you mean \($0)?" }
      notice = "no theme \(name)" + (near ?? "; there are \(Theme.all.map(\.name).joined(separator: ", "))")
      return []
    }
    notice = name == theme ? "\(name) is the theme in use" : "theme \(name)"
    theme = name
    return [.setTheme(name)]
  }
}
