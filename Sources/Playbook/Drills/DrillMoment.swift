import ClusterModel

/// A moment of a drill, by two clocks.
///
/// The one on the wall is for people to read, and may be set at any time. The other only ever runs, also while the machine
/// sleeps: all times between moments are measured by it alone.
package struct DrillMoment: Hashable, Sendable {
  package let wall: Timestamp
  /// The time since the machine was started.
  package let uptime: Duration

  /// A moment.
  package init(wall: Timestamp, uptime: Duration) {
    self.wall = wall
    self.uptime = uptime
  }

  /// The time from an earlier moment to this one, whatever became of the clock on the wall meanwhile.
  package func since(_ earlier: DrillMoment) -> Duration { uptime - earlier.uptime }

  /// Whether it came before another.
  package func isBefore(_ other: DrillMoment) -> Bool { uptime < other.uptime }

  /// When it was by the clock on the wall as that stood at another moment.
  ///
  /// Moments that are written down by one clock are as far from each other as they were measured.
  package func wall(asOf other: DrillMoment) -> Timestamp { other.wall.advanced(by: since(other)) }
}
