import Foundation
import Playbook
import Testing

extension OneAfterTheOther {
  /// `todotop profile`, and what the documents say of profiles.
  @Suite struct ProfileCommandTests {
    @Test(arguments: ["todo", "generic"])
    func `what is printed is a good profile, and prints the same again`(name: String) throws {
      let scene = try PlaybookScene()
      let printed = try scene.todotop("profile", "print", "--profile", name)
      #expect(printed.exitCode == 0 && printed.output.contains("phases:"))
      let path = try scene.write("printed.yaml", printed.output)
      let validated = try scene.todotop("profile", "validate", path)
      #expect(validated.exitCode == 0, "\(validated.errors)")
      let again = try scene.todotop("profile", "print", path).output
      // A file that names no sources has them looked for; the generic profile has none.
      let parts = [printed.output, again].map { $0.components(separatedBy: "phases:\n") }
      #expect(parts[0].count == 2 && parts[0].last == parts[1].last)
      if name == "todo" { #expect(again == printed.output) }
    }

    @Test(arguments: [
      ("phases:\n- {name: One, checks: [{kind: pods-redy}]}\n", ":2:31: ", "pods-ready"),
      ("phases: []\nguard: {local: [x]}\n", ":2:1: ", "guards"), ("name: a\n\tb: 1\n", ":2:", "tab"),
      ("phases: 7\n", ":1:9: ", "list"), ("", ":1:1: ", "empty"), ("a: &a [*a]\n", ":1:", ""),
    ])
    func `a mistake is named with its place and the nearest key`(text: String, place: String, part: String) throws {
      let scene = try PlaybookScene()
      let outcome = try scene.todotop("profile", "validate", scene.write("bad.yaml", text))
      #expect(outcome.exitCode == 2 && outcome.output.isEmpty)
      #expect(outcome.errors.contains("bad.yaml\(place)"), "\(outcome.errors)")
      #expect(part.isEmpty || outcome.errors.contains(part), "\(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1)
      // Nothing is judged by another profile than the one that was named.
      let checked = try scene.todotop("check", "--demo", "--profile", "bad.yaml")
      #expect(checked.exitCode == 2 && checked.output.isEmpty && checked.errors == outcome.errors, "\(checked)")
    }

    @Test func `the example of the documents is a good profile, and all kinds of checks are listed`() throws {
      let text = try String(contentsOf: root.appending(path: "docs/profile.md"), encoding: .utf8)
      let example = try #require(text.firstMatch(of: #/```yaml\n((?s:.*?))```/#)?.1)
      let scene = try PlaybookScene()
      let outcome = try scene.todotop("profile", "validate", scene.write("example.yaml", String(example)))
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") && $0.hasSuffix(" |") }.map(String.init)
      let expected = CheckKind.all.map { kind in
        let parameters = kind.parameters.map { "`\($0.name)`\($0.usual == nil ? " (needed)" : "")" }
        return "| `\(kind.name)` | \(kind.summary) | \(parameters.joined(separator: ", ")) |"
      }
      let missing = expected.filter { !rows.contains($0) }
      #expect(missing.isEmpty, "add to docs/profile.md:\n\(missing.joined(separator: "\n"))")
      #expect(rows.filter { !expected.contains($0) }.isEmpty)
    }

    private var root: URL {
      URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }
  }
}
