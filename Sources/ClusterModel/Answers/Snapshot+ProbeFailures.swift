/// The probes that the kubelet can make of a container, in the order they begin.
public enum ProbeKind: String, CaseIterable, Hashable, Sendable {
  case startup = "Startup"
  case readiness = "Readiness"
  case liveness = "Liveness"

  /// The probe of that kind that a container asks for.
  public func probe(of container: ContainerSpec) -> Probe? {
    switch self {
    case .startup: container.startupProbe
    case .readiness: container.readinessProbe
    case .liveness: container.livenessProbe
    }
  }
}

/// The last time that a probe failed, as an event tells.
public struct ProbeFailure: Hashable, Sendable {
  /// Why: `HTTP probe failed with statuscode: 503`; untrusted text.
  public var message: String
  /// When it failed last; `nil` where the event has no time.
  public var at: Timestamp?
  /// How often it was seen to fail so.
  public var count: Int
}

extension Snapshot {
  /// The last failure of a container's probe; `nil` where none is among the events that are kept.
  public func lastFailure(of kind: ProbeKind, ofPod key: ObjectKey, container: String) -> ProbeFailure? {
    guard let pod = pods[key] else { return nil }
    let event = events.about(pod.metadata.uid).first { event in
      event.reason == "Unhealthy" && event.message.hasPrefix("\(kind.rawValue) probe ")
        && (event.fieldPath.isEmpty || event.fieldPath.hasSuffix("{\(container)}"))
    }
    guard let event else { return nil }
    let words = event.message.firstRange(of: ": ").map { String(event.message[$0.upperBound...]) } ?? event.message
    return ProbeFailure(message: words, at: event.lastTimestamp, count: event.count)
  }
}
