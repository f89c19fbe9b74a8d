import ClusterModel

extension DrillCourse {
  mutating func takeActive(_ input: Input, at moment: DrillMoment) -> [Output] {
    switch input {
    case .tick:
      if let left = timeLeft(at: moment), left <= .zero { return undo(limitWords(at: moment), at: moment) }
      guard form != .local else { return [] }
      let isDue = renewedAt.map { moment.since($0) >= .seconds(DrillLock.renewSeconds) } ?? true
      if isDue { renewedAt = moment }
      return isDue ? [.renewLock] : []
    case .observed(let observation): return observation.reasonToStop.map { undo($0, at: moment) } ?? []
    case .recovered: return record.change.hasInverse ? [] : go(.restored, note: "it healed by itself", at: moment)
    default: return []
    }
  }

  /// How late an undo may come without a word about it.
  private static let latenessShown = Duration.seconds(5)

  /// Why the time is up, and how long it has been where nobody could look.
  private func limitWords(at moment: DrillMoment) -> String {
    let words = "the time limit of \(record.limitSeconds) s"
    guard let left = timeLeft(at: moment), left < .zero - Self.latenessShown else { return words }
    return "\(words), over since \(-left.components.seconds) s: the machine slept, or the program was stopped"
  }
}
