extension Snapshot {
  /// Events that tell one who knows nothing all that is known now: how a recording begins in the middle.
  public func retold() -> [ClusterEvent] {
    [.connectionChanged(connection)]
      + ResourceKind.allCases.flatMap { kind -> [ClusterEvent] in
        let status = stream(kind)
        let objects = keys(of: kind).sorted().compactMap { self[$0] }
        return (status.hasList ? [.listed(kind, objects)] : [])
          + (status.state == .idle ? [] : [.streamChanged(kind, status.state)])
      }
  }
}
