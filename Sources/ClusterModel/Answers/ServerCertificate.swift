/// What is known of the certificate a server showed.
public struct ServerCertificate: Codable, Hashable, Sendable {
  /// How much longer it is good.
  public enum Life: Hashable, Sendable { case fine, soon, urgent, expired }

  public var expiresAt: Timestamp
  /// Whether it vouches for itself, as a controller's own does; browsers warn of it.
  public var isSelfSigned: Bool

  /// Below this many days it is time to think of a new one.
  public static let soonDays = 14
  /// Below this many days it is urgent.
  public static let urgentDays = 3

  /// A certificate.
  public init(expiresAt: Timestamp, isSelfSigned: Bool) {
    self.expiresAt = expiresAt
    self.isSelfSigned = isSelfSigned
  }

  /// How much longer it is good at a moment.
  public func life(at now: Timestamp) -> Life {
    let left = expiresAt.since(now)
    if left <= .zero { return .expired }
    if left < .seconds(Self.urgentDays * 86_400) { return .urgent }
    return left < .seconds(Self.soonDays * 86_400) ? .soon : .fine
  }

  /// In a few words: `64 d left`, `5 h left`, `expired 2d ago`.
  public func words(at now: Timestamp) -> String {
    let seconds = expiresAt.since(now).components.seconds
    let origin = isSelfSigned ? ", self-signed" : ""
    if life(at: now) == .expired { return "expired \(Age.text(since: expiresAt, at: now)) ago\(origin)" }
    return (seconds >= 86_400 ? "\(seconds / 86_400) d left" : "\(seconds / 3_600) h left") + origin
  }
}
