import ClusterModel

/// An event on the object of a drill, for all who look at the cluster and know nothing of the drill.
package struct DrillAnnouncement: Hashable, Sendable {
  /// What is told.
  package enum Reason: String, Hashable, Sendable {
    case started = "DrillStarted"
    case undone = "DrillUndone"
  }

  package let reason: Reason
  /// The namespace of the event; what belongs to none is told of in `default`.
  package let namespace: String
  package let manifest: DocumentValue

  /// What is told of a drill; `nil` where there is no object to tell it of.
  package init?(_ reason: Reason, _ record: DrillRecord, at now: Timestamp) {
    guard let object = record.change.subject, !object.uid.value.isEmpty else { return nil }
    self.reason = reason
    namespace = object.namespace.isEmpty ? "default" : object.namespace
    let words =
      reason == .started
      ? "\(record.author) does the failure drill \(record.kind) on \(record.target): it is undone after "
        + "\(record.limitSeconds) s at the latest"
      : "the failure drill \(record.kind) on \(record.target) is undone"
    let moment = DocumentValue.text(now.rfc3339)
    manifest = .object(
      ("apiVersion", .text("v1")), ("kind", .text("Event")),
      (
        "metadata",
        .object(
          ("name", .text("\(record.id).\(reason == .started ? "started" : "undone")")), ("namespace", .text(namespace)))
      ),
      (
        "involvedObject",
        .object(
          ("apiVersion", .text(object.resource.apiVersion)), ("kind", .text(object.resource.kindName)),
          ("namespace", .text(object.namespace)), ("name", .text(object.name)), ("uid", .text(object.uid.value)))
      ),
      ("reason", .text(reason.rawValue)), ("message", .text(words)), ("type", .text("Normal")), ("count", .number(1)),
      ("firstTimestamp", moment), ("lastTimestamp", moment),
      ("source", .object(("component", .text(ChangeCommand.fieldManager)))))
  }
}
