/// A remedy of a profile that lay in the working folder: a person agrees to it once, and again when it says something else.
package struct RemedyConsent: Hashable, Sendable {
  /// The checks that have it.
  package let checks: [String]
  /// What it runs, word by word; of a step that has a name, what it is made from.
  package let words: [String]
  /// Tells whether it is still the one that was agreed to: its words, so that no other remedy can pass for it.
  package let content: String

  /// Whether the words say all that runs: those of a program of the folder, or of a chart, do not.
  package var isWhole: Bool { ToolPrograms.names.contains(words.first ?? "") }
}

extension Profile {
  /// The remedies that may not run before a person agreed to them; none of a profile that the user named.
  package var remediesNeedingConsent: [RemedyConsent] {
    guard case .workingFolder = origin else { return [] }
    var order: [[String]] = []
    var checksOfWords: [[String]: [String]] = [:]
    for check in checks {
      guard case .run(let step)? = check.remedy else { continue }
      let words = words(of: step)
      if checksOfWords[words] == nil { order.append(words) }
      checksOfWords[words, default: []].append(check.id)
    }
    return order.map { RemedyConsent(checks: checksOfWords[$0] ?? [], words: $0, content: content(of: $0)) }
  }

  private func words(of step: RemedyStep) -> [String] {
    switch step {
    case .words(let words): words
    case .deployChart:
      ["deploy-chart", sources.chart?.path ?? "", sources.release, namespace ?? ""] + sources.values.map(\.path)
    case .createSecret: ["create-secret", secret?.name ?? ""] + (secret?.required ?? [])
    }
  }
}

/// Words with their lengths: nothing else reads the same.
private func content(of words: [String]) -> String { words.map { "\($0.utf8.count):\($0)" }.joined() }
