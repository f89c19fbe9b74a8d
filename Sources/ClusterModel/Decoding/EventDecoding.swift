import JSON

extension ObjectDecoding {
  /// An event of either style: counted with first and last times, or with one time and a series.
  func event(_ json: JSONValue, _ metadata: ObjectMetadata) -> KubernetesEvent {
    var event = KubernetesEvent()
    event.metadata = metadata
    event.type = optionalText(json["type"]) ?? "Normal"
    event.reason = text(json["reason"])
    event.message = message(json["message"])
    let once = moment(json["eventTime"])
    let series = json["series"]
    event.firstTimestamp = moment(json["firstTimestamp"]) ?? once ?? metadata.creationTimestamp
    event.lastTimestamp =
      moment(series?["lastObservedTime"]) ?? moment(json["lastTimestamp"]) ?? event.firstTimestamp
    event.count = max(1, count(series?["count"]) ?? count(json["count"]) ?? 1)
    event.source = optionalText(json["source"]?["component"]) ?? text(json["reportingComponent"])
    if let object = json["involvedObject"] {
      event.involvedKind = text(object["kind"])
      event.involvedNamespace = text(object["namespace"])
      event.involvedName = text(object["name"])
      event.involvedUID = UID(text(object["uid"]))
      event.fieldPath = text(object["fieldPath"])
    }
    return event
  }
}
