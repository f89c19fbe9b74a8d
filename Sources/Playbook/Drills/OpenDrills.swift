/// A drill that was left open: its program ended, or it is at work elsewhere.
package struct OpenDrill: Hashable, Sendable, Identifiable {
  package let record: DrillRecord
  /// Why it is not undone from here; empty where it can be.
  package let obstacle: String

  /// A drill that was found.
  package init(_ record: DrillRecord, obstacle: String) {
    self.record = record
    self.obstacle = obstacle
  }

  package var id: String { record.id }
}

/// The drills that were left open, on this machine and in the cluster.
package struct OpenDrills: Hashable, Sendable {
  package var drills: [OpenDrill] = []
  /// Sentences about journals and locks that are not believed, or belong elsewhere.
  package var notes: [String] = []

  /// Those that were found.
  package init(_ drills: [OpenDrill] = [], notes: [String] = []) {
    self.drills = drills
    self.notes = notes
  }
}
