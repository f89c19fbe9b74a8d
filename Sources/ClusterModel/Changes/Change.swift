/// Something that changed what runs, how much of it, or where: what a person looks for when it worked before.
public struct Change: Hashable, Sendable {
  /// What kind of thing changed, in the order of its weight.
  public enum Subject: String, CaseIterable, Hashable, Sendable {
    case deploy, image, replicas, configuration, restart, node
  }

  public var subject: Subject
  public var at: Timestamp
  public var object: ObjectKey
  /// What happened, in words; untrusted text is within.
  public var text: String

  /// A change.
  public init(_ subject: Subject, at: Timestamp, _ object: ObjectKey, _ text: String) {
    self.subject = subject
    self.at = at
    self.object = object
    self.text = text
  }
}

/// What changed in a span of time, as far as it is known.
public struct ChangeReport: Hashable, Sendable {
  /// How many changes a report holds; the oldest leave.
  public static let limit = 500

  /// Newest first.
  public var changes: [Change]
  /// Since when changes are seen as they happen; `nil` where nothing is watched, as in a recording.
  public var watchedSince: Timestamp?
  /// Whether the span begins before that: then some kinds of change cannot be known.
  public var isPartlyBlind: Bool
  /// The kinds that are read for it and may not be read, or not yet.
  public var unread: [ResourceKind]
}

/// The changes that were seen as they happened, oldest first: what no object tells by itself.
public struct ChangeLog: Sendable {
  /// How many are kept.
  public static let limit = 1_000

  /// When the first list of all was complete.
  public internal(set) var beganAt: Timestamp?
  public private(set) var changes: [Change] = []

  init() {}

  mutating func append(_ change: Change) {
    changes.append(change)
    // Cut in steps, so that the cost of moving is spread over many changes.
    if changes.count > Self.limit + Self.limit / 4 { changes.removeFirst(changes.count - Self.limit) }
  }
}
