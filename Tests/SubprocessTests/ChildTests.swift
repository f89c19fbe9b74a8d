import Subprocess
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite struct ChildTests {
  func run(
    _ argv: [String], stdin: String = "", limitBytes: Int = 1 << 20, timeLimit: Duration = .seconds(10)
  ) throws -> Finished {
    try Child.run(argv, stdin: Array(stdin.utf8), limitBytes: limitBytes, timeLimit: timeLimit)
  }

  @Test func `gives what a program prints and how it ends`() throws {
    let echo = try run(["echo", "hello"])
    #expect(echo == Finished(end: .exited(0), stdout: Array("hello\n".utf8), stderr: []))
    let failing = try run(["sh", "-c", "echo oops >&2; exit 3"])
    #expect(failing.end == .exited(3))
    #expect(failing.errorText == "oops\n")
    #expect(try run(["sh", "-c", "kill -TERM $$"]).end == .signalled(SIGTERM))
  }

  @Test(arguments: [";rm -rf ~", "$(id)", "--all", "-n", "a b\tc", "", "*", "é'\"\\", "`id`", "\n"])
  func `every name reaches the program as one argument`(_ name: String) throws {
    let finished = try run(["printf", "[%s]", name, "end"])
    #expect(finished.outputText == "[\(name)][end]")
  }

  @Test func `a program reads what it is given, or nothing`() throws {
    let large = String(repeating: "0123456789", count: 100_000)
    #expect(try run(["cat"], stdin: large).outputText == large)
    #expect(try run(["cat"]).stdout.isEmpty)
  }

  @Test func `output beyond the limit is thrown away and said to be`() throws {
    let finished = try run(["sh", "-c", "head -c 3000000 /dev/zero; echo done >&2"], limitBytes: 1_000)
    #expect(finished.stdout.count == 1_000)
    #expect(finished.isOutputCut)
    #expect(finished.end == .exited(0))
    #expect(finished.errorText == "done\n")
    #expect(try run(["echo", "abc"], limitBytes: 4).isOutputCut == false)
  }

  @Test func `a program that takes too long is ended, with its children`() throws {
    let start = monotonicTime()
    let finished = try run(["sh", "-c", "echo begun; sleep 100 & sleep 100"], timeLimit: .milliseconds(100))
    #expect(finished.isTimedOut)
    #expect(finished.end == .signalled(SIGTERM))
    #expect(finished.outputText == "begun\n")
    #expect(monotonicTime() - start < .seconds(5))
  }

  @Test func `a program that does not listen to politeness is killed`() throws {
    let finished = try run(["sh", "-c", "trap '' TERM; while :; do sleep 0.05; done"], timeLimit: .milliseconds(50))
    #expect(finished.isTimedOut)
    #expect(finished.end == .signalled(SIGKILL))
  }

  @Test func `a child left in the background does not hold up the result and does not stay`() throws {
    let finished = try run(["sh", "-c", "sleep 100 & echo $!"])
    #expect(finished.end == .exited(0))
    let left = try #require(Int32(finished.outputText.dropLast()))
    #expect(eventually { isGone(left) })
  }

  @Test func `says what cannot be started`() {
    #expect(throws: SpawnProblem.notFound("no-such-program")) { try run(["no-such-program"]) }
    #expect(throws: SpawnProblem.notFound("/no/such/program")) { try run(["/no/such/program"]) }
    #expect(throws: SpawnProblem.notExecutable("/etc/passwd")) { try run(["/etc/passwd"]) }
    #expect(throws: SpawnProblem.notFound("")) { try run([]) }
    #expect(throws: SpawnProblem.failed("true", errno: ENOENT)) {
      try Child.run(["true"], directory: "/no/such/folder", timeLimit: .seconds(1))
    }
    #expect(SpawnProblem.notFound("kubectl").description == "kubectl: command not found")
  }

  @Test func `environment and folder are the ones given`() throws {
    let finished = try Child.run(
      ["/bin/sh", "-c", "echo $A; pwd"], environment: ["A=1"], directory: "/", timeLimit: .seconds(5))
    #expect(finished.outputText == "1\n/\n")
  }

  @Test func `leaves no zombie and no descriptor`() throws {
    let before = countOfOpenDescriptors()
    for _ in 0..<100 {
      _ = try run(["true"])
      _ = try? run(["no-such-program"])
      _ = try? Child.run(["true"], directory: "/no/such/folder", timeLimit: .seconds(1))
    }
    // Other suites open some at the same time, but not as many as one leaked by each run would be.
    #expect(countOfOpenDescriptors() < before + 60)
    let child = try Child(["sleep", "100"])
    child.stop()
    #expect(child.end == .signalled(SIGTERM))
    #expect(waitpid(child.processID, nil, WNOHANG) == -1)
  }

  @Test func `a child sees no descriptor of the program`() throws {
    let secrets = (0..<5).map { _ in open("/dev/null", O_RDONLY) }
    defer { for secret in secrets { close(secret) } }
    let listed = try run(["ls", "/dev/fd/"]).outputText.split(separator: "\n").compactMap { Int32($0) }
    // The fourth is the one that reads the list.
    #expect(listed.count == 4)
    #expect(listed.filter { $0 <= 2 } == [0, 1, 2])
  }

  @Test func `a child has a session and a group of its own`() throws {
    let child = try Child(["sleep", "100"])
    #expect(getpgid(child.processID) == child.processID)
    #expect(getsid(child.processID) == child.processID)
    child.kill()
    #expect(child.end == .signalled(SIGKILL))
  }

  /// A child that sleeps, and the process ID it says it has.
  func sleeper() throws -> (child: Child, inner: Int32) {
    let child = try Child(["sh", "-c", "echo $$; exec sleep 100"])
    var capture = OutputCapture(limitBytes: 100)
    #expect(
      eventually {
        capture.take(from: child.output)
        return capture.bytes.last == UInt8(ascii: "\n")
      })
    return (child, try #require(Int32(String(decoding: capture.bytes.dropLast(), as: UTF8.self))))
  }

  @Test func `a killed child is reaped at once`() throws {
    let (child, inner) = try sleeper()
    #expect(kill(inner, 0) == 0)
    child.kill()
    #expect(kill(inner, 0) == -1)
    #expect(kill(child.processID, 0) == -1)
  }

  @Test func `how a child ends is known whoever ends it`() throws {
    let (child, inner) = try sleeper()
    kill(inner, SIGQUIT)
    #expect(eventually { child.reap() != nil })
    #expect(child.end == .signalled(SIGQUIT))
  }

  @Test func `the end of the program is the end of its children and theirs`() throws {
    let child = try Child(["sh", "-c", "echo $$; sleep 100 & wait"])
    // What the system does to all descriptors of a program that is killed.
    child.closeDescriptors()
    #expect(eventually { child.reap() != nil })
    #expect(child.end == .signalled(SIGKILL))
    #expect(kill(-child.processID, 0) == -1 || eventually { kill(-child.processID, 0) == -1 })
  }

  #if os(Linux)
    @Test func `the end of the keeper is the end of the child`() throws {
      let (child, inner) = try sleeper()
      kill(child.processID, SIGKILL)
      #expect(eventually { isGone(inner) })
      child.kill()
    }
  #endif

  @Test func `a forgotten child is killed`() throws {
    var processID: Int32 = 0
    do { processID = try Child(["sleep", "100"]).processID }
    #expect(isGone(processID))
  }

  @Test func `output can be read as it comes`() throws {
    let child = try Child(["sh", "-c", "echo one; sleep 100"])
    var capture = OutputCapture(limitBytes: 100)
    #expect(
      eventually {
        capture.take(from: child.output)
        return capture.bytes == Array("one\n".utf8)
      })
    #expect(capture.isOpen)
    #expect(child.reap() == nil)
    child.stop()
  }
}

/// Whether a process has ended, reaped or not.
func isGone(_ processID: Int32) -> Bool {
  guard kill(processID, 0) == 0 else { return true }
  let status = (try? Child.run(["ps", "-o", "stat=", "-p", "\(processID)"], timeLimit: .seconds(5)))?.outputText ?? ""
  return status.isEmpty || status.hasPrefix("Z")
}

/// Looks again and again until a condition holds, at most five seconds.
func eventually(_ condition: () -> Bool) -> Bool {
  let deadline = monotonicTime() + .seconds(5)
  while monotonicTime() < deadline {
    if condition() { return true }
    usleep(5_000)
  }
  return condition()
}

private func countOfOpenDescriptors() -> Int { (0..<2048).count { fcntl($0, F_GETFD) >= 0 } }
