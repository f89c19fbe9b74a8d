import ClusterModel

/// What was promised of a drill before it began.
package struct DrillPrediction: Hashable, Sendable {
  /// Whether users were to notice nothing.
  package let promisesNoImpact: Bool
  /// How long the symptom may take.
  package let window: Duration
  /// How long the recovery may take, from the undo on where there is one.
  package let recoveryLimit: Duration
  /// Whether it was undone, and did not heal by itself.
  package let isUndone: Bool

  /// The share of good answers that counts as no impact.
  package static let availabilityMin = 0.99
  /// How soon the screen must show what reaches users.
  package static let screenMax = Duration.seconds(10)

  /// A promise.
  package init(promisesNoImpact: Bool, window: Duration, recoveryLimit: Duration, isUndone: Bool) {
    self.promisesNoImpact = promisesNoImpact
    self.window = window
    self.recoveryLimit = recoveryLimit
    self.isUndone = isUndone
  }
}

/// What came of a drill.
package struct DrillVerdict: Hashable, Sendable {
  /// The word.
  package enum Word: String, Hashable, Sendable {
    case passed = "PASSED"
    case failed = "FAILED"
    /// What should have been seen was not: nothing is proven either way.
    case noEffect = "NO EFFECT"
    case aborted = "ABORTED"
  }

  package let word: Word
  /// Why, as sentences.
  package let reasons: [String]

  /// The verdict on what was measured, against what was promised.
  package init(_ measures: DrillMeasures, _ prediction: DrillPrediction, state: DrillState, isStopped: Bool) {
    switch state {
    case .restored, .restoredByOther, .targetGone: break
    case .conflict:
      self.init(.failed, ["it could not be undone: somebody else changed the same field"])
      return
    default:
      self.init(.aborted, ["it was not done"])
      return
    }
    if isStopped {
      self.init(.aborted, ["it was stopped before its time"])
      return
    }
    guard measures.timeToSignal.map({ $0 <= prediction.window }) ?? false else {
      self.init(.noEffect, ["nothing of what was expected was seen within \(prediction.window.components.seconds) s"])
      return
    }
    guard !prediction.promisesNoImpact || measures.availability != nil else {
      self.init(.noEffect, ["nobody could ask as users do, so nothing is proven of what they would have got"])
      return
    }
    let reasons = Self.broken(measures, prediction)
    self.init(reasons.isEmpty ? .passed : .failed, reasons)
  }

  private init(_ word: Word, _ reasons: [String]) {
    self.word = word
    self.reasons = reasons
  }

  /// The promises that were not kept.
  private static func broken(_ measures: DrillMeasures, _ prediction: DrillPrediction) -> [String] {
    var reasons: [String] = []
    if prediction.promisesNoImpact, let share = measures.availability, share < DrillPrediction.availabilityMin {
      reasons.append("users were to notice nothing: \(percent(share)) of their requests were answered")
    }
    if !prediction.promisesNoImpact, measures.availability.map({ $0 < 1 }) ?? false,
      measures.timeToScreen.map({ $0 > DrillPrediction.screenMax }) ?? true
    {
      reasons.append("the screen did not show it within \(DrillPrediction.screenMax.components.seconds) s")
    }
    let recovery = measures.recovery(isUndone: prediction.isUndone)
    switch recovery {
    case nil: reasons.append("it did not recover while it was watched")
    case let time? where time > prediction.recoveryLimit:
      reasons.append("it recovered after \(seconds(time)), more than \(seconds(prediction.recoveryLimit))")
    default: break
    }
    return reasons
  }
}

/// A share in percent for people: `99.2 %`.
package func percent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10) %" }

/// A time for people: `4.2 s`.
package func seconds(_ time: Duration) -> String { "\((time.inSeconds * 10).rounded() / 10) s" }
