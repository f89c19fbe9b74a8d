/// How much is on its way to the terminal, as its own answers tell.
///
/// No call of the system says it: a Linux pseudo terminal takes 18 kB and reports that nothing waits, and behind ssh
/// there are windows of megabytes. At 9,600 baud that is many seconds of old pictures. So now and then a frame ends
/// with a question (`ESC [ 5 n`, which every terminal of the last forty years answers with `ESC [ 0 n`), and when the
/// answer comes, all that was written before it has been shown. A terminal that never answers is never asked again.
///
/// Times are nanoseconds of one steady clock.
struct LineFlow {
  /// What is known of a question whose answer has not come.
  private struct Question {
    let at: Int64
    /// How many bytes had been written with it.
    let sent: Int
  }

  /// The terminal has answered at least once.
  private(set) var isAnswering = false
  /// How fast the line is; nil until it was measured.
  private(set) var bytesPerSecond: Int?
  private var question: Question?
  private var sent = 0
  private var arrived = 0
  private var shortestTrip = Int64.max

  /// So many bytes may be unanswered before it is asked: small changes never ask on a fast line.
  static let askBytes = 2_048
  /// Slower than this is a slow line: a full screen takes seconds.
  static let slowBytesPerSecond = 5_000
  /// Fewer bytes say nothing of the speed: their answer takes as long as the way itself, and any line looks fast.
  static let measuredBytes = 256
  /// An answer that takes longer was lost.
  static let patience: Int64 = 15_000_000_000
  /// What may be on its way when the next frame begins, as a part of a second.
  private static let windowSeconds = 0.25

  /// Whether a full screen takes seconds.
  var isSlow: Bool { (bytesPerSecond ?? .max) < LineFlow.slowBytesPerSecond }

  /// Counts what the terminal took.
  mutating func wrote(_ count: Int) { sent += count }

  /// Whether a frame may begin: nearly all before it has been shown.
  func isClear(at now: Int64) -> Bool {
    guard let question, isAnswering, now - question.at < LineFlow.patience else { return true }
    return sent - arrived <= window
  }

  /// Whether a question belongs behind what was just written.
  func wantsQuestion(at now: Int64) -> Bool {
    if let question, now - question.at < LineFlow.patience { return false }
    return isAnswering && sent - arrived >= (isSlow ? 1 : LineFlow.askBytes)
  }

  /// Notes that a question is written, as the last of what is `sent`.
  mutating func asked(at now: Int64) {
    if question != nil { isAnswering = false }
    question = Question(at: now, sent: sent)
  }

  /// Notes that the answer came.
  mutating func answered(at now: Int64) {
    guard let question else { return }
    let trip = max(1, now - question.at)
    // The first question goes out with next to nothing: it tells how long the way itself is.
    let bytes = question.sent - arrived
    if isAnswering, bytes >= LineFlow.measuredBytes {
      let seconds = Double(max(1_000_000, trip - min(trip, shortestTrip))) / 1_000_000_000
      bytesPerSecond = Int(Double(bytes) / seconds)
    }
    shortestTrip = min(shortestTrip, trip)
    arrived = question.sent
    isAnswering = true
    self.question = nil
  }

  /// Until when an answer may still come; nil if none is awaited.
  func answerIsDue(leaving now: Int64) -> Int64? {
    let trip = isAnswering && isSlow ? LineFlow.slowTrip : LineFlow.firstTrip
    return question.map { $0.at + trip }.flatMap { $0 > now ? $0 : nil }
  }

  /// How many bytes one frame may have; nil without limit.
  var frameBytes: Int? { isSlow ? (bytesPerSecond ?? 0) / 2 : nil }

  private var window: Int {
    guard let bytesPerSecond else { return LineFlow.askBytes }
    return max(isSlow ? 64 : LineFlow.askBytes, Int(Double(bytesPerSecond) * LineFlow.windowSeconds))
  }

  /// How long leaving waits for an answer of a terminal that gives them, and of one that may not.
  private static let slowTrip: Int64 = 2_000_000_000
  private static let firstTrip: Int64 = 200_000_000
}
