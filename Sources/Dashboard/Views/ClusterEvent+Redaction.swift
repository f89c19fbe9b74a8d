import ClusterModel

extension ClusterEvent {
  /// The event without what looks like a secret in any of its texts.
  package func redacted() -> ClusterEvent {
    switch self {
    case .listed(let kind, let objects): return .listed(kind, objects.map { $0.redacted() })
    case .applied(let object): return .applied(object.redacted())
    case .streamChanged(let kind, let state): return .streamChanged(kind, state.redacted())
    case .connectionChanged(var connection):
      connection.problem = ClusterModel.redacted(connection.problem)
      connection.feedReason = ClusterModel.redacted(connection.feedReason)
      connection.server = ClusterModel.redacted(connection.server)
      return .connectionChanged(connection)
    case .logged(let lines): return .logged(lines.map { $0.redacted() })
    case .logSeam(var seam):
      if case .failed(let reason) = seam.change { seam.change = .failed(ClusterModel.redacted(reason)) }
      return .logSeam(seam)
    case .logTail(var tail):
      tail.lines = tail.lines.map { $0.redacted() }
      tail.problem = ClusterModel.redacted(tail.problem)
      return .logTail(tail)
    case .probed(var result):
      result.problem = ClusterModel.redacted(result.problem)
      return .probed(result)
    case .noted(let sentence): return .noted(ClusterModel.redacted(sentence))
    case .deleted, .alive, .moment: return self
    }
  }
}

extension StreamState {
  fileprivate func redacted() -> StreamState {
    switch self {
    case .retrying(let reason, let at): .retrying(reason: ClusterModel.redacted(reason), at: at)
    case .forbidden(let words): .forbidden(ClusterModel.redacted(words))
    case .absent(let words): .absent(ClusterModel.redacted(words))
    case .idle, .listing, .live: self
    }
  }
}

extension LogLine {
  fileprivate func redacted() -> LogLine {
    var line = self
    line.text = ClusterModel.redacted(text)
    return line
  }
}
