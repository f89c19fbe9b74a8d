import CNcurses

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Gives the terminal back when the program crashes or leaves without closing it.
///
/// Everything needed is prepared beforehand, because a signal handler may neither allocate nor wait.
enum CrashGuard {
  /// Remembers how to restore the terminal, and installs the handlers the first time.
  ///
  /// - Parameters:
  ///   - reset: What to write to the terminal.
  ///   - modes: The line settings to put back.
  static func arm(descriptor: Int32, reset: [UInt8], modes: termios) {
    disarm()
    guardedModes.pointee = modes
    guardedCount = min(reset.count, resetBytesMax)
    for index in 0..<guardedCount { guardedBytes[index] = reset[index] }
    if !isInstalled { install() }
    guardedDescriptor = descriptor
  }

  /// The terminal is closed in order; nothing is to be restored any more.
  static func disarm() { guardedDescriptor = -1 }

  private static let crashes = [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE]

  private static func install() {
    isInstalled = true
    installStack()
    for signal in crashes {
      cn_handle_signal(
        signal, restoreAndCrash, SA_ONSTACK | Int32(bitPattern: UInt32(SA_NODEFER)), &oldActions[Int(signal)])
    }
    atexit(restoreTerminal)
  }

  /// A stack of its own for the handler: after a stack overflow there is no other.
  private static func installStack() {
    let stackBytes = 65_536
    var stack = stack_t()
    stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: stackBytes, alignment: 16)
    stack.ss_size = numericCast(stackBytes)
    sigaltstack(&stack, nil)
  }
}

private let resetBytesMax = 512

// Prepared by `arm`, read by the handlers; the descriptor is set last and cleared first.
nonisolated(unsafe) private let guardedBytes = UnsafeMutablePointer<UInt8>.allocate(capacity: resetBytesMax)
nonisolated(unsafe) private let guardedModes = UnsafeMutablePointer<termios>.allocate(capacity: 1)
nonisolated(unsafe) private let oldActions = {
  let actions = UnsafeMutablePointer<sigaction>.allocate(capacity: signalsMax)
  actions.initialize(repeating: sigaction(), count: signalsMax)
  return actions
}()
nonisolated(unsafe) private var guardedCount = 0
nonisolated(unsafe) private var guardedDescriptor: Int32 = -1
nonisolated(unsafe) private var isInstalled = false
private let signalsMax = 32

/// Only calls that are allowed inside of a signal handler.
nonisolated private func restoreTerminal() {
  let descriptor = guardedDescriptor
  guard descriptor >= 0 else { return }
  guardedDescriptor = -1
  // The terminal may be full; it gets a second to read.
  var sent = 0
  for _ in 0..<10 where sent < guardedCount {
    let count = write(descriptor, guardedBytes + sent, guardedCount - sent)
    if count > 0 {
      sent += count
      continue
    }
    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    poll(&entry, 1, 100)
  }
  tcsetattr(descriptor, TCSANOW, guardedModes)
}

/// Restores the terminal and lets the crash go on as if nobody had been in between.
nonisolated private func restoreAndCrash(_ signal: Int32) {
  restoreTerminal()
  cn_restore_signal(signal, oldActions + Int(signal))
  raise(signal)
}
