/// Who reports an event, and whether it is a warning.
struct EventSource: Sendable {
  let component: String
  var host = ""
  var isWarning = false

  static let deploymentController = EventSource(component: "deployment-controller")
  static let replicaSetController = EventSource(component: "replicaset-controller")
  static let daemonSetController = EventSource(component: "daemonset-controller")
  static let autoscaler = EventSource(component: "horizontal-pod-autoscaler")
  static let nodeController = EventSource(component: "node-controller")
  static let taintController = EventSource(component: "taint-eviction-controller")
  static let ingressController = EventSource(component: "nginx-ingress-controller")

  /// The kubelet of a node.
  static func kubelet(_ node: String, isWarning: Bool = false) -> EventSource {
    EventSource(component: "kubelet", host: node, isWarning: isWarning)
  }

  /// The scheduler.
  static func scheduler(isWarning: Bool) -> EventSource {
    EventSource(component: "default-scheduler", isWarning: isWarning)
  }
}

extension World {
  /// The most events kept in one namespace; the oldest go first.
  static let eventLimit = 400
  /// How long an event is kept after it last happened, in seconds.
  static let eventLifetime = 3600.0

  /// Records an event; one that repeats raises its count instead.
  mutating func record(
    _ reason: String, _ message: String, on kind: ResourceKind, _ object: StoredObject, by source: EventSource,
    container: String? = nil
  ) {
    var involved = JSON.strings(["kind": kind.kind, "namespace": object.key.namespace, "name": object.key.name])
    if object.key.namespace.isEmpty { involved["namespace"] = nil }
    involved["uid"] = .string(kind == .nodes ? object.key.name : object.uid)
    involved["apiVersion"] = .string(kind.apiVersion)
    if kind != .nodes { involved["resourceVersion"] = .string(String(object.resourceVersion)) }
    if let container { involved["fieldPath"] = .string("spec.containers{\(container)}") }
    let namespace = object.key.namespace.isEmpty ? "default" : object.key.namespace
    guard store.object(.namespaces, ObjectKey(namespace: "", name: namespace)) != nil else { return }
    let digest = RandomSource.hash(
      [object.uid, reason, message, source.component, container ?? ""].joined(separator: "|"))
    if let key = eventKeys[digest], store.object(.events, key) != nil { return repeatEvent(key) }
    // As in Kubernetes, the names of events sort by time, so that lists tell what happened in its order.
    let nanoseconds = now.milliseconds * 1_000_000 + store.resourceVersion % 1_000_000
    let key = ObjectKey(namespace: namespace, name: "\(object.key.name).\(String(nanoseconds, radix: 16))")
    eventKeys[digest] = key
    createEvent(key, reason, message, involved: involved, by: source)
    if eventKeys.count > 2 * (store.objects(.events).count + Self.eventLimit) {
      eventKeys = eventKeys.filter { store.object(.events, $0.value) != nil }
    }
  }

  private mutating func repeatEvent(_ key: ObjectKey) {
    let now = now
    update(.events, key) { event in
      if event["count"] == nil {
        let count = (event["series", "count"]?.integer ?? 1) + 1
        event["series"] = ["count": .integer(count), "lastObservedTime": .string(now.textWithMicroseconds)]
      } else {
        event["count"] = .integer((event["count"]?.integer ?? 1) + 1)
        event["lastTimestamp"] = .string(now.text)
      }
    }
  }

  private mutating func createEvent(
    _ key: ObjectKey, _ reason: String, _ message: String, involved: JSON, by source: EventSource
  ) {
    var event: JSON = ["metadata": .strings(["name": key.name, "namespace": key.namespace])]
    event["involvedObject"] = involved
    event["reason"] = .string(reason)
    event["message"] = .string(message)
    var origin = JSON.strings(["component": source.component])
    if !source.host.isEmpty { origin["host"] = .string(source.host) }
    // The scheduler writes events of the newer form, with a time in microseconds and no count.
    let isNewForm = source.component == "default-scheduler"
    event["source"] = isNewForm ? .object([]) : origin
    event["firstTimestamp"] = isNewForm ? .null : .string(now.text)
    event["lastTimestamp"] = isNewForm ? .null : .string(now.text)
    if !isNewForm { event["count"] = 1 }
    event["type"] = source.isWarning ? "Warning" : "Normal"
    event["eventTime"] = isNewForm ? .string(now.textWithMicroseconds) : .null
    if isNewForm { event["action"] = source.isWarning ? "Scheduling" : "Binding" }
    event["reportingComponent"] = .string(source.component)
    event["reportingInstance"] = .string(isNewForm ? "default-scheduler-todotop-demo" : source.host)
    create(.events, event)
    dropOldEvents(in: key.namespace)
  }

  /// Removes events that have not happened for an hour.
  mutating func expireEvents() {
    for event in store.objects(.events) where now.seconds(since: event.createdAt) > Self.eventLifetime {
      let object = event.object
      let last = object["series", "lastObservedTime"]?.string ?? object["lastTimestamp"]?.string
      if let last, let moment = Moment(last), now.seconds(since: moment) <= Self.eventLifetime { continue }
      remove(.events, event.key)
    }
  }

  private mutating func dropOldEvents(in namespace: String) {
    let events = store.objects(.events, in: namespace)
    guard events.count > Self.eventLimit else { return }
    let oldest = events.sorted { $0.resourceVersion < $1.resourceVersion }.prefix(events.count - Self.eventLimit)
    for event in oldest { remove(.events, event.key) }
  }
}
