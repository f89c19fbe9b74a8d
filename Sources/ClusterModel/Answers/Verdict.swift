/// One word for an application, always with its reason.
public struct Verdict: Hashable, Sendable {
  /// The word.
  public enum Word: String, Hashable, Sendable, CaseIterable {
    case healthy = "HEALTHY"
    case rolling = "ROLLING"
    case degraded = "DEGRADED"
    case down = "DOWN"
    case unknown = "UNKNOWN"
  }

  public var word: Word
  /// One sentence, never empty.
  public var reason: String
  /// Since when the reason holds; `nil` where nothing tells.
  public var since: Timestamp?
  /// What users notice: `users fine`, `some requests fail`; empty where nothing tells.
  public var usersNote: String
  /// The object the reason is about.
  public var subject: ObjectKey?

  /// A verdict.
  public init(
    _ word: Word, _ reason: String, since: Timestamp? = nil, usersNote: String = "", subject: ObjectKey? = nil
  ) {
    self.word = word
    self.reason = reason
    self.since = since
    self.usersNote = usersNote
    self.subject = subject
  }
}

/// What belongs to the application.
public struct ApplicationScope: Hashable, Sendable {
  /// `nil`: every namespace that is read.
  public var namespace: String?
  /// The workloads that count; empty: all of the namespace.
  public var workloads: [ObjectKey]
  /// The hosts whose ingresses and probes count; empty: all of the namespace.
  public var hosts: [String]

  /// A scope.
  public init(namespace: String?, workloads: [ObjectKey] = [], hosts: [String] = []) {
    self.namespace = namespace
    self.workloads = workloads
    self.hosts = hosts
  }
}
