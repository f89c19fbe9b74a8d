import CNcurses

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What curses writes goes to memory, and from there to the terminal as fast as that takes it.
///
/// curses by itself waits inside of a write for a terminal that reads slowly or not at all, and then no key, no signal
/// and no event is seen. A class because it owns descriptors and there is one of it.
final class TerminalOutput {
  /// The terminal; `poll` says when it takes more.
  let descriptor: Int32
  /// What is known of the line behind it.
  private(set) var flow = LineFlow()
  private var pending: [UInt8] = []
  private var sentCount = 0
  private var questionEnd: Int?
  private var memory: Int32 = -1
  private let chunkBytesMax: Int

  private static let question = "\u{1B}[5n"

  /// Opens the way to a terminal.
  init(device: Int32) {
    // Whether a write waits belongs to the open file, which we share with the shell: it must be one of our own.
    let own = ttyname(device).map { open($0, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC) } ?? -1
    descriptor = own >= 0 ? own : dup(device)
    // One that may not be opened again (after su) waits in a write; then little is written at a time.
    chunkBytesMax = own >= 0 ? 65_536 : 256
  }

  /// Lets go of the terminal; until then a crash can still give it back.
  func end() {
    close(descriptor)
    if memory >= 0 { close(memory) }
  }

  /// Takes over what curses writes to a descriptor from now on.
  func capture(_ curses: Int32) {
    memory = cn_memory_file()
    if memory >= 0 { dup2(memory, curses) }
  }

  /// Whether the terminal has taken everything so far.
  var isEmpty: Bool { pending.isEmpty }

  /// Whether a new frame may begin: the last one is written, and shown as far as can be known.
  var isReady: Bool { isEmpty && flow.isClear(at: steadyTime()) }

  /// Adds a sequence that curses does not know.
  func add(_ sequence: String) {
    collect()
    pending += Array(sequence.utf8)
  }

  /// Adds what asks the terminal whether it is that far.
  func addQuestion() {
    add(TerminalOutput.question)
    questionEnd = pending.count
  }

  /// The terminal has answered.
  func answered() { flow.answered(at: steadyTime()) }

  /// Writes what curses left and what the terminal takes now; never waits.
  func flush() {
    collect()
    send()
    guard pending.isEmpty, flow.wantsQuestion(at: steadyTime()) else { return }
    addQuestion()
    send()
  }

  /// Forgets what is not written yet.
  ///
  /// - Returns: Whether there was something; then the terminal is in the middle of a frame.
  func drop() -> Bool {
    collect()
    defer { clear() }
    return !pending.isEmpty
  }

  /// Writes all there is, as long as that takes at most so long.
  func finish(milliseconds: Int) {
    collect()
    let end = steadyTime() + Int64(milliseconds) * 1_000_000
    send()
    while !pending.isEmpty, steadyTime() < end {
      var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      poll(&entry, 1, 20)
      send()
    }
    clear()
  }

  /// Takes what curses wrote; the position in the file is its length, as curses moves it by writing.
  private func collect() {
    guard memory >= 0 else { return }
    let count = Int(lseek(memory, 0, SEEK_CUR))
    guard count > 0 else { return }
    var written = [UInt8](repeating: 0, count: count)
    let got = pread(memory, &written, count, 0)
    pending += compactedAttributes(Array(written.prefix(max(0, got))))
    ftruncate(memory, 0)
    lseek(memory, 0, SEEK_SET)
  }

  private func send() {
    while sentCount < pending.count {
      var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      guard poll(&entry, 1, 0) > 0 else { return }
      let count = pending[sentCount...].withUnsafeBytes {
        write(descriptor, $0.baseAddress, min(chunkBytesMax, $0.count))
      }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { return }
      // The terminal is gone; reading says so to the run loop.
      guard count > 0 else { return clear() }
      sentCount += count
      flow.wrote(count, at: steadyTime())
      if let end = questionEnd, sentCount >= end {
        flow.asked(at: steadyTime())
        questionEnd = nil
      }
    }
    clear()
  }

  private func clear() {
    pending.removeAll(keepingCapacity: true)
    sentCount = 0
    questionEnd = nil
  }
}

/// Nanoseconds of a clock that nobody sets.
func steadyTime() -> Int64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
