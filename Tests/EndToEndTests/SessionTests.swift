import Foundation
import Subprocess
import Testing

extension OneAfterTheOther {
  /// Sessions that are recorded from real clusters and terminals, and played again.
  @Suite struct SessionTests {
    @Test func `an incident is recorded until kill -9 and played again, its end missing`() throws {
      let demo = try DemoProcess(port: 0, "--scenario", "incident")
      let file = Session()
      let program = try Child([
        programPath, "record", file.path, "--kubeconfig", demo.kubeconfig, "--context", "todotop-demo", "-n", "todo",
      ])
      #expect(try eventually(within: 30) { try file.text().contains("ImagePullBackOff") })
      // The real kubectl is told the same as the recording.
      let pods = try demo.podNames()
      try demo.kubectl("rollout", "restart", "deployment/todo-frontend", "-n", "todo")
      #expect(
        try demo.kubectl("rollout", "status", "deployment/todo-frontend", "-n", "todo", "--timeout=90s").exitCode == 0)
      let new = try demo.podNames().filter { $0.hasPrefix("todo-frontend") && !pods.contains($0) }
      #expect(try eventually(within: 10) { try new.allSatisfy(file.text().contains) })
      for process in try descendants(of: program.processID) where process.arguments.contains(" record ") {
        kill(process.id, SIGKILL)
      }
      program.stop()
      let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      let text = try file.text()
      #expect(text.hasSuffix("\n"))
      for line in text.split(separator: "\n") {
        #expect((try? JSONSerialization.jsonObject(with: Data(line.utf8))) != nil)
      }

      let end = try todotop("snapshot", "--from", file.path, "--size", "160x45")
      #expect(end.exitCode == 1 && end.errors.contains("the recording is cut off"))
      for words in ["REPLAY", "CrashLoopBackOff", "ImagePullBackOff", "Pending", "todo-frontend"] {
        #expect(end.output.contains(words), "\(words)")
      }
      for pod in new { #expect(end.output.contains(pod)) }
      // What a dead container said last is there for whoever looks at it later.
      let card = try todotop("snapshot", "--from", file.path, "--size", "160x60", "--keys", "/Crash<enter><enter>")
      #expect(card.output.contains("died: exit code 1") && card.output.contains("KeyError"), "\(card.output)")

      let screen = try Tmux("'\(programPath)' replay '\(file.path)' --speed 20", columns: 160, rows: 45)
      #expect(try screen.shows("REPLAY"))
      #expect(try screen.shows("CrashLoopBackOff"))
      #expect(try screen.shows("the recording is cut off", within: 60))
      let last = try screen.text()
      for pod in new { #expect(last.contains(pod)) }
      // Nothing can be changed, and nothing is asked of a cluster.
      try screen.press("C-r")
      #expect(try screen.shows("a recording does not change"))
      #expect(try proxies(of: try #require(try screen.processID(of: "todotop"))).isEmpty)
    }

    @Test func `a replay is paused, goes on and is played faster by keys`() throws {
      let file = Session()
      let words = ["--demo", "--scenario", "incident", "--for", "8s"]
      #expect(try run([programPath, "record", file.path] + words).exitCode == 0)
      let screen = try Tmux("'\(programPath)' replay '\(file.path)' --speed 0.5", columns: 160, rows: 45)
      #expect(try screen.shows("⏵ ×0.5"))
      try screen.press(".")
      #expect(try screen.shows("⏸ paused at"))
      let paused = try clock(screen)
      Thread.sleep(forTimeInterval: 2.5)
      #expect(try clock(screen) == paused)
      try screen.press(".", ">")
      #expect(try screen.shows("⏵ ×1"))
      try screen.press(">", ">", ">", ">")
      #expect(try screen.shows("the recording ends here: the time asked for is over"))
      #expect(try screen.shows("the end of"))
      #expect(try clock(screen) != paused)
    }

    @Test func `a session is recorded from the running screen, with the logs that are followed`() throws {
      let file = Session()
      let screen = try Tmux("'\(programPath)' demo", columns: 160, rows: 45)
      #expect(try screen.shows("HEALTHY"))
      try screen.press(":")
      try screen.type("record \(file.path)")
      try screen.press("Enter")
      #expect(try screen.shows("REC"))
      try screen.press("l")
      #expect(try screen.shows("Logs"))
      #expect(try eventually(within: 20) { try file.text().contains("\"logged\"") })
      try screen.press("q", ":")
      try screen.type("record")
      try screen.press("Enter")
      #expect(try screen.shows("it was ended by :record"))
      #expect(try !screen.text().contains("REC "))
      let picture = try todotop("snapshot", "--from", file.path, "--size", "160x45")
      #expect(picture.exitCode == 0 && picture.errors.isEmpty, "\(picture.errors)")
      #expect(picture.output.contains("todo-backend") && picture.output.contains("HEALTHY"))
      let logs = try todotop("snapshot", "--from", file.path, "--size", "160x45", "--keys", "l")
      #expect(logs.output.contains("Logs") && !logs.output.contains("nothing of it is recorded"))
    }

    @Test func `a full disk ends the recording with a sentence, and nothing else`() throws {
      let file = Session()
      let limit = "ulimit -f 96;"
      let outcome = try run([
        "sh", "-c", "\(limit) exec '\(programPath)' record '\(file.path)' --demo --scenario incident --for 60s",
      ])
      #expect(outcome.exitCode == 1)
      #expect(outcome.errors.contains("the recording has ended") && outcome.errors.contains("File too large"))
      #expect(outcome.errors.split(separator: "\n").count == 1)
      #expect(try file.text().hasSuffix("\n"))
      let played = try todotop("snapshot", "--from", file.path)
      #expect(played.output.contains("REPLAY") && played.errors.contains("cut off"))

      let other = Session()
      let screen = try Tmux("\(limit) '\(programPath)' demo --scenario incident", columns: 160, rows: 45)
      #expect(try screen.shows("CrashLoopBackOff"))
      try screen.press(":")
      try screen.type("record \(other.path)")
      try screen.press("Enter")
      #expect(try screen.shows("the recording has ended"))
      // The program goes on.
      try screen.press("4", "Enter")
      #expect(try screen.shows("Deployment todo/"))
    }

    @Test func `a full disk while logs or a screen are saved is one sentence, and leaves no file`() throws {
      let file = Session()
      let screen = try Tmux("ulimit -f 4; '\(programPath)' demo", columns: 160, rows: 45)
      #expect(try screen.shows("HEALTHY"))
      try screen.press("l")
      #expect(try screen.shows("Logs"))
      Thread.sleep(forTimeInterval: 2)
      try screen.press(":")
      try screen.type("save \(file.path)")
      try screen.press("Enter")
      #expect(try screen.shows("cannot be written: File too large"))
      #expect(!FileManager.default.fileExists(atPath: file.path))
      try screen.press("w")
      #expect(try screen.shows("wrapped"))
    }

    @Test func `the limit ends a recording with a sentence, and it can be played`() throws {
      let file = Session()
      let outcome = try todotop(
        "record", file.path, "--demo", "--pods", "500", "--churn", "50", "-A", "--limit", "1", "--for", "60s")
      #expect(outcome.exitCode == 0 && outcome.output.contains("the limit of 1 MiB is reached"), "\(outcome)")
      let size = try #require(try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int)
      #expect(size < (1 << 20) + 1_000)
      let end = try todotop("snapshot", "--from", file.path)
      #expect(end.output.contains("the recording ends here: the limit of 1 MiB is reached"))
    }

    @Test(arguments: [
      (["record"], "needs a file"), (["replay"], "needs a file"), (["replay", "/no/such/file"], "No such file"),
      (["replay", "FILE"], "is empty"), (["record", "FILE", "--demo"], "is there already and stays as it is"),
      (["record", "/no/such/folder/x", "--demo"], "cannot be written"),
      (["replay", "FILE", "--demo"], "its own cluster"),
      (["record", "x", "--for", "0s"], "--for"), (["record", "x", "--limit", "0"], "--limit"),
      (["snapshot", "--for", "9s"], "record"), (["record", "x", "--from", "FILE"], "record"),
      (["snapshot", "--speed", "2"], "--speed"), (["record", "x", "y"], "is not expected here"),
    ])
    func `a mistake with recordings gets one sentence and exit code 2`(words: [String], part: String) throws {
      let file = try TemporaryFile("")
      let outcome = try run([programPath] + words.map { $0 == "FILE" ? file.url.path : $0 })
      #expect(outcome.exitCode == 2)
      #expect(outcome.errors.contains(part), "\(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1 && outcome.output.isEmpty)
    }

    @Test func `a recording of another format is named, by every command that reads it`() throws {
      let file = try TemporaryFile("{\"TodoTop recording\":99}\n")
      for words in [["replay", file.url.path], ["snapshot", "--from", file.url.path]] {
        let outcome = try run([programPath] + words)
        #expect(outcome.exitCode == 2)
        #expect(outcome.errors.contains("is a recording of format 99, and this program reads format 1"))
      }
    }

    private func clock(_ screen: Tmux) throws -> String {
      let text = try screen.text()
      return try #require(text.firstMatch(of: /[0-9]{2}:[0-9]{2}:[0-9]{2} UTC/)).output.description
    }
  }
}

/// A file for a recording, which goes with the last reference.
private final class Session {
  let path = FileManager.default.temporaryDirectory.appending(path: "todotop-test-\(UUID().uuidString).jsonl").path

  /// What was written so far; empty before there is a file.
  func text() throws -> String {
    (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
