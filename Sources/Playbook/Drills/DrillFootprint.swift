import ClusterModel

/// What drills of one kind can have changed: the closed list that the record of a lock is held against.
///
/// Whoever may make a Lease can write a record, but need not have the right to what its undo would do.
struct DrillFootprint: Sendable {
  /// A field that a drill sets; `#` in its path stands for a place in a list, `*` for any name.
  struct Field: Sendable {
    let path: String
    /// Whether it is only ever set where it was absent.
    let isNew: Bool
    /// Whether it is a value that the drill can have set.
    let sets: @Sendable (DocumentValue) -> Bool

    init(_ path: String, isNew: Bool = false, sets: @escaping @Sendable (DocumentValue) -> Bool) {
      self.path = path
      self.isNew = isNew
      self.sets = sets
    }
  }

  var resource: DrillResource?
  var fields: [Field] = []
  /// How many fields a drill sets.
  var counts = 1...1
  /// Whether its patch stays, and whether the pod that was patched is deleted at the end.
  var isKept = false
  var cleansPod = false
  var isCreation = false
  var strikesPods = false

  /// Whether a change can be that of a drill of this kind.
  func covers(_ change: DrillChange) -> Bool {
    guard strikesPods || change.strikes.isEmpty, isCreation == (change.creation != nil) else { return false }
    if let creation = change.creation {
      let isNamed = !creation.token.isEmpty && creation.object.name == "todotop-\(creation.token)"
      return isNamed && change.patch == nil && change.cleanup.isEmpty
    }
    guard let patch = change.patch else { return resource == nil && change.cleanup.isEmpty }
    return patch.object.resource == resource && patch.isKept == isKept
      && change.cleanup == (cleansPod ? [patch.object] : []) && counts.contains(patch.edits.count)
      && Set(patch.edits.map(\.path)).count == patch.edits.count && patch.edits.allSatisfy(covers)
  }

  private func covers(_ edit: FieldEdit) -> Bool {
    guard let after = edit.after else { return false }
    return fields.contains { field in
      Self.matches(edit.path, field.path) && field.sets(after) && (!field.isNew || edit.before == nil)
    }
  }

  /// Whether a path is one of a pattern's.
  private static func matches(_ path: String, _ pattern: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let wanted = pattern.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == wanted.count
      && zip(parts, wanted).allSatisfy { part, wanted in
        switch wanted {
        case "#": !part.isEmpty && part.allSatisfy { $0.isASCII && $0.isNumber }
        case "*": !part.isEmpty
        default: part == wanted
        }
      }
  }
}

extension DrillFootprint {
  /// That of a kind, by its id; one that is not known changes nothing that a lock could have undone.
  static func of(_ id: String) -> DrillFootprint {
    DrillKind.all.first { $0.id == id }?.footprint ?? DrillFootprint(counts: 0...0)
  }

  /// The place of a container of a Deployment's template.
  static let container = "/spec/template/spec/containers/#"
  /// The place of the annotations that every new pod of a Deployment gets.
  static let podAnnotations = "/spec/template/metadata/annotations"

  /// Pods that are struck, and nothing else.
  static let strikes = DrillFootprint(strikesPods: true)

  /// One field of an object.
  static func one(
    _ resource: DrillResource, _ path: String, sets: @escaping @Sendable (DocumentValue) -> Bool
  ) -> DrillFootprint {
    DrillFootprint(resource: resource, fields: [Field(path, sets: sets)])
  }
}

extension [DrillFootprint.Field] {
  /// A member of a map that is text, alone or with the map that it is the first of.
  static func member(_ name: String, of map: String) -> Self {
    [
      .init("\(map)/\(pointerPart(name))") { $0.asText != nil },
      .init(map, isNew: true) { $0.fields.map(\.name) == [name] },
    ]
  }
}

extension DocumentValue {
  /// Whether it is text that begins like this.
  func hasPrefix(_ prefix: String) -> Bool { asText?.hasPrefix(prefix) ?? false }
}
