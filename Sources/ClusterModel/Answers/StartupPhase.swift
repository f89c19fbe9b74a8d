/// One step of a pod on its way to ready.
public struct StartupPhase: Hashable, Sendable {
  /// The steps, in order.
  public enum Step: String, Hashable, Sendable, CaseIterable {
    case scheduled = "scheduled"
    case initialised = "initialised"
    case imagePulled = "image pulled"
    case containersStarted = "containers started"
    case ready = "ready"
  }

  public var step: Step
  /// When the step was finished; `nil` while it is not, or where nothing tells.
  public var finishedAt: Timestamp?
  /// From the end of the step before (or the creation) to the end of this one.
  public var duration: Duration?
  /// Whether the step is finished, even if its time is not known.
  public var isFinished: Bool

  /// A step.
  public init(_ step: Step, finishedAt: Timestamp?, duration: Duration?, isFinished: Bool) {
    self.step = step
    self.finishedAt = finishedAt
    self.duration = duration
    self.isFinished = isFinished
  }
}
