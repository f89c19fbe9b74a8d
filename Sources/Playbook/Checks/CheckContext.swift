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

  /// What is known at a moment.
  package init(snapshot: Snapshot, facts: Facts, record: DeployRecord, profile: Profile, now: Timestamp) {
    self.snapshot = snapshot
    self.facts = facts
    self.record = record
    self.profile = profile
    self.now = now
  }

  /// The namespace that is judged; `nil` for all.
  package var namespace: String? { snapshot.connection.namespace }
}
