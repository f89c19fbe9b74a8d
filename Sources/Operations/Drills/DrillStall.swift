import Playbook

/// Tells a process that holds a drill and is stuck from one that is at work, by a glance at its journal now and then.
struct DrillStall {
  /// When the change was first seen to be on its way; the journal says that too, but by a clock that may have been set.
  private var sentAt: Duration?
  /// At how many glances in a row it was over its time.
  private var glances = 0

  /// How many of them it takes: at two a second half a minute, in which the machine was awake.
  static let glancesMax = 60

  /// Takes a glance; whether the process is stuck.
  ///
  /// One that undoes its drill is not: that may take as long as the cluster is away, and two are not to undo at once.
  mutating func isSeen(in record: DrillRecord, uptime: Duration) -> Bool {
    guard record.state != .undoing, record.injectedAt != nil else {
      glances = 0
      return false
    }
    let start = sentAt ?? uptime
    sentAt = start
    glances = uptime - start > .seconds(record.limitSeconds) ? glances + 1 : 0
    return glances > Self.glancesMax
  }
}
