/// What is read of a Dockerfile.
struct Dockerfile {
  /// A stage: what it begins from and what it does.
  struct Stage {
    var image: String
    var name: String
    var user: String?
    var hasHealthCheck = false
    var commands: [String] = []
  }

  private(set) var stages: [Stage] = []
  /// `NAME=value` of each `ENV` and `ARG` with a value.
  private(set) var environment: [String] = []
  /// The names of each `ENV` and `ARG`.
  private(set) var variableNames: Set<String> = []

  init(_ text: String) {
    for instruction in Self.instructions(of: text) {
      let parts = instruction.split(maxSplits: 1, omittingEmptySubsequences: true, whereSeparator: \.isWhitespace)
      guard let word = parts.first?.uppercased() else { continue }
      take(word, parts.count > 1 ? String(parts[1]) : "")
    }
  }

  private mutating func take(_ word: String, _ rest: String) {
    let last = stages.count - 1
    switch word {
    case "FROM":
      let words = rest.split(whereSeparator: \.isWhitespace).filter { !$0.hasPrefix("--") }.map { String($0) }
      let name = words.count == 3 && words[1].lowercased() == "as" ? words[2] : ""
      // A stage that begins from another goes on as its user.
      let user = stages.first { $0.name == words.first && !$0.name.isEmpty }?.user
      stages.append(Stage(image: words.first ?? "", name: name, user: user))
    case "USER": if last >= 0 { stages[last].user = rest.trimmed }
    case "HEALTHCHECK": if last >= 0 { stages[last].hasHealthCheck = rest.uppercased() != "NONE" }
    case "RUN": if last >= 0 { stages[last].commands.append(rest) }
    case "ENV", "ARG": takeVariables(rest)
    default: break
    }
  }

  /// `A=1 B=2`, `A`, or the old `A value`.
  private mutating func takeVariables(_ rest: String) {
    let words = rest.split(whereSeparator: \.isWhitespace).map { String($0) }
    guard let first = words.first else { return }
    if !first.contains("="), words.count > 1 {
      variableNames.insert(first)
      return environment.append(first + "=" + words.dropFirst().joined(separator: " "))
    }
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1)
      variableNames.insert(parts.first.map(String.init) ?? "")
      let value = parts.count == 2 ? parts[1].filter { $0 != "\"" && $0 != "'" } : ""
      if !value.isEmpty { environment.append("\(parts[0])=\(value)") }
    }
  }

  /// Whether the user of the last stage is not root; images that say so in their name count.
  var isNonRoot: Bool {
    guard let last = stages.last else { return false }
    guard let user = last.user else { return ["unprivileged", "nonroot"].contains { last.image.contains($0) } }
    let name = user.split(separator: ":").first.map(String.init) ?? ""
    return !["root", "0", ""].contains(name)
  }

  /// Whether a page is built in the stage that runs: its tools stay in the image.
  var keepsBuildTools: Bool {
    stages.count == 1
      && stages[0].commands.contains { command in
        ["npm run build", "yarn build", "pnpm build", "pnpm run build", "vite build", "next build"].contains {
          command.contains($0)
        }
      }
  }

  /// The instructions without comments; a backslash at the end of a line goes on with the next.
  private static func instructions(of text: String) -> [String] {
    var instructions: [String] = []
    var begun = ""
    for line in text.split(whereSeparator: \.isNewline) {
      let line = String(line).trimmed
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasSuffix("\\") {
        begun += line.dropLast() + " "
      } else {
        instructions.append(begun + line)
        begun = ""
      }
    }
    return begun.isEmpty ? instructions : instructions + [begun]
  }
}
