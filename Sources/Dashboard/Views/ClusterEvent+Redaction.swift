import ClusterModel

extension ClusterEvent {
  /// The event without what looks like a secret in any of its texts.
  package func redacted() -> ClusterEvent {
    switch self {
    case .listed(let kind, let objects): return .listed(kind, objects.map { $0.redacted() })
    case .applied(let object): return .applied(object.redacted())
    case .streamChanged(let kind, let state): return .streamChanged(kind, state.redacted())
    case .connectionChanged(var connection):
      connection.problem = Dashboard.redacted(connection.problem)
      connection.feedReason = Dashboard.redacted(connection.feedReason)
      connection.server = Dashboard.redacted(connection.server)
      return .connectionChanged(connection)
    case .logged(let lines): return .logged(lines.map { $0.redacted() })
    case .logSeam(var seam):
      if case .failed(let reason) = seam.change { seam.change = .failed(Dashboard.redacted(reason)) }
      return .logSeam(seam)
    case .logTail(var tail):
      tail.lines = tail.lines.map { $0.redacted() }
      tail.problem = Dashboard.redacted(tail.problem)
      return .logTail(tail)
    case .probed(var result):
      result.problem = Dashboard.redacted(result.problem)
      return .probed(result)
    case .noted(let sentence): return .noted(Dashboard.redacted(sentence))
    case .deleted, .alive, .moment: return self
    }
  }
}

extension StreamState {
  fileprivate func redacted() -> StreamState {
    switch self {
    case .retrying(let reason, let at): .retrying(reason: Dashboard.redacted(reason), at: at)
    case .forbidden(let words): .forbidden(Dashboard.redacted(words))
    case .absent(let words): .absent(Dashboard.redacted(words))
    case .idle, .listing, .live: self
    }
  }
}

extension LogLine {
  fileprivate func redacted() -> LogLine {
    var line = self
    line.text = Dashboard.redacted(text)
    return line
  }
}
