/// Whether the server still answers, told by a small request every few seconds.
///
/// A frozen server says nothing on its streams either, so their silence proves nothing.
struct HeartbeatMachine {
  /// What can happen.
  enum Input: Hashable {
    case start
    /// The server answered with a status; the beginning of its words.
    case answered(Int, String)
    /// It did not answer: why.
    case unanswered(String)
    /// Something came on another stream.
    case heard
    case waited
    /// There is no way to the server: why.
    case pathLost(String)
    case pathReady
  }

  /// What is to be done.
  enum Output: Hashable {
    case probe(path: String)
    /// Forget the request and the timer under way.
    case cancel
    case wait(Duration)
    /// The server was found alive.
    case beat
    /// It does not answer any more, or still not: why, and when it is asked next.
    case lost(String, nextTry: Duration)
    /// It answers again, or for the first time.
    case back
    /// The way to the server may be what hangs: another is to be made.
    case renewPath
  }

  private enum State {
    /// No way to the server yet → probing.
    case pathless
    /// Asked → resting.
    case probing(hasHeard: Bool)
    /// Answered or not → probing; pathless.
    case resting
  }

  /// How often the server is asked while it answers.
  static let period: Duration = .seconds(5)
  /// How long an answer may take.
  static let timeLimit: Duration = .milliseconds(3_500)

  /// So many questions in a row without an answer cast doubt on the way to the server; about twenty seconds.
  static let maximumUnanswered = 5

  /// How long a server is left alone that does not accept the credentials.
  static let unauthorizedPause: Duration = .seconds(30)

  private var state = State.pathless
  /// Whether it answered last time; `nil` before the first time.
  private var isAlive: Bool?
  private var path = "/readyz"
  private var backoff = Backoff()
  private var unanswered = 0

  /// Says what to do about something that happened.
  mutating func handle(_ input: Input, jitter: Double = 1) -> [Output] {
    switch (input, state) {
    case (.start, .pathless), (.pathReady, .pathless): return probe()
    case (.pathReady, .resting): return [.cancel] + probe()
    case (.answered(let status, let words), .probing):
      unanswered = 0
      return answered(status, words, jitter)
    case (.unanswered(let reason), .probing(let hasHeard)):
      // A busy server may be late with this answer while its streams flow.
      return hasHeard ? alive() : silent(reason, jitter)
    case (.heard, .probing):
      state = .probing(hasHeard: true)
      return []
    case (.waited, .resting): return probe()
    case (.pathLost(let reason), _):
      state = .pathless
      isAlive = false
      unanswered = 0
      return [.cancel, .lost(reason, nextTry: Backoff.longest)]
    case (.start, _), (.answered, _), (.unanswered, _), (.heard, _), (.waited, _), (.pathReady, _):
      return []
    }
  }

  private mutating func probe() -> [Output] {
    state = .probing(hasHeard: false)
    return [.probe(path: path)]
  }

  private mutating func answered(_ status: Int, _ words: String, _ jitter: Double) -> [Output] {
    // Without valid credentials nothing else is answered either; asking again may start a log-in each time.
    if status == 401 { return dead("Unauthorized", after: Self.unauthorizedPause) }
    // Any answer of the server itself proves that it is alive; the next question is one it likes better.
    if status == 403 || status == 404 { path = "/version" }
    let isFromServer = status < 500 || words.contains("check failed") || words.contains("[+]")
    return isFromServer ? alive() : dead(words.isEmpty ? "the server answers \(status)" : words, jitter)
  }

  private mutating func alive() -> [Output] {
    state = .resting
    unanswered = 0
    backoff.succeeded()
    defer { isAlive = true }
    return (isAlive == true ? [] : [.back]) + [.beat, .wait(Self.period)]
  }

  private mutating func silent(_ reason: String, _ jitter: Double) -> [Output] {
    unanswered += 1
    guard unanswered >= Self.maximumUnanswered else { return dead(reason, jitter) }
    unanswered = 0
    return dead(reason, jitter) + [.renewPath]
  }

  private mutating func dead(_ reason: String, _ jitter: Double) -> [Output] {
    dead(reason, after: backoff.failed(jitter: jitter))
  }

  private mutating func dead(_ reason: String, after wait: Duration) -> [Output] {
    state = .resting
    isAlive = false
    return [.lost(reason, nextTry: wait), .wait(wait)]
  }
}
