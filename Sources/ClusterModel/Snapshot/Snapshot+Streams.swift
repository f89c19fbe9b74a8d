extension Snapshot {
  /// Notes that the stream of a kind is alive.
  mutating func prove(_ kind: ResourceKind, at now: Timestamp) {
    streams[Int(kind.rawValue)].lastProofOfLife = now
  }

  /// Notes that every stream that is live is alive: a heartbeat of the server.
  ///
  /// Metrics are sampled, not streamed: a heartbeat says nothing of them.
  mutating func proveAll(at now: Timestamp) {
    for kind in ResourceKind.allCases where kind.isWatched && streams[Int(kind.rawValue)].state == .live {
      prove(kind, at: now)
    }
  }

  mutating func turn(
    _ kind: ResourceKind, to state: StreamState, at now: Timestamp, _ change: inout SnapshotChange
  ) {
    let index = Int(kind.rawValue)
    guard streams[index].state != state else { return }
    change.changedStreams.append(kind)
    streams[index].state = state
    switch state {
    case .retrying, .forbidden, .absent: streams[index].failingSince = streams[index].failingSince ?? now
    case .live:
      streams[index].failingSince = nil
      prove(kind, at: now)
    // A new list after a failure is still part of the failure until it is there.
    case .idle, .listing: break
    }
  }

  /// The time since the last proof that the data of a kind is current; `nil` before the first.
  public func age(of kind: ResourceKind, at now: Timestamp) -> Duration? { stream(kind).age(at: now) }
}
