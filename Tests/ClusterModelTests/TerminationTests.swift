import ClusterModel
import Testing

/// How a container ended, in words for people.
@Suite struct TerminationTests {
  @Test(arguments: [
    ("OOMKilled", 137, 0, "exit 137 = SIGKILL: out of memory at limit 512Mi"),
    ("OOMKilled", 1, 0, "exit 1: out of memory at limit 512Mi"),
    ("Error", 137, 0, "exit 137 = SIGKILL: out of memory, or it did not stop in time"),
    ("Error", 143, 0, "exit 143 = SIGTERM: it was asked to stop"),
    ("Error", 139, 0, "exit 139 = SIGSEGV: it touched memory that is not its own"),
    ("Error", 0, 9, "ended by SIGKILL: out of memory, or it did not stop in time"),
    ("Error", 1, 0, "exit 1: it ended by itself, with an error"),
    ("Completed", 0, 0, "exit 0: it ended by itself, without an error"),
    ("ContainerCannotRun", 127, 0, "exit 127: the command was not found"),
    ("StartError", 126, 0, "exit 126: the command cannot be run"),
    ("Unknown", 255, 0, "exit 255: lost when its node restarted"),
  ])
  func `an end is told by its code, its signal and what they mean`(
    _ reason: String, _ code: Int, _ signal: Int, _ sentence: String
  ) {
    var end = Termination()
    (end.reason, end.exitCode, end.signal) = (reason, code, signal)
    #expect(end.sentence(memoryLimitBytes: 512 << 20) == sentence)
  }

  @Test func `without a limit of its own the words say so`() {
    var end = Termination()
    (end.reason, end.exitCode) = ("OOMKilled", 137)
    #expect(end.sentence(memoryLimitBytes: nil) == "exit 137 = SIGKILL: out of memory; it has no limit of its own")
  }

  @Test func `how long it lived is known where start and end are`() {
    var end = Termination()
    end.finishedAt = Timestamp(seconds: 100)
    #expect(end.lived == nil)
    end.startedAt = Timestamp(seconds: 88)
    #expect(end.lived == .seconds(12))
    end.startedAt = Timestamp(seconds: 200)
    #expect(end.lived == .zero)
  }
}
