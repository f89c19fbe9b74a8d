/// A change of what users get from an ingress.
public enum ProbeTurn: Hashable, Sendable {
  /// From this answer on users get an error.
  case failed(ProbeResult)
  /// Users are served again; how many answers failed before, and for how long.
  case recovered(ProbeResult, failures: Int, after: Duration)
}

extension ProbeTable {
  /// Whether the last answer of a host and path turned from good to bad or back; `nil` for more of the same.
  ///
  /// The first answer of all is no turn: nothing was known before.
  public func lastTurn(of target: ProbeTarget) -> ProbeTurn? {
    let results = results(of: target)
    guard results.count > 1, let last = results.last else { return nil }
    let isFailing = results[results.count - 2].isFailure
    guard last.isFailure != isFailing else { return nil }
    if last.isFailure { return .failed(last) }
    let failing = results.dropLast().reversed().prefix(while: \.isFailure)
    return .recovered(last, failures: failing.count, after: failing.last.map { last.at.since($0.at) } ?? .zero)
  }
}
