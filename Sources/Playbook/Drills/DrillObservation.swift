/// What is seen of the application while a drill lasts, as far as it may have to be stopped for it.
package struct DrillObservation: Hashable, Sendable {
  /// Whether users were promised to notice nothing.
  package var isHarmless: Bool
  /// How many requests of users failed, one after the other.
  package var failuresInRow: Int
  package var unreachableFor: Duration
  /// What went wrong beside the target.
  package var harmElsewhere: [String]

  /// What is seen.
  package init(
    isHarmless: Bool, failuresInRow: Int = 0, unreachableFor: Duration = .zero, harmElsewhere: [String] = []
  ) {
    self.isHarmless = isHarmless
    self.failuresInRow = failuresInRow
    self.unreachableFor = unreachableFor
    self.harmElsewhere = harmElsewhere
  }

  /// How many failed requests in a row break the promise: two seconds of them.
  package static let failuresMax = 8
  package static let unreachableMax = Duration.seconds(10)

  /// Why the drill must end now; `nil` where it may go on.
  package var reasonToStop: String? {
    if isHarmless, failuresInRow >= Self.failuresMax {
      return "users were to notice nothing, and \(failuresInRow) requests in a row failed"
    }
    if unreachableFor > Self.unreachableMax {
      return "the cluster does not answer for \(unreachableFor.components.seconds) s"
    }
    return harmElsewhere.first.map { "beside the target, \($0)" }
  }
}
