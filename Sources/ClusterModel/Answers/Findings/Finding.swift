/// Something that is not fine, in words a person understands at three in the morning.
public struct Finding: Hashable, Sendable {
  /// How bad it is.
  public enum Severity: Int, Hashable, Sendable, Comparable {
    /// Worth knowing; nothing is broken.
    case note
    /// It may heal by itself, or hurts only in part.
    case warning
    /// It is broken and stays so until somebody acts.
    case failure

    /// Orders from harmless to severe.
    public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
  }

  /// How long a headline is at most, in characters.
  public static let headlineLimit = 110

  public var severity: Severity
  /// What and which container, in plain words; untrusted text is within.
  public var headline: String
  /// The message, the exit code and signal in words; may be long; untrusted text is within.
  public var detail: String
  /// Since when; `nil` where nothing tells.
  public var since: Timestamp?
  /// Until when it may be a passing state that deserves patience; `nil` where it does not.
  public var suspectUntil: Timestamp?
  /// From when on it is true, with nothing to tell before; `nil`: at once.
  public var appliesFrom: Timestamp?
  /// What to look at or do next; empty where nothing is known to help.
  public var remedyHint: String

  /// A finding; a headline that is too long is cut.
  public init(
    _ severity: Severity, _ headline: String, detail: String = "", since: Timestamp? = nil,
    suspectUntil: Timestamp? = nil, appliesFrom: Timestamp? = nil, remedyHint: String = ""
  ) {
    self.severity = severity
    self.headline = Self.cut(headline)
    self.detail = detail
    self.since = since
    self.suspectUntil = suspectUntil
    self.appliesFrom = appliesFrom
    self.remedyHint = remedyHint
  }

  /// The finding at a moment: while it deserves patience, it is a warning at most; `nil` before it is true.
  func judged(at now: Timestamp) -> Finding? {
    if let appliesFrom, now < appliesFrom { return nil }
    guard let suspectUntil, now < suspectUntil else { return self }
    var finding = self
    finding.severity = min(severity, .warning)
    return finding
  }

  private static func cut(_ text: String) -> String {
    // Nearly every headline is short and one line: telling so from its bytes costs nothing.
    if text.utf8.count <= headlineLimit, !text.utf8.contains(where: { $0 < 32 || $0 > 126 }) { return text }
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count > headlineLimit ? String(line.prefix(headlineLimit - 1)) + "…" : line
  }
}
