import CNcurses
import CellScreen
import CursesTerminal
import Foundation
import Testing

/// What happens to the terminal when the program ends in its own way; each test is a process of its own.
@Suite(.serialized)
struct CrashTests {
  private static let deviceVariable = "TODOTOP_TEST_DEVICE"

  private func restoredAfter(_ run: (Pty) async throws -> Void) async throws -> Bool {
    let pty = try #require(Pty())
    var before = termios()
    tcgetattr(pty.slave, &before)
    setenv(CrashTests.deviceVariable, try #require(pty.path), 1)
    try await run(pty)
    let output = String(decoding: pty.output(), as: UTF8.self)
    var after = termios()
    tcgetattr(pty.slave, &after)
    let isOpened = output.contains("\u{1B}[?1049h")
    let isClosed = output.contains("\u{1B}[?1049l") && output.contains("\u{1B}[?2004l")
    return isOpened && isClosed && after.c_lflag == before.c_lflag
  }

  /// Opens the terminal that the other process holds.
  private static func openDevice() throws -> Terminal {
    let path = try #require(ProcessInfo.processInfo.environment[deviceVariable])
    var options = Terminal.Options(glyphs: .unicode)
    options.type = "xterm-256color"
    options.input = open(path, O_RDWR | O_NOCTTY)
    options.output = options.input
    return try Terminal.open(options)
  }

  @Test func `a trap gives the terminal back`() async throws {
    let isRestored = try await restoredAfter { _ in
      await #expect(processExitsWith: .failure) {
        let terminal = try CrashTests.openDevice()
        terminal.present(Screen(size: terminal.size) { $0.box(title: "crash") })
        fatalError("on purpose")
      }
    }
    #expect(isRestored)
  }

  @Test func `an abort still ends with its signal`() async throws {
    let isRestored = try await restoredAfter { _ in
      await #expect(processExitsWith: .signal(SIGABRT)) {
        let terminal = try CrashTests.openDevice()
        terminal.present(Screen(size: terminal.size) { $0.box(title: "crash") })
        abort()
      }
    }
    #expect(isRestored)
  }

  @Test func `an early exit gives the terminal back`() async throws {
    let isRestored = try await restoredAfter { _ in
      await #expect(processExitsWith: .exitCode(3)) {
        _ = try CrashTests.openDevice()
        exit(3)
      }
    }
    #expect(isRestored)
  }

  @Test func `signals become requests that can be waited for`() async {
    await #expect(processExitsWith: .exitCode(0)) {
      guard let pipe = SignalPipe.install(), pipe.requests().isEmpty else { exit(1) }
      for signal in [SIGWINCH, SIGTERM, SIGWINCH, SIGTSTP, SIGHUP] { kill(getpid(), signal) }
      var requests: Set<SignalPipe.Request> = []
      // They are delivered to whichever thread does not block them, one by one.
      while requests != [.resize, .terminate, .stop, .hangup] {
        var entry = pollfd(fd: pipe.descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, 2_000) == 1 else { exit(2) }
        requests.formUnion(pipe.requests())
      }
      exit(pipe.requests().isEmpty ? 0 : 3)
    }
  }
}
