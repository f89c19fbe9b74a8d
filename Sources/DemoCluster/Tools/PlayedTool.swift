/// A program of the machine that the demo plays, so that nothing is ever built or started there.
///
/// It answers the words that TodoTop and its profiles use, in the forms of the real one; other words are refused.
package enum PlayedTool: String, CaseIterable, Sendable {
  case docker, minikube, helm

  /// What stands where people read what it prints.
  package static let sign = "(played by the demo)"

  /// Answers some words.
  ///
  /// - Parameters:
  ///   - words: What comes after the program's name.
  ///   - state: What earlier calls left; changed by this one.
  /// - Returns: The exit code.
  package func run(_ words: [String], _ state: inout ToolState, _ stage: Stage) -> Int32 {
    switch self {
    case .docker: PlayedDocker(stage: stage).run(words, &state)
    case .minikube: PlayedMinikube(stage: stage).run(words, &state)
    case .helm: PlayedHelm(stage: stage).run(words)
    }
  }

  /// What a played program can do: print, and take time.
  package struct Stage: Sendable {
    let say: @Sendable (String) -> Void
    let complain: @Sendable (String) -> Void
    /// Waits so many seconds of the demo's time.
    let pause: @Sendable (Double) -> Void
    /// The text of a file; `nil` where there is none.
    let readFile: @Sendable (String) -> String?

    /// A stage.
    package init(
      say: @escaping @Sendable (String) -> Void, complain: @escaping @Sendable (String) -> Void,
      pause: @escaping @Sendable (Double) -> Void, readFile: @escaping @Sendable (String) -> String?
    ) {
      self.say = say
      self.complain = complain
      self.pause = pause
      self.readFile = readFile
    }

    /// Refuses words in one sentence.
    func refuse(_ sentence: String) -> Int32 {
      complain("\(sentence) \(PlayedTool.sign)\n")
      return 1
    }

    /// Prints lines, each some time after the last.
    func tell(_ lines: [(after: Double, text: String)]) {
      for line in lines {
        pause(line.after)
        say(line.text + "\n")
      }
    }
  }
}

extension [String] {
  /// The value of an option, spelled `-t VALUE`, `--tag VALUE` or `--tag=VALUE`.
  func value(of names: String...) -> String? {
    for (index, word) in enumerated() {
      if names.contains(word), index + 1 < count { return self[index + 1] }
      for name in names where word.hasPrefix(name + "=") { return String(word.dropFirst(name.count + 1)) }
    }
    return nil
  }

  /// The words that are neither options nor values of these.
  func places(options: Set<String>) -> [String] {
    var result: [String] = []
    var skips = false
    for word in self {
      if skips {
        skips = false
      } else if word.hasPrefix("-"), word != "-" {
        skips = options.contains(word)
      } else {
        result.append(word)
      }
    }
    return result
  }
}
