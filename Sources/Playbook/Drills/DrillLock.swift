import ClusterModel

/// The object in the namespace that says a drill is under way, who does it and how it is undone.
///
/// Its name is always the same: whoever makes it has the namespace, and every other machine can read the way back.
package struct DrillLock: Hashable, Sendable {
  /// Where the lock is kept: the first that the rights allow.
  package enum Form: String, CaseIterable, Hashable, Sendable {
    case lease = "Lease"
    case configMap = "ConfigMap"
    /// On this machine alone: other machines do not see the drill.
    case local
  }

  package static let name = "todotop-drill"
  private static let recordName = "todotop/record"
  /// How often the heartbeat is written, and after how long without one its writer counts as gone.
  package static let renewSeconds: Int64 = 10
  package static let staleSeconds: Int64 = 30

  package let form: Form
  package let object: DrillObject
  package let holder: String
  /// The last heartbeat.
  package let renewedAt: Timestamp
  /// Why there is no record in it that could be carried out.
  package let record: Result<DrillRecord, RecordProblem>
  let resourceVersion: String

  /// The object of a form.
  package static func object(_ form: Form, namespace: String) -> DrillObject? {
    switch form {
    case .lease: DrillObject(.leases, namespace: namespace, name: name)
    case .configMap: DrillObject(.configMaps, namespace: namespace, name: name)
    case .local: nil
    }
  }

  /// What takes the lock for a drill; `nil` where it is kept on this machine alone.
  package static func taking(_ form: Form, for record: DrillRecord, holder: String, at now: Timestamp) -> DrillCommand?
  {
    guard let object = object(form, namespace: record.namespace) else { return nil }
    let line = DocumentValue.text(record.redacted.line)
    let annotations = form == .lease ? [DocumentValue.Member(recordName, line)] : []
    var members: [(String, DocumentValue)] = [
      ("apiVersion", .text(object.resource.apiVersion)), ("kind", .text(object.resource.kindName)),
      (
        "metadata",
        .object(
          ("name", .text(name)), ("namespace", .text(record.namespace)),
          ("labels", .object((DrillCreation.label, .text(record.id)))), ("annotations", .members(annotations)))
      ),
    ]
    if form == .lease {
      members.append(
        (
          "spec",
          .object(
            ("holderIdentity", .text(holder)), ("leaseDurationSeconds", .number(record.limitSeconds)),
            ("renewTime", .text(microseconds(now))))
        ))
    } else {
      members.append(
        (
          "data",
          .object(("record", line), ("holderIdentity", .text(holder)), ("renewTime", .text(microseconds(now))))
        ))
    }
    return .create(object, .members(members.map { DocumentValue.Member($0.0, $0.1) }))
  }

  /// A lock as it was read.
  package init?(_ form: Form, _ document: DocumentValue, namespace: String) {
    guard let object = Self.object(form, namespace: namespace),
      let uid = document[pointer: "/metadata/uid"]?.asText
    else { return nil }
    let root = Self.root(form)
    self.form = form
    self.object = object.with(UID(uid))
    resourceVersion = document[pointer: "/metadata/resourceVersion"]?.asText ?? ""
    holder = document[pointer: "\(root)/holderIdentity"]?.asText ?? ""
    renewedAt = document[pointer: "\(root)/renewTime"]?.asText.flatMap { Timestamp($0) } ?? .distantPast
    let line =
      form == .lease
      ? document[pointer: "/metadata/annotations/\(pointerPart(Self.recordName))"]?.asText
      : document[pointer: "/data/record"]?.asText
    do throws(RecordProblem) {
      guard let line else { throw RecordProblem("it holds no record") }
      let record = try DrillRecord(line: line)
      guard record.namespace == namespace else { throw RecordProblem("its record is about another namespace") }
      guard DrillFootprint.of(record.kind).covers(record.change) else {
        throw RecordProblem("its record tells of a change that drills of its kind do not make")
      }
      self.record = .success(record)
    } catch {
      record = .failure(error)
    }
  }

  /// Whether whoever holds it was heard of lately.
  package func isAlive(at now: Timestamp) -> Bool { now.since(renewedAt) < .seconds(Self.staleSeconds) }

  /// What writes the heartbeat, as long as the lock is the same.
  package static func renewing(_ form: Form, _ object: DrillObject, at now: Timestamp) -> DrillCommand {
    .patch(
      object,
      [
        PatchOperation(.test, "/metadata/uid", .text(object.uid.value)),
        PatchOperation(.replace, "\(root(form))/renewTime", .text(microseconds(now))),
      ])
  }

  /// What makes another the holder: refused to all but the first who asks.
  package func taking(over holder: String, at now: Timestamp) -> DrillCommand {
    .patch(
      object,
      [
        PatchOperation(.test, "/metadata/uid", .text(object.uid.value)),
        PatchOperation(.replace, "/metadata/resourceVersion", .text(resourceVersion)),
        PatchOperation(.test, "\(Self.root(form))/holderIdentity", .text(self.holder)),
        PatchOperation(.replace, "\(Self.root(form))/holderIdentity", .text(holder)),
        PatchOperation(.replace, "\(Self.root(form))/renewTime", .text(Self.microseconds(now))),
      ])
  }

  private static func root(_ form: Form) -> String { form == .lease ? "/spec" : "/data" }

  /// A moment as Leases have it: with six digits of the second, neither more nor less.
  private static func microseconds(_ moment: Timestamp) -> String { moment.rfc3339WithNanoseconds.prefix(26) + "Z" }
}
