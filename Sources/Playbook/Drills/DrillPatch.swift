import ClusterModel

/// One field that a drill sets, and what it was before; `nil` stands for absent.
package struct FieldEdit: Hashable, Sendable {
  /// Where it is, as a JSON pointer.
  package let path: String
  package let before: DocumentValue?
  package let after: DocumentValue?
  /// Whether what it was before may be a secret: then it stays on this machine.
  package var isSecret: Bool

  /// An edit.
  package init(_ path: String, from before: DocumentValue?, to after: DocumentValue?, isSecret: Bool = false) {
    self.path = path
    self.before = before
    self.after = after
    self.isSecret = isSecret
  }

  /// An edit of a field of an object, whatever it is now.
  init(_ path: String, of object: DocumentValue, to after: DocumentValue) {
    self.init(path, from: object[pointer: path], to: after)
  }

  /// Sets one member of a map: where the map is absent it comes with its first member.
  init(member name: String, of map: String, in object: DocumentValue, to after: DocumentValue) {
    if object[pointer: map] == nil {
      self.init(map, from: nil, to: .members([DocumentValue.Member(name, after)]))
    } else {
      self.init("\(map)/\(pointerPart(name))", of: object, to: after)
    }
  }

  /// What makes the edit, all or nothing.
  var operations: [PatchOperation] { Self.operations(path, from: before, to: after) }

  /// What takes it back, if the value is still ours.
  var inverse: [PatchOperation] { Self.operations(path, from: after, to: before) }

  private static func operations(
    _ path: String, from old: DocumentValue?, to new: DocumentValue?
  ) -> [PatchOperation] {
    let test = old.map { PatchOperation(.test, path, .document($0)) }
    let write =
      new.map { PatchOperation(old == nil ? .add : .replace, path, .document($0)) } ?? PatchOperation(.remove, path)
    return [test, write].compactMap { $0 }
  }
}

/// A change of fields of one object, with its exact inverse.
package struct DrillPatch: Hashable, Sendable {
  package let object: DrillObject
  /// The version that was read: the change is refused for any other.
  package let resourceVersion: String
  /// What must be so for the places of lists to be the ones that were seen: the names of containers, hosts and paths.
  package let anchors: [FieldEdit]
  package let edits: [FieldEdit]
  /// Whether it stays: there is nothing to take back.
  package let isKept: Bool
  /// Who managed which fields of the object before.
  package let ownersBefore: [DocumentValue]

  /// A change of an object as it was read, with who manages its fields.
  init(
    _ object: DrillObject, _ document: DocumentValue, anchors: [String] = [], edits: [FieldEdit], isKept: Bool = false
  ) {
    let values = anchors.map { FieldEdit($0, from: document[pointer: $0], to: document[pointer: $0]) }
    self.init(
      object, resourceVersion: document[pointer: "/metadata/resourceVersion"]?.asText ?? "", anchors: values,
      edits: edits, isKept: isKept, ownersBefore: Ownership.entries(of: document))
  }

  /// A change as it was written down.
  package init(
    _ object: DrillObject, resourceVersion: String, anchors: [FieldEdit], edits: [FieldEdit], isKept: Bool,
    ownersBefore: [DocumentValue]
  ) {
    self.object = object
    self.resourceVersion = resourceVersion
    self.anchors = anchors
    self.edits = edits
    self.isKept = isKept
    self.ownersBefore = ownersBefore
  }

  /// What makes the change, bound to the object and the version that were seen.
  package var operations: [PatchOperation] {
    [isSame, PatchOperation(.replace, "/metadata/resourceVersion", .text(resourceVersion))] + names
      + edits.flatMap(\.operations)
  }

  /// What takes it back as long as every value is ours; the version has long moved on by then.
  package var inverse: [PatchOperation] { [isSame] + names + edits.reversed().flatMap(\.inverse) }

  /// The change and its inverse in one: what the server says of the object after the undo, before anything was done.
  package var rehearsal: [PatchOperation] { operations + inverse }

  /// The change once more for an object that has another version by now.
  package func with(resourceVersion: String) -> DrillPatch {
    DrillPatch(
      object, resourceVersion: resourceVersion, anchors: anchors, edits: edits, isKept: isKept,
      ownersBefore: ownersBefore)
  }

  private var isSame: PatchOperation { PatchOperation(.test, "/metadata/uid", .text(object.uid.value)) }

  private var names: [PatchOperation] {
    anchors.compactMap { anchor in anchor.before.map { PatchOperation(.test, anchor.path, .document($0)) } }
  }
}

/// What a field was before, what a drill made of it and what it is now.
package struct ConflictColumn: Hashable, Sendable {
  package let path: String
  package let before: DocumentValue?
  package let ours: DocumentValue?
  package let now: DocumentValue?
  /// Who wrote it and when, as far as the object tells.
  package let writer: String
}

extension DrillPatch {
  /// What became of the fields.
  package enum Standing: Hashable, Sendable {
    /// All values are those of the drill.
    case ours
    /// All values are those of before; whether we are noted as the writer of one tells that it was us who put them back.
    case before(isOurs: Bool)
    case conflict([ConflictColumn])
    /// It is another object of the same name.
    case gone
  }

  /// Compares an object as it is now.
  package func standing(in document: DocumentValue) -> Standing {
    guard document[pointer: "/metadata/uid"]?.asText == object.uid.value else { return .gone }
    func holds(_ edits: [FieldEdit], _ value: (FieldEdit) -> DocumentValue?) -> Bool {
      edits.allSatisfy { edit in Self.same(document[pointer: edit.path], value(edit)) }
    }
    guard holds(anchors, \.before) else { return .conflict(columns(document, anchors + edits)) }
    if holds(edits, \.after) { return .ours }
    if holds(edits, \.before) {
      // A field that was ours before the drill tells nothing of it.
      let old = Ownership(ownersBefore)
      let paths = edits.map(\.path).filter { !old.isOurs([$0], in: document) }
      return .before(isOurs: Ownership(document).isOurs(paths, in: document))
    }
    return .conflict(columns(document, edits))
  }

  /// Whether every field is noted as written by this program.
  func isWrittenByUs(in document: DocumentValue) -> Bool {
    let ownership = Ownership(document)
    return edits.allSatisfy { ownership.isOurs([$0.path], in: document) }
  }

  /// Who put the fields back, as far as the object tells.
  func wordsOnWriters(in document: DocumentValue) -> String {
    func managers(_ ownership: Ownership) -> Set<String> {
      Set(edits.map { ownership.holder(of: $0.path, in: document) })
    }
    // Who has managed what is around a field since before the drill did not write it now.
    let before = managers(Ownership(ownersBefore))
    let holders = managers(Ownership(document)).subtracting(before).subtracting([""]).sorted()
    return "put back by "
      + (holders.isEmpty ? "somebody whom the object does not name" : holders.joined(separator: " and by "))
  }

  private func columns(_ document: DocumentValue, _ edits: [FieldEdit]) -> [ConflictColumn] {
    let ownership = Ownership(document)
    return edits.filter { !Self.same(document[pointer: $0.path], $0.after) }.map { edit in
      ConflictColumn(
        path: edit.path, before: edit.isSecret ? .text("hidden") : edit.before, ours: edit.after,
        now: edit.isSecret ? .text("hidden") : document[pointer: edit.path],
        writer: ownership.writer(of: edit.path, in: document))
    }
  }

  private static func same(_ left: DocumentValue?, _ right: DocumentValue?) -> Bool {
    switch (left, right) {
    case (nil, nil): true
    case (let left?, let right?): left.isSame(as: right)
    default: false
    }
  }
}
