import Foundation
import Subprocess

/// Private folders for one test of checks and deploys: state, cache, a PATH of its own and a working folder.
final class PlaybookScene {
  let root: URL
  let environment: [String: String]

  /// Only the real kubectl is on the PATH, behind a script that writes down how it is called.
  init() throws {
    root = FileManager.default.temporaryDirectory.appending(path: "todotop-scene-\(UUID().uuidString)")
    for name in ["state", "cache", "bin", "kept", "work"] {
      try FileManager.default.createDirectory(at: root.appending(path: name), withIntermediateDirectories: true)
    }
    environment = [
      "XDG_STATE_HOME": root.appending(path: "state").path, "XDG_CACHE_HOME": root.appending(path: "cache").path,
      "PATH": root.appending(path: "bin").path,
    ]
    let kubectl = try run(["/bin/sh", "-c", "command -v kubectl"]).output.trimmingCharacters(in: .newlines)
    try standIn("kubectl", "exec '\(kubectl)' \"$@\"")
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  /// Where the working folder is; the program is started in it.
  var work: URL { root.appending(path: "work") }

  /// Where stand-ins keep what they were told.
  var kept: String { root.appending(path: "kept").path }

  /// Puts a stand-in for a program on the PATH: it writes down its words, and then does what the script says.
  func standIn(_ name: String, _ script: String) throws {
    let text = """
      #!/bin/sh
      # A stand-in for \(name): it only writes down how it is called, and answers as the test needs it.
      line=$(printf '%s\\037' \(name) "$@")
      printf '%s\\n' "$line" >> '\(kept)/calls'
      \(script)

      """
    let url = root.appending(path: "bin/\(name)")
    try text.write(to: url, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: url.path)
  }

  /// All calls of stand-ins so far, word by word.
  func calls() throws -> [[String]] {
    let text = (try? String(contentsOfFile: "\(kept)/calls", encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map { line in
      line.split(separator: "\u{1F}", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
  }

  /// The calls of a stand-in that begin with a word, options to choose the cluster left out.
  func calls(_ name: String, _ verb: String) throws -> [[String]] {
    try calls().filter { call in
      call.first == name && call.dropFirst().first { !$0.hasPrefix("-") } == verb
    }
  }

  /// Writes a file below the working folder; gives its path from there.
  @discardableResult
  func write(_ path: String, _ text: String) throws -> String {
    let url = work.appending(path: path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
    return path
  }

  /// Runs the program in the working folder.
  @discardableResult
  func todotop(_ words: String...) throws -> Outcome { try todotop(words) }

  /// Runs the program in the working folder; a hang is ended and shows as exit code 124.
  func todotop(_ words: [String]) throws -> Outcome {
    let finished = try Child.run(
      [programPath] + words, environment: variables(environment), directory: work.path,
      timeLimit: .seconds(90))
    guard case .exited(let code) = finished.end, !finished.isTimedOut else {
      return Outcome(exitCode: 124, output: finished.outputText, errors: finished.errorText)
    }
    return Outcome(exitCode: code, output: finished.outputText, errors: finished.errorText)
  }

  /// Starts the program in the working folder.
  func started(_ words: String...) throws -> Child {
    try Child([programPath] + words, environment: variables(environment), directory: work.path)
  }

  /// Writes the built-in profile with all that was found for it, but for what only port 80 of this machine could
  /// answer; gives its path.
  func writeProfile() throws -> String {
    let printed = try todotop("profile", "print", "--profile", "todo").output
    let blocks = printed.components(separatedBy: "\n  - kind: ")
    return try write("own.yaml", blocks.filter { !$0.hasPrefix("ingress-answers") }.joined(separator: "\n  - kind: "))
  }

  /// Values for the Secret that nothing may show; gives the path of their file.
  func writeSecrets() throws -> String {
    try write("values", "DATABASE_URL=\(Self.secretValues[0])\nOPENAI_API_KEY=\(Self.secretValues[1])\n")
  }

  static let secretValues = ["postgresql://todo:Kq7wTnot4you@db.example.com/todo", "sk-proj-9dKfnot4you7Lq2xZbWcVm"]

  /// The files below the state folder that match.
  func stateFiles(_ folder: String) -> [URL] {
    let url = root.appending(path: "state/todotop/\(folder)")
    return (try? FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)) ?? []
  }
}
