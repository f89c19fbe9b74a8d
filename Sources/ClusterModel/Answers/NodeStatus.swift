extension Node {
  /// Whether the kubelet says that the node can take pods.
  public var isReady: Bool { conditions[type: "Ready"]?.isTrue ?? false }

  /// STATUS as kubectl prints it: `Ready`, `NotReady`, `Ready,SchedulingDisabled`, `Unknown`.
  public var statusText: String {
    let ready = conditions[type: "Ready"].map { $0.isTrue ? "Ready" : "NotReady" } ?? "Unknown"
    return isUnschedulable ? "\(ready),SchedulingDisabled" : ready
  }

  /// The pressures the node reports: `MemoryPressure`, `DiskPressure`, `PIDPressure`, `NetworkUnavailable`.
  public var pressures: [String] {
    conditions.filter { $0.type != "Ready" && $0.isTrue }.map(\.type)
  }
}
