import ClusterModel

/// All that a check may look at.
package struct CheckContext: Sendable {
  package var snapshot: Snapshot
  package var facts: Facts
  package var record: DeployRecord
  package var profile: Profile
  package var now: Timestamp
  /// The check that is judged: what a person said of it is written down by its id.
  package var checkID = ""

  /// What the checks before it found in the same round, by their ids: some checks are about others.
  package var judged: [String: CheckResult] = [:]

  /// What is known at a moment.
  package init(snapshot: Snapshot, facts: Facts, record: DeployRecord, profile: Profile, now: Timestamp) {
    self.snapshot = snapshot
    self.facts = facts
    self.record = record
    self.profile = profile
    self.now = now
  }

  /// What a check of the profile finds, judged once a round.
  func result(of check: Check) -> CheckResult { judged[check.id] ?? check.result(in: self) }

  /// The namespace that is judged; `nil` for all.
  package var namespace: String? { snapshot.connection.namespace }
}
