/// The columns of `kubectl get pods`.
public struct PodColumns: Hashable, Sendable {
  public var readyContainers = 0
  public var totalContainers = 0
  /// STATUS, character for character.
  public var status = ""
  public var restarts = 0
  public var lastRestart: Timestamp?

  /// Columns of nothing.
  public init() {}

  /// The columns of a pod, as the API server's table for kubectl (v1.32) has them.
  public init(of pod: Pod) {
    totalContainers = pod.containers.count + pod.initContainers.count(where: \.isSidecar)
    status = pod.reason.isEmpty ? pod.phase : pod.reason
    if pod.conditions.contains(where: { $0.type == "PodScheduled" && $0.reason == "SchedulingGated" }) {
      status = "SchedulingGated"
    }
    var sidecars = Restarts()
    let isInitializing = takeInitContainers(of: pod, &sidecars)
    if !isInitializing || pod.conditions[type: "Initialized"]?.isTrue == true {
      // Init containers that are done no longer count; those that keep running do.
      restarts = sidecars.count
      lastRestart = sidecars.last
      takeContainers(of: pod)
    }
    takeDeletion(of: pod)
  }

  /// READY: `1/2`.
  public var ready: String { "\(readyContainers)/\(totalContainers)" }

  /// RESTARTS: `0`, or `3 (4m47s ago)`.
  public func restartsText(at now: Timestamp) -> String {
    guard restarts != 0, let lastRestart else { return "\(restarts)" }
    return "\(restarts) (\(Age.text(since: lastRestart, at: now)) ago)"
  }

  private struct Restarts {
    var count = 0
    var last: Timestamp?
  }

  /// Goes through the init containers up to the first that is not done.
  ///
  /// - Returns: Whether the pod is still held up by an init container.
  private mutating func takeInitContainers(of pod: Pod, _ sidecars: inout Restarts) -> Bool {
    for (index, container) in pod.initContainerStatuses.enumerated() {
      let isSidecar = pod.initContainers.last { $0.name == container.name }?.isSidecar ?? false
      countRestarts(of: container)
      if isSidecar {
        sidecars.count = sidecars.count &+ container.restartCount
        sidecars.last = Self.later(sidecars.last, container.lastState.finishedAt)
      }
      if case .terminated(let end) = container.state, end.exitCode == 0 { continue }
      if isSidecar, container.isStarted == true {
        if container.isReady { readyContainers += 1 }
        continue
      }
      status = "Init:" + initReason(of: container, index: index, count: pod.initContainers.count)
      return true
    }
    return false
  }

  private func initReason(of container: ContainerStatus, index: Int, count: Int) -> String {
    switch container.state {
    case .terminated(let end): end.reason.isEmpty ? end.codeText : end.reason
    case .waiting(let reason, _) where !reason.isEmpty && reason != "PodInitializing": reason
    case .waiting, .running, .absent: "\(index)/\(count)"
    }
  }

  /// Goes through the containers; the first that has something to say wins, so they are taken from the last.
  private mutating func takeContainers(of pod: Pod) {
    var hasRunning = false
    for container in pod.containerStatuses.reversed() {
      countRestarts(of: container)
      switch container.state {
      case .waiting(let reason, _) where !reason.isEmpty: status = reason
      case .terminated(let end): status = end.reason.isEmpty ? end.codeText : end.reason
      case .running where container.isReady:
        hasRunning = true
        readyContainers += 1
      case .waiting, .running, .absent: break
      }
    }
    // One container completed does not make the pod so while another runs.
    if status == "Completed", hasRunning {
      status = pod.conditions.contains { $0.type == "Ready" && $0.isTrue } ? "Running" : "NotReady"
    }
  }

  private mutating func takeDeletion(of pod: Pod) {
    guard pod.metadata.isTerminating else { return }
    if pod.reason == "NodeLost" {
      status = "Unknown"
    } else if pod.phase != "Failed", pod.phase != "Succeeded" {
      status = "Terminating"
    }
  }

  private mutating func countRestarts(of container: ContainerStatus) {
    restarts = restarts &+ container.restartCount
    lastRestart = Self.later(lastRestart, container.lastState.finishedAt)
  }

  private static func later(_ left: Timestamp?, _ right: Timestamp?) -> Timestamp? {
    guard let left, let right else { return left ?? right }
    return max(left, right)
  }
}

extension ContainerState {
  /// When the container ended, if it did.
  var finishedAt: Timestamp? {
    if case .terminated(let end) = self { end.finishedAt } else { nil }
  }
}

extension Termination {
  /// How it ended, where no reason is given: `Signal:9`, `ExitCode:1`.
  var codeText: String { signal != 0 ? "Signal:\(signal)" : "ExitCode:\(exitCode)" }
}
