import ClusterModel

extension DrillCourse {
  mutating func takeActive(_ input: Input, at moment: Moment) -> [Output] {
    switch input {
    case .tick:
      if let left = timeLeft(at: moment), left <= .zero { return undo(limitWords(at: moment), at: moment) }
      guard form != .local else { return [] }
      let isDue = renewedAt.map { moment.uptime - $0.uptime >= .seconds(DrillLock.renewSeconds) } ?? true
      if isDue { renewedAt = moment }
      return isDue ? [.renewLock] : []
    case .observed(let observation): return observation.reasonToStop.map { undo($0, at: moment) } ?? []
    case .recovered: return record.change.hasInverse ? [] : go(.restored, note: "it healed by itself", at: moment)
    default: return []
    }
  }

  /// Why the time is up: also when only one of the two clocks says so.
  private func limitWords(at moment: Moment) -> String {
    let words = "the time limit of \(record.limitSeconds) s"
    guard let injectedAt else { return words }
    let gap = moment.wall.since(injectedAt.wall) - (moment.uptime - injectedAt.uptime)
    guard gap > .seconds(5) || gap < .seconds(-5) else { return words }
    return "\(words); the machine slept, or its clock was set by \(gap.components.seconds) s"
  }
}
