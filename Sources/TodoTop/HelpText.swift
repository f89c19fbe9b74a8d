import DemoCluster

/// The program's version, as `--version` prints it.
let version = "0.1.0"

/// What `--help` prints; made from the lists of commands and flags.
func helpText() -> String {
  var text = """
    todotop – one screen for one application on Kubernetes

    Usage:
      todotop [flags]            watch the application in the namespace of the current context
      todotop demo [flags]       the same on a cluster of its own; needs no Kubernetes
      todotop snapshot [flags]   one frame, or the same as JSON, on standard output
      todotop check [flags]      what every check of every phase finds, for people and for CI
      todotop deploy [flags]     make the checks of phases 1 to 5 hold: a plan, a question, one step after the other
      todotop drill list|plan|run|undo|report [DRILL]  break something on purpose, measure, put it back exactly
      todotop undo [--all]       undo the drill that is open, whoever left it
      todotop profile print|validate [FILE]  what the application is, or what is wrong with a file that says it
      todotop record FILE [flags]  what is learned of the cluster, written down until ctrl-c
      todotop replay FILE [flags]  the screen of then, from what was recorded
      todotop doctor [flags]     what works here, what does not, and what to do about it
      todotop completion SHELL   words for the shell: bash, zsh or fish
      todotop help | version


    """
  let groups = [
    ("cluster", "Which cluster"), ("demo", "Demo"), ("playbook", "Checks and deploy"), ("snapshot", "Snapshot"),
    ("recording", "Recording"), ("drills", "Failure drills"),
    ("screen", "General"),
  ]
  for (group, title) in groups {
    text += "\(title):\n"
    for flag in Flag.offered where flag.group == group {
      var names = flag.names.joined(separator: ", ")
      if case .value(let placeholder, _) = flag.action { names += " " + placeholder }
      text += "  \(names.padded(to: 28)) \(flag.summary)\n"
    }
    text += "\n"
    if group == "demo" { text += scenarioText() }
  }
  return text + """
    Keys: ? shows them on the screen; snapshot --keys spells them as help does, long names in brackets: /api<enter>P.
    Exit codes: 0 fine · 1 not healthy or refused · 2 wrong usage · 3 the cluster cannot be reached ·
    4 a drill is still to be undone.

    """
}

/// The scenarios of the demo with their sentences.
private func scenarioText() -> String {
  let lines = DemoScenario.names.compactMap(DemoScenario.named).map { scenario in
    "  \(scenario.name.padded(to: 28)) \(scenario.sentence)\n"
  }
  return "Scenarios:\n" + lines.joined() + "\n"
}

/// A script for the shell that completes commands and flags; `nil` for a shell that is not known.
func completionScript(for shell: String) -> String? {
  let commands = Arguments.Command.allCases.map(\.rawValue).filter { $0 != "dashboard" }.joined(separator: " ")
  let flags = Flag.offered.flatMap(\.names).joined(separator: " ")
  switch shell {
  case "bash":
    return """
      _todotop() {
        COMPREPLY=($(compgen -W "\(commands) \(flags)" -- "${COMP_WORDS[COMP_CWORD]}"))
      }
      complete -o default -F _todotop todotop

      """
  case "zsh":
    return """
      #compdef todotop
      _arguments '*:word:(\(commands) \(flags))'

      """
  case "fish":
    let lines = Flag.offered.flatMap { flag in
      flag.names.filter { $0.hasPrefix("--") }.map {
        "complete -c todotop -l \($0.dropFirst(2)) -d '\(flag.summary.replacing("'", with: "\\'"))'"
      }
    }
    return (["complete -c todotop -n __fish_use_subcommand -f -a '\(commands)'"] + lines).joined(separator: "\n") + "\n"
  default: return nil
  }
}

extension String {
  /// The text with blanks behind it up to `width` characters.
  func padded(to width: Int) -> String {
    count >= width ? self : self + String(repeating: " ", count: width - count)
  }
}
