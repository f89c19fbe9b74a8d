/// A recording that is played as if it happened now.
public struct Replay: Codable, Hashable, Sendable {
  /// The feed that saw what was recorded.
  public var feed = Connection.Feed.recording
  /// Whether it was the demo cluster.
  public var isDemo: Bool
  /// The first moment of the recording, and the last that is played.
  public let begin, end: Timestamp
  /// How much faster than then.
  public private(set) var speed: Double
  public private(set) var isPaused = false
  /// Whether everything was played.
  public private(set) var isOver = false
  /// What is wrong with the recording, in a sentence; empty where nothing is.
  public var problem = ""
  /// A moment of then, and when it was shown.
  private var moment: Timestamp
  private var shownAt: Timestamp

  /// The speeds there are.
  public static let speeds = 0.1...100

  /// A replay that begins at a moment of today.
  public init(from begin: Timestamp, to end: Timestamp, speed: Double, isDemo: Bool = false, at today: Timestamp) {
    (self.begin, self.end) = (begin, end)
    (self.speed, self.isDemo) = (Self.clamped(speed), isDemo)
    (moment, shownAt) = (begin, today)
  }

  /// The moment of then that is shown at a moment of today.
  public func moment(at today: Timestamp) -> Timestamp {
    guard !isPaused, !isOver else { return moment }
    return min(end, moment.advanced(by: today.since(shownAt) * speed))
  }

  /// How long it takes until a moment of then is shown; `nil` while paused.
  public func wait(until then: Timestamp, at today: Timestamp) -> Duration? {
    isPaused ? nil : max(.zero, then.since(moment(at: today)) / speed)
  }

  /// Stops the time, or lets it go on.
  public mutating func pauseOrContinue(at today: Timestamp) {
    anchor(at: today)
    isPaused.toggle()
  }

  /// Plays at another speed from now on.
  public mutating func play(atSpeed speed: Double, at today: Timestamp) {
    anchor(at: today)
    self.speed = Self.clamped(speed)
  }

  /// Everything was played: the time stands at the end.
  public mutating func finish() {
    (moment, isPaused, isOver) = (end, false, true)
  }

  private mutating func anchor(at today: Timestamp) { (moment, shownAt) = (moment(at: today), today) }

  private static func clamped(_ speed: Double) -> Double { min(max(speed, speeds.lowerBound), speeds.upperBound) }
}

/// What a person can do with a replay.
public enum ReplayChange: Hashable, Sendable {
  case pauseOrContinue
  case speed(Double)
}
