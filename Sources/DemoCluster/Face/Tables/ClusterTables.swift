extension TableColumns {
  static let nodes = TableColumns(
    [
      TableColumn("Name"), TableColumn("Status"), TableColumn("Roles"), TableColumn("Age"), TableColumn("Version"),
      TableColumn("Internal-IP", priority: 1), TableColumn("External-IP", priority: 1),
      TableColumn("OS-Image", priority: 1), TableColumn("Kernel-Version", priority: 1),
      TableColumn("Container-Runtime", priority: 1),
    ]
  ) { object, now in
    let cordon = object["spec", "unschedulable"]?.bool == true ? ",SchedulingDisabled" : ""
    let prefix = "node-role.kubernetes.io/"
    let roles = (object["metadata", "labels"]?.members ?? []).filter { $0.name.hasPrefix(prefix) }
      .map { String($0.name.dropFirst(prefix.count)) }
    let details = object["status", "nodeInfo"]
    return [
      Cell.name(object), .string((object.hasCondition("Ready") ? "Ready" : "NotReady") + cordon),
      .string(roles.isEmpty ? "<none>" : roles.joined(separator: ",")), Cell.age(object, now),
      details?["kubeletVersion"] ?? "",
      object["status", "addresses"]?.elements.first?["address"] ?? "<none>", "<none>",
      details?["osImage"] ?? "", details?["kernelVersion"] ?? "", details?["containerRuntimeVersion"] ?? "",
    ]
  }

  static let events = TableColumns(
    [
      TableColumn("Last Seen"), TableColumn("Type"), TableColumn("Reason"), TableColumn("Object"),
      TableColumn("Subobject", priority: 1), TableColumn("Source", priority: 1), TableColumn("Message"),
      TableColumn("First Seen", priority: 1), TableColumn("Count", type: "integer", priority: 1),
      TableColumn("Name", priority: 1),
    ]
  ) { event, now in
    let involved = event["involvedObject"]
    let object = (involved?["kind"]?.string ?? "").lowercased() + "/" + (involved?["name"]?.string ?? "")
    let component = event["reportingComponent"]?.string ?? ""
    let host = event["reportingInstance"]?.string ?? ""
    let first = time(event["firstTimestamp"]) ?? time(event["eventTime"])
    let last = time(event["series", "lastObservedTime"]) ?? time(event["lastTimestamp"]) ?? first
    func ago(_ moment: Moment?) -> JSON {
      moment.map { .string(Cell.duration(now.seconds(since: $0))) } ?? "<unknown>"
    }
    return [
      ago(last), event["type"] ?? "", event["reason"] ?? "", .string(object), involved?["fieldPath"] ?? "",
      .string(host.isEmpty ? component : component + ", " + host), event["message"] ?? "", ago(first),
      event["series", "count"] ?? event["count"] ?? 1, Cell.name(event),
    ]
  }

  private static func time(_ value: JSON?) -> Moment? { value?.string.flatMap { Moment($0) } }

  static let namespaces = TableColumns([TableColumn("Name"), TableColumn("Status"), TableColumn("Age")]) {
    object, now in
    [Cell.name(object), object["status", "phase"] ?? "", Cell.age(object, now)]
  }

  static let configMaps = TableColumns([TableColumn("Name"), TableColumn("Data"), TableColumn("Age")]) { object, now in
    let count = (object["data"]?.members.count ?? 0) + (object["binaryData"]?.members.count ?? 0)
    return [Cell.name(object), .integer(count), Cell.age(object, now)]
  }

  static let secrets = TableColumns(
    [TableColumn("Name"), TableColumn("Type"), TableColumn("Data", type: "integer"), TableColumn("Age")]
  ) { object, now in
    [
      Cell.name(object), object["type"] ?? "Opaque", .integer(object["data"]?.members.count ?? 0),
      Cell.age(object, now),
    ]
  }
}
