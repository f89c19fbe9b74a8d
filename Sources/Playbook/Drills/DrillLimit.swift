/// How long a drill may last before it is undone.
package enum DrillLimit {
  package static let standard = 120
  package static let allowed = 10...900
}

/// The states of a drill, as the journal names them.
package enum DrillState: String, CaseIterable, Hashable, Sendable {
  case planned = "PLANNED"
  case recorded = "RECORDED"
  case locked = "LOCKED"
  case guarded = "GUARDED"
  case injecting = "INJECTING"
  case active = "ACTIVE"
  case undoing = "UNDOING"
  case restored = "RESTORED"
  case conflict = "UNDO_CONFLICT"
  case restoredByOther = "RESTORED_BY_OTHER"
  case neverInjected = "NEVER_INJECTED"
  case targetGone = "TARGET_GONE"
  case aborted = "ABORTED"

  /// Whether nothing more will be done for it.
  package var isFinal: Bool {
    switch self {
    case .planned, .recorded, .locked, .guarded, .injecting, .active, .undoing: false
    case .restored, .conflict, .restoredByOther, .neverInjected, .targetGone, .aborted: true
    }
  }

  /// Whether nothing can have been sent to the cluster before it.
  package var isBeforeInjection: Bool {
    switch self {
    case .planned, .recorded, .locked, .guarded: true
    default: false
    }
  }

  /// What it means, for people.
  package var words: String {
    switch self {
    case .planned, .recorded, .locked, .guarded: "being prepared"
    case .injecting: "being done"
    case .active: "under way"
    case .undoing: "being undone"
    case .restored: "undone: all is as before"
    case .conflict: "not undone: somebody else changed the same field"
    case .restoredByOther: "somebody else put it back"
    case .neverInjected: "never done"
    case .targetGone: "its target is gone: nothing to undo"
    case .aborted: "not done"
    }
  }
}
