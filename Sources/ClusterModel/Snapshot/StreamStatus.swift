/// How the stream of one kind is, and how old what it brought may be.
public struct StreamStatus: Hashable, Sendable {
  public var state = StreamState.idle
  /// The last moment at which the stream was known to be alive: an event, a bookmark, a heartbeat, a finished poll.
  public var lastProofOfLife: Timestamp?
  /// Since when it has been failing; `nil` while it does not.
  public var failingSince: Timestamp?
  /// Whether a complete list has ever been seen.
  public var hasList = false

  /// A stream of which nothing was asked yet.
  public init() {}

  /// How old the data may be: the time since the last proof of life; `nil` before the first.
  public func age(at now: Timestamp) -> Duration? { lastProofOfLife.map { now.since($0) } }

  /// Whether the kind can be read at all, as far as is known.
  public var isReadable: Bool {
    switch state {
    case .forbidden, .absent: false
    case .idle, .listing, .live, .retrying: true
    }
  }
}
