import ClusterModel

/// What was timed or said about one cluster, kept between runs of the program.
package struct DeployRecord: Hashable, Sendable, Codable {
  /// Something that took time.
  package struct Run: Hashable, Sendable, Codable {
    package var endedAt: Timestamp
    package var seconds: Double
    package var isSuccess: Bool
    /// Whether the demo played it.
    package var isSimulated: Bool
    /// What is worth knowing of it, in a line.
    package var note: String

    /// A run that ended.
    package init(endedAt: Timestamp, seconds: Double, isSuccess: Bool, isSimulated: Bool, note: String = "") {
      self.endedAt = endedAt
      self.seconds = seconds
      self.isSuccess = isSuccess
      self.isSimulated = isSimulated
      self.note = note
    }
  }

  /// The last run of each thing that is timed: `build backend`, `deploy`, `reach`.
  package var runs: [String: Run] = [:]
  /// When a person said that a check holds, by the check's id.
  package var marks: [String: Timestamp] = [:]
  /// The remedies of a profile of the working folder that were agreed to, by what they run.
  package var consents: Set<String> = []

  /// What the time of a whole deploy is kept as.
  package static let deploy = "deploy"
  /// What the time from the end of a deploy to the first good answers is kept as.
  package static let reach = "reach"
  /// What the time of a whole walk on a fresh cluster is kept as.
  package static let fresh = "fresh"
  /// What the time of a whole tour is kept as.
  package static let demo = "demo"

  /// Nothing was timed or said.
  package init() {}

  /// What was recorded longer ago is stale.
  package static let staleAfter = Duration.seconds(86_400)
}
