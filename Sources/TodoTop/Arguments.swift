import CellScreen
import ClusterAccess
import Dashboard
import DemoCluster
import Playbook

/// What the command line asks for.
struct Arguments: Equatable, Sendable {
  /// What is to be done.
  enum Command: String, CaseIterable, Sendable {
    case dashboard, demo, snapshot, check, deploy, drill, undo, profile, record, replay, doctor, completion, help,
      version
  }

  /// The formats of `snapshot`, `check` and `drill`.
  enum Format: String, CaseIterable, Sendable {
    case text, json, ansi, svg, junit

    /// What each of them prints.
    static let ofSnapshot: [Format] = [.text, .json, .ansi, .svg]
    static let ofCheck: [Format] = [.text, .json, .junit]
    static let ofDrill: [Format] = [.text, .json]
  }

  /// What `profile` does.
  enum ProfileVerb: String, CaseIterable, Sendable { case print, validate }

  var command = Command.dashboard
  var context: String?
  var namespace: String?
  var allNamespaces = false
  var kubeconfig: String?
  var kubectl = "kubectl"
  /// The period asked for with `--poll`; watch otherwise.
  var pollPeriod: Duration?
  var theme = "dark"
  var demo = false
  var from: [String] = []
  /// RFC 3339; the moment that recorded data is judged at.
  var now: String?
  var format = Format.text
  var panel: String?
  var columns = 120
  var rows = 40
  /// Pressed before the frame of `snapshot` is drawn.
  var keys = ""
  /// How long after the first complete data the frame of `snapshot` is taken, in seconds.
  var afterSeconds = 0.0
  var mask: Mask = []
  var servePort: UInt16?
  var demoPods: Int?
  var demoChurn = 0.0
  var demoScenario = "healthy"
  /// The seed asked for; the scenario's own otherwise.
  var demoSeed: UInt64?
  /// How fast the demo's time runs, or a replay.
  var speed = 1.0
  var demoFaults = ""
  var shell = "bash"
  /// A file, or the name of a profile that comes with the program.
  var profile: String?
  var profileVerb = ProfileVerb.print
  /// The file of a tour of the user's own.
  var tour: String?
  /// Whether the plan of `deploy` or of a drill is agreed to.
  var saysYes = false
  /// Whether `deploy` only shows its plan.
  var isDryRun = false
  /// A file of lines `KEY=value` for the Secret of `deploy`; `-` for standard input.
  var secretsFile: String?
  /// The file of `record` and `replay`.
  var file: String?
  /// The program that the demo plays instead of serving; with the words after `--`.
  var playedTool: PlayedTool?
  /// Where what was played is kept.
  var toolState = ""
  var playedWords: [String] = []
  /// How long `record` records; until it is stopped otherwise.
  var recordedTime: Duration?
  /// Where a recording ends, in MiB, or a drill, in seconds; the usual limit of each otherwise.
  var limit: Int?
  var drill = DrillWords()
  var usesMouse = true
  var isReadOnly = false
  /// Whether the context is chosen from a list before anything is read.
  var choosesContext = false
}

/// A mistake on the command line: one sentence and the next step.
struct UsageProblem: Error, Equatable {
  let sentence: String
}

extension Arguments {
  /// Reads the words after the program's name.
  ///
  /// - Throws: ``UsageProblem`` with what is wrong and the nearest word that is right.
  init(_ words: [String]) throws(UsageProblem) {
    var rest = words[...]
    if let first = rest.first, !first.hasPrefix("-") {
      guard let command = Command(rawValue: first), command != .dashboard else {
        throw UsageProblem(
          sentence: "There is no command \"\(first)\"\(nearest(first, in: Command.allCases.map(\.rawValue))).")
      }
      self.command = command
      rest = rest.dropFirst()
      if command == .profile, let word = rest.first, !word.hasPrefix("-") {
        guard let verb = ProfileVerb(rawValue: word) else {
          throw UsageProblem(
            sentence: "There is no \"profile \(word)\"\(nearest(word, in: ProfileVerb.allCases.map(\.rawValue))).")
        }
        profileVerb = verb
        rest = rest.dropFirst()
        if let file = rest.first, !file.hasPrefix("-") {
          profile = file
          rest = rest.dropFirst()
        }
      }
      if command == .drill { try drill.takeVerb(from: &rest) }
      if command == .completion, let shell = rest.first, !shell.hasPrefix("-") {
        self.shell = shell
        rest = rest.dropFirst()
      }
    }
    var given: [Flag] = []
    while let word = rest.popFirst() {
      if word == "--", playedTool != nil {
        playedWords = Array(rest)
        break
      }
      if !word.hasPrefix("-"), command == .dashboard, let later = Command(rawValue: word), later != .dashboard {
        command = later
        if command == .drill { try drill.takeVerb(from: &rest) }
      } else if !word.hasPrefix("-"), [.record, .replay].contains(command), file == nil {
        file = word
      } else if !word.hasPrefix("-"), command == .drill, drill.subject == nil {
        drill.subject = word
      } else {
        given.append(try take(word, from: &rest))
      }
    }
    if command == .demo { demo = true }
    if [.record, .replay].contains(command), file == nil {
      throw UsageProblem(sentence: "\(command.rawValue) needs a file: todotop \(command.rawValue) FILE.")
    }
    if command == .replay, demo || !from.isEmpty || context != nil || pollPeriod != nil {
      throw UsageProblem(
        sentence: "A replay has its own cluster; give it without --demo, --from, --context and --poll.")
    }
    if command == .record, !from.isEmpty {
      throw UsageProblem(sentence: "record is for what happens now, not for --from.")
    }
    if allNamespaces, namespace != nil { throw UsageProblem(sentence: "Give either --namespace or --all-namespaces.") }
    try checkUse(of: given)
    if [.drill, .undo].contains(command) { try checkDrill() }
    try checkScenario()
    if choosesContext, demo || !from.isEmpty || context != nil {
      throw UsageProblem(
        sentence: "--choose-context asks for the context; give it without --context, --demo and --from.")
    }
    do { _ = try KeyScript(keys) } catch { throw UsageProblem(sentence: "--keys: \(error).") }
    if demo, !from.isEmpty { throw UsageProblem(sentence: "Give either --demo or --from.") }
  }

  /// A flag that would do nothing is a mistake that should be told.
  private func checkUse(of flags: [Flag]) throws(UsageProblem) {
    for flag in flags {
      let name = flag.names[0]
      if flag.group == "demo", !demo, !(name == "--speed" && command == .replay) {
        throw UsageProblem(sentence: "\(name) is for the demo: todotop demo \(name) …")
      }
      if flag.group == Flag.hidden, name != "--watch", command != .demo || playedTool == nil || toolState.isEmpty {
        throw UsageProblem(sentence: "\(name) is for the demo alone.")
      }
      if ["--panel", "--size", "--keys", "--after"].contains(name), command != .snapshot {
        throw UsageProblem(sentence: "\(name) is for snapshot: todotop snapshot \(name) …")
      }
      if name == "--format" { try checkFormat() }
      if ["--dry-run", "--secrets"].contains(name), command != .deploy {
        throw UsageProblem(sentence: "\(name) is for deploy: todotop deploy \(name) …")
      }
      if name == "--yes", command != .deploy, command != .drill || drill.verb != .run {
        throw UsageProblem(sentence: "--yes is for deploy and drill run: todotop deploy --yes")
      }
      try checkDrillUse(of: flag)
      if name == "--profile", [.record, .replay, .doctor].contains(command) {
        throw UsageProblem(sentence: "--profile is for the screen, snapshot, check, deploy and profile.")
      }
      if name == "--tour", command != .dashboard, command != .demo {
        throw UsageProblem(sentence: "--tour is for the screen: todotop --tour FILE")
      }
      if name == "--for" || name == "--limit" && command != .drill, command != .record {
        throw UsageProblem(sentence: "\(name) is for record: todotop record FILE \(name) …")
      }
      if name == "--limit", command == .record, limit == 0 {
        throw UsageProblem(sentence: "A recording takes 1 MiB or more; --limit 0 leaves no room for one.")
      }
      if name == "--no-mouse" && command == .replay { continue }
      if ["--no-mouse", "--choose-context"].contains(name), command != .dashboard, command != .demo {
        throw UsageProblem(sentence: "\(name) is for the screen: todotop \(name) …")
      }
      if name == "--mask", command == .snapshot, format == .json {
        throw UsageProblem(sentence: "--mask is for pictures; JSON is as the cluster gave it.")
      }
      if name == "--after", !from.isEmpty {
        throw UsageProblem(sentence: "--after is for what changes; recorded data does not.")
      }
      if name == "--now", from.isEmpty, command != .replay {
        throw UsageProblem(sentence: "--now is for recorded data: give it together with --from FILE.")
      }
    }
  }

  /// Only formats that the command has.
  private func checkFormat() throws(UsageProblem) {
    let formats =
      switch command {
      case .snapshot: Format.ofSnapshot
      case .check: Format.ofCheck
      case .drill: Format.ofDrill
      default: throw UsageProblem(sentence: "--format is for snapshot, check and drill: todotop snapshot --format …")
      }
    guard !formats.contains(format) else { return }
    let names = formats.map(\.rawValue).joined(separator: ", ")
    throw UsageProblem(sentence: "\(command.rawValue) has no format \(format.rawValue), but \(names).")
  }

  /// Only scenarios that there are; `help` shows them.
  private mutating func checkScenario() throws(UsageProblem) {
    if demoScenario == "help" { command = .help }
    guard command != .help, !DemoScenario.names.contains(demoScenario) else { return }
    let near = nearestWord(to: demoScenario, in: DemoScenario.names).map { "; did you mean \($0)?" } ?? "."
    throw UsageProblem(
      sentence: "There is no scenario \"\(demoScenario)\" among \(DemoScenario.names.joined(separator: ", "))\(near)")
  }

  private mutating func take(_ word: String, from rest: inout ArraySlice<String>) throws(UsageProblem) -> Flag {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let name = word.hasPrefix("--") ? parts[0] : word
    guard word.hasPrefix("-"), word != "-" else {
      throw UsageProblem(sentence: "\"\(word)\" is not expected here; flags begin with a dash.")
    }
    guard let flag = Flag.all.first(where: { $0.names.contains(name) }) else {
      throw UsageProblem(sentence: "There is no flag \(name)\(nearest(name, in: Flag.offered.flatMap(\.names))).")
    }
    switch flag.action {
    case .set(let set):
      if parts.count == 2, word.hasPrefix("--") { throw UsageProblem(sentence: "\(name) takes no value.") }
      set(&self)
    case .value(let placeholder, let set):
      guard let value = parts.count == 2 && word.hasPrefix("--") ? parts[1] : rest.popFirst() else {
        throw UsageProblem(sentence: "\(name) needs a value: \(name) \(placeholder).")
      }
      guard set(&self, value) else {
        throw UsageProblem(sentence: "\"\(value)\" is no \(placeholder) for \(name): \(flag.summary).")
      }
    }
    return flag
  }
}

extension Arguments {
  /// The recorded session that is played: by `replay`, or as the one file of `--from`.
  var replayedFile: String? {
    if command == .replay { return file }
    return from.count == 1 && RecordedHeader.begins(from[0]) ? from[0] : nil
  }
}

/// `; did you mean x` for the word that is nearest, if one is near.
private func nearest(_ word: String, in words: [String]) -> String {
  nearestWord(to: word, in: words).map { "; did you mean \($0)" } ?? "; todotop --help lists all"
}

/// Why nothing is ever changed where it was started so.
let readOnlyReason = "started with --read-only"
