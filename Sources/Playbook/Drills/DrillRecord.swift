import ClusterModel

/// What is written down of a drill before and while it happens: enough to undo it without anything else.
package struct DrillRecord: Hashable, Sendable {
  /// The cluster it belongs to; a record of another is never carried out.
  package struct Cluster: Hashable, Sendable {
    /// The UID of the namespace `kube-system`: names of contexts are used again, it is not.
    package let uid: String
    package let server: String
    package let context: String

    /// A cluster.
    package init(uid: String, server: String, context: String) {
      self.uid = uid
      self.server = server
      self.context = context
    }
  }

  /// The version of the format.
  package static let version = 1

  /// `d-20260823-141502-8f3a`.
  package let id: String
  /// The kind: `D14`.
  package let kind: String
  /// The target in words.
  package let target: String
  package let namespace: String
  package let cluster: Cluster
  package internal(set) var change: DrillChange
  package let limitSeconds: Int
  /// What is expected, in words.
  package let expectation: String
  /// Who began it: `user@host`.
  package let author: String
  package internal(set) var state = DrillState.planned
  /// When the state was entered.
  package internal(set) var at: Timestamp
  /// When the change was sent; the limit counts from here.
  package internal(set) var injectedAt: Timestamp?
  /// Whether the server is known to have made the change.
  package internal(set) var isInjected = false
  /// What is worth knowing of the state: why it was undone, what went wrong.
  package internal(set) var note = ""
  /// Whether a value was left out because it may be a secret: then only its own machine can undo it.
  package internal(set) var isRedacted = false

  /// A drill that is planned.
  package init(
    id: String, kind: DrillKind, target: DrillTarget, namespace: String, cluster: Cluster, change: DrillChange,
    limitSeconds: Int, author: String, at now: Timestamp
  ) {
    self.init(
      id: id, kind: kind.id, target: target.words, namespace: namespace, cluster: cluster, change: change,
      limitSeconds: limitSeconds, expectation: kind.symptom.words, author: author, at: now)
  }

  init(
    id: String, kind: String, target: String, namespace: String, cluster: Cluster, change: DrillChange,
    limitSeconds: Int, expectation: String, author: String, at now: Timestamp
  ) {
    self.id = id
    self.kind = kind
    self.target = target
    self.namespace = namespace
    self.cluster = cluster
    self.change = change
    self.limitSeconds = limitSeconds
    self.expectation = expectation
    self.author = author
    at = now
  }

  /// The id of a drill that begins at a moment.
  package static func id(at now: Timestamp, token: String) -> String {
    let parts = now.rfc3339.filter { $0.isNumber || $0 == "T" }.split(separator: "T")
    return "d-\(parts.joined(separator: "-"))-\(token)"
  }

  /// Whether something may be left to undo.
  package var isOpen: Bool { !state.isFinal }
}
