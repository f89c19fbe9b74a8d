import CNcurses

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Signals as bytes that `poll` can wait for, so that they are handled in the run loop and nowhere else.
package struct SignalPipe {
  /// What a signal asks for.
  package enum Request: Hashable, Sendable {
    /// SIGWINCH: the terminal has another size.
    case resize
    /// SIGTERM and SIGINT: end in order.
    case terminate
    /// SIGHUP: the terminal is gone.
    case hangup
    /// SIGTSTP: stop as ctrl-z does.
    case stop
    /// SIGCONT: draw everything anew.
    case resume
  }

  /// Readable when a signal has come.
  package let descriptor: Int32

  /// Installs the handlers; call it once, before threads are started.
  ///
  /// - Returns: Nil if the system gives no pipe.
  package static func install() -> SignalPipe? {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    signalPipeInput = ends[1]
    for signal in handled { cn_handle_signal(signal, noteSignal, SA_RESTART, nil) }
    return SignalPipe(descriptor: ends[0])
  }

  /// Takes what has come since the last call; several signals of a kind are one request.
  package func requests() -> Set<Request> {
    var requests: Set<Request> = []
    var bytes = [UInt8](repeating: 0, count: SignalPipe.bytesMax)
    while true {
      let count = read(descriptor, &bytes, bytes.count)
      guard count > 0 else { return requests }
      requests.formUnion(bytes.prefix(count).compactMap { SignalPipe.request(Int32($0)) })
    }
  }

  /// Installs the handler for one signal again, after it had its default action for a while.
  static func handleAgain(_ signal: Int32) {
    if signalPipeInput >= 0 { cn_handle_signal(signal, noteSignal, SA_RESTART, nil) }
  }

  private static let handled = [SIGWINCH, SIGTERM, SIGINT, SIGHUP, SIGTSTP, SIGCONT]
  private static let bytesMax = 64

  private static func request(_ signal: Int32) -> Request? {
    switch signal {
    case SIGWINCH: .resize
    case SIGTERM, SIGINT: .terminate
    case SIGHUP: .hangup
    case SIGTSTP: .stop
    case SIGCONT: .resume
    default: nil
    }
  }
}

// Written once by `install`, before any handler can run.
nonisolated(unsafe) private var signalPipeInput: Int32 = -1

/// Runs inside of a signal: nothing but one write.
///
/// A full pipe loses nothing, as requests are a set.
nonisolated private func noteSignal(_ signal: Int32) {
  let saved = errno
  var byte = UInt8(truncatingIfNeeded: signal)
  _ = write(signalPipeInput, &byte, 1)
  errno = saved
}
