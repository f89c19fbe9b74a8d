import Foundation
import Playbook
import Synchronization
import Testing

@testable import Operations

/// Commands of remedies, by stand-ins for the programs.
@Suite struct RemedyRunnerTests {
  private func command(
    _ script: String, name: String = "helm", input: String = "", timeLimit: Duration = .seconds(20)
  ) -> RemedyCommand {
    RemedyCommand(words: [name], argv: ["/bin/sh", "-c", script], input: input, timeLimit: timeLimit)
  }

  private func run(_ command: RemedyCommand, isCancelled: @escaping () -> Bool = { false }) -> (
    end: RemedyEnd, lines: [String]
  ) {
    var lines: [String] = []
    let end = RemedyRunner(command).run(said: { lines.append($0) }, isCancelled: isCancelled)
    return (end, lines)
  }

  @Test func `lines come as they are printed, and what is read is passed on`() {
    let (end, lines) = run(command("cat; echo two >&2; printf three", input: "one\n"))
    #expect(Set(lines) == ["one", "two", "three"])
    #expect(end.exitCode == 0 && end.problem == nil)
  }

  @Test func `a failure is told by its code and its last words`() {
    let (end, _) = run(
      command("echo first >&2; echo 'Error: no such chart' >&2; echo 'See https://helm.sh' >&2; exit 3"))
    #expect(end.exitCode == 3)
    #expect(end.problem == "helm ended with exit code 3: Error: no such chart")
    #expect(run(command("echo why >&2; exit 1")).end.problem == "helm ended with exit code 1: why")
    #expect(run(command("kill -9 $$")).end.problem == "helm was ended by signal 9")
    let missing = RemedyCommand(words: ["helm"], argv: ["todotop-no-such-program"], timeLimit: .seconds(1))
    #expect(run(missing).end.problem == "helm is not installed here")
  }

  @Test func `what hangs is ended, also if it does not listen`() {
    let (late, lines) = run(command("echo begun; sleep 60", timeLimit: .milliseconds(300)))
    #expect(lines == ["begun"])
    #expect(late.problem?.hasPrefix("helm was not done within") == true)
    let stop = StopFlag()
    var said: [String] = []
    let end = RemedyRunner(command("echo begun; sleep 60; echo never")).run(
      said: {
        said.append($0)
        stop.set()
      }, isCancelled: { stop.isSet })
    #expect(said == ["begun"])
    #expect(end.problem == "helm was ended by you; what it began may be half done")
  }

  @Test func `bytes that are no text, and lines without end, do no harm`() {
    let (end, lines) = run(
      command("head -c 200000 /dev/urandom; head -c 300000 /dev/zero | tr '\\0' x; printf '\\nend\\n'"))
    #expect(end.problem == nil)
    #expect(lines.last == "end")
    #expect(lines.allSatisfy { $0.utf8.count <= 3 * LineGatherer.maximumBytes + 16 })
    #expect(lines.contains { $0.hasSuffix(" … cut") })
  }

  @Test func `progress bars are lines, and secrets are hidden`() {
    let (_, lines) = run(command("printf '10%%\\r20%%\\rdone\\n\\nurl postgres://me:hunter2@db/x\\n'"))
    #expect(lines == ["10%", "20%", "done", "", "url postgres://me:•••@db/x"])
  }

  @Test func `lines gather until they are taken, and no more than the limit`() throws {
    let running = RemedyRun(command("i=0; while [ $i -lt 3000 ]; do echo $i; i=$((i+1)); done"))
    var end: RemedyEnd?
    var lines: [String] = []
    var dropped = 0
    let deadline = Date().addingTimeInterval(30)
    Thread.sleep(forTimeInterval: 0.5)
    while end == nil, Date() < deadline {
      let taken = running.take()
      lines += taken.lines
      dropped += taken.dropped
      end = taken.end
      Thread.sleep(forTimeInterval: 0.05)
    }
    #expect(end?.exitCode == 0)
    #expect(lines.count + dropped == 3_000 && lines.last == "2999")
  }

  @Test func `a run that is stopped ends`() {
    let running = RemedyRun(command("sleep 60"))
    running.stop()
    let deadline = Date().addingTimeInterval(20)
    var end: RemedyEnd?
    while end == nil, Date() < deadline {
      end = running.take().end
      Thread.sleep(forTimeInterval: 0.05)
    }
    #expect(end?.problem == "helm was ended by you; what it began may be half done")
  }
}
