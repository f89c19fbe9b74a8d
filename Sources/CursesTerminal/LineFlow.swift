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
    /// When the first of those was written that no question before it counted.
    let since: Int64
  }

  /// The terminal has answered at least once.
  private(set) var isAnswering = false
  /// How fast the line is; nil until it was measured.
  private(set) var bytesPerSecond: Int?
  private var question: Question?
  private var sent = 0
  /// When the first byte was written that no question counts yet.
  private var uncountedSince: Int64?
  private var arrived = 0
  private var shortestTrip = Int64.max

  /// So many bytes may be unanswered before it is asked: small changes never ask on a fast line.
  static let askBytes = 2_048
  /// Slower than this is a slow line: a full screen takes seconds.
  static let slowBytesPerSecond = 5_000
  /// An answer that takes longer was lost.
  static let patience: Int64 = 15_000_000_000
  /// What may be on its way when the next frame begins, as a part of a second.
  private static let windowSeconds = 0.25

  /// Whether a full screen takes seconds.
  var isSlow: Bool { (bytesPerSecond ?? .max) < LineFlow.slowBytesPerSecond }

  /// Counts what the terminal took.
  mutating func wrote(_ count: Int, at now: Int64) {
    sent += count
    if uncountedSince == nil { uncountedSince = now }
  }

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
    question = Question(at: now, sent: sent, since: uncountedSince ?? now)
    uncountedSince = nil
  }

  /// Notes that the answer came.
  mutating func answered(at now: Int64) {
    guard let question else { return }
    let trip = max(1, now - question.at)
    shortestTrip = min(shortestTrip, trip)
    // The first question goes out with next to nothing: it tells how long the way itself is.
    if isAnswering { measure(question.sent - arrived, trip: trip, since: now - question.since) }
    arrived = question.sent
    isAnswering = true
    self.question = nil
  }

  /// Corrects the speed as far as an answer proves it wrong.
  ///
  /// A few bytes take no longer than the way itself, and of older ones nobody knows when they came out: neither may make
  /// a slow line look fast, or a whole screen goes down it at once. So a speed stands until it is proven to be at least,
  /// or at most, another.
  ///
  /// - Parameters:
  ///   - trip: From the question to its answer.
  ///   - age: From the first of the bytes to the answer.
  private mutating func measure(_ bytes: Int, trip: Int64, since age: Int64) {
    let atLeast = Int(Double(bytes) * 1_000_000_000 / Double(max(1, age)))
    if let speed = bytesPerSecond, speed < atLeast { bytesPerSecond = atLeast }
    // What is left of a trip that was mostly way is too small to tell.
    guard trip >= 2 * shortestTrip else { return }
    let atMost = Int(Double(bytes) * 1_000_000_000 / Double(trip - shortestTrip))
    bytesPerSecond = min(bytesPerSecond ?? .max, atMost)
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
