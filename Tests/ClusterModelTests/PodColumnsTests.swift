import ClusterModel
import Testing

/// READY, STATUS and RESTARTS of pods that the recordings do not have.
@Suite struct PodColumnsTests {
  static let now = Timestamp(seconds: 1_800_000_000)

  /// One case: what is special about a pod, and what kubectl prints of it.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var expected: String
    var make: @Sendable (inout Pod) -> Void
    var testDescription: String { name }

    init(_ name: String, _ expected: String, _ make: @escaping @Sendable (inout Pod) -> Void) {
      (self.name, self.expected, self.make) = (name, expected, make)
    }
  }

  static func status(
    _ name: String, ready: Bool = false, started: Bool? = nil, restarts: Int = 0, _ state: ContainerState,
    last: ContainerState = .absent
  ) -> ContainerStatus {
    var status = ContainerStatus()
    (status.name, status.isReady, status.isStarted, status.restartCount) = (name, ready, started, restarts)
    (status.state, status.lastState) = (state, last)
    return status
  }

  static func ended(_ code: Int = 0, _ reason: String = "", signal: Int = 0, ago: Int? = nil) -> ContainerState {
    var end = Termination()
    (end.exitCode, end.reason, end.signal) = (code, reason, signal)
    end.finishedAt = ago.map { now.advanced(by: .seconds(-$0)) }
    return .terminated(end)
  }

  static func spec(_ names: String..., sidecar: Bool = false) -> [ContainerSpec] {
    names.map {
      var spec = ContainerSpec()
      spec.name = $0
      spec.restartPolicy = sidecar ? "Always" : ""
      return spec
    }
  }

  static let running = ContainerState.running(startedAt: nil)

  static let cases: [Case] = [
    Case("two running, one ready", "1/2 Running 6 (10s ago)") {
      $0.phase = "Running"
      $0.containers = spec("a", "b")
      $0.containerStatuses = [
        status("a", ready: true, restarts: 3, running, last: ended(ago: 10)),
        status("b", restarts: 3, running, last: ended(ago: 20)),
      ]
    },
    Case("a reason stands before the phase", "0/1 podReason 0") {
      ($0.phase, $0.reason) = ("podPhase", "podReason")
      $0.containers = spec("c")
    },
    Case("a waiting container stands before the reason", "0/1 ContainerWaiting 3") {
      ($0.phase, $0.reason) = ("Running", "podReason")
      $0.containers = spec("c")
      $0.containerStatuses = [status("c", restarts: 3, .waiting(reason: "ContainerWaiting", message: ""))]
    },
    Case("the first container with something to say wins", "1/3 Error 0") {
      $0.phase = "Running"
      $0.containers = spec("a", "b", "c")
      $0.containerStatuses = [
        status("a", ended(1, "Error")), status("b", .waiting(reason: "CrashLoopBackOff", message: "")),
        status("c", ready: true, running),
      ]
    },
    Case("an end without reason shows its signal", "0/1 Signal:9 0") {
      $0.phase = "Running"
      $0.containers = spec("c")
      $0.containerStatuses = [status("c", ended(137, signal: 9))]
    },
    Case("an end without reason and signal shows its code", "0/1 ExitCode:7 0") {
      $0.phase = "Running"
      $0.containers = spec("c")
      $0.containerStatuses = [status("c", ended(7))]
    },
    Case("completed beside one that runs in a ready pod", "1/2 Running 0") {
      $0.phase = "Running"
      $0.containers = spec("a", "b")
      $0.containerStatuses = [status("a", ended(0, "Completed")), status("b", ready: true, running)]
      $0.conditions = [Condition(type: "Ready", status: "True")]
    },
    Case("completed beside one that runs in a pod that is not ready", "1/2 NotReady 0") {
      $0.phase = "Running"
      $0.containers = spec("a", "b")
      $0.containerStatuses = [status("a", ended(0, "Completed")), status("b", ready: true, running)]
    },
    Case("completed alone", "0/1 Completed 0") {
      $0.phase = "Succeeded"
      $0.containers = spec("c")
      $0.containerStatuses = [status("c", ended(0, "Completed"))]
    },
    Case("the second of three init containers runs", "0/1 Init:1/3 2") {
      $0.phase = "Pending"
      ($0.containers, $0.initContainers) = (spec("c"), spec("i", "j", "k"))
      $0.initContainerStatuses = [
        status("i", restarts: 2, ended()), status("j", running),
        status("k", .waiting(reason: "PodInitializing", message: "")),
      ]
      $0.containerStatuses = [status("c", restarts: 9, .waiting(reason: "PodInitializing", message: ""))]
    },
    Case("an init container crashes", "0/1 Init:CrashLoopBackOff 4 (5s ago)") {
      $0.phase = "Pending"
      ($0.containers, $0.initContainers) = (spec("c"), spec("i"))
      $0.initContainerStatuses = [
        status("i", restarts: 4, .waiting(reason: "CrashLoopBackOff", message: ""), last: ended(1, ago: 5))
      ]
    },
    Case("an init container ended with a code", "0/1 Init:ExitCode:1 0") {
      ($0.phase, $0.containers, $0.initContainers) = ("Pending", spec("c"), spec("i"))
      $0.initContainerStatuses = [status("i", ended(1))]
    },
    Case("an init container ended by a signal", "0/1 Init:Signal:9 0") {
      ($0.phase, $0.containers, $0.initContainers) = ("Pending", spec("c"), spec("i"))
      $0.initContainerStatuses = [status("i", ended(137, signal: 9))]
    },
    Case("an init container ended with a reason", "0/1 Init:OOMKilled 0") {
      ($0.phase, $0.containers, $0.initContainers) = ("Pending", spec("c"), spec("i"))
      $0.initContainerStatuses = [status("i", ended(137, "OOMKilled"))]
    },
    Case("init containers are done, their restarts no longer count", "1/1 Running 1 (30s ago)") {
      ($0.phase, $0.containers, $0.initContainers) = ("Running", spec("c"), spec("i"))
      $0.initContainerStatuses = [status("i", restarts: 5, ended(0, "Completed"), last: ended(1, ago: 3))]
      $0.containerStatuses = [status("c", ready: true, restarts: 1, running, last: ended(1, ago: 30))]
    },
    Case("done with init, waiting for the containers", "0/1 PodInitializing 0") {
      ($0.phase, $0.containers, $0.initContainers) = ("Pending", spec("c"), spec("i"))
      $0.initContainerStatuses = [status("i", restarts: 2, ended())]
      $0.containerStatuses = [status("c", .waiting(reason: "PodInitializing", message: ""))]
    },
    Case("a sidecar counts among the containers and its restarts too", "2/2 Running 5 (7s ago)") {
      ($0.phase, $0.containers, $0.initContainers) = ("Running", spec("c"), spec("s", sidecar: true))
      $0.initContainerStatuses = [
        status("s", ready: true, started: true, restarts: 3, running, last: ended(1, ago: 7))
      ]
      $0.containerStatuses = [status("c", ready: true, restarts: 2, running, last: ended(1, ago: 9))]
    },
    Case("a sidecar that has not started holds up the pod", "0/2 Init:0/1 0") {
      ($0.phase, $0.containers, $0.initContainers) = ("Pending", spec("c"), spec("s", sidecar: true))
      $0.initContainerStatuses = [status("s", started: false, running)]
    },
    Case("a sidecar that is not ready", "1/2 Running 0") {
      ($0.phase, $0.containers, $0.initContainers) = ("Running", spec("c"), spec("s", sidecar: true))
      $0.initContainerStatuses = [status("s", started: true, running)]
      $0.containerStatuses = [status("c", ready: true, running)]
    },
    Case("a sidecar that crashes in an initialised pod", "1/2 Init:CrashLoopBackOff 4 (6s ago)") {
      ($0.phase, $0.containers, $0.initContainers) = ("Running", spec("c"), spec("s", sidecar: true))
      $0.initContainerStatuses = [
        status("s", restarts: 4, .waiting(reason: "CrashLoopBackOff", message: ""), last: ended(1, ago: 6))
      ]
      $0.containerStatuses = [status("c", ready: true, running)]
      $0.conditions = [Condition(type: "Initialized", status: "True")]
    },
    Case("scheduling gates", "0/1 SchedulingGated 0") {
      ($0.phase, $0.containers) = ("Pending", spec("c"))
      var condition = Condition(type: "PodScheduled", status: "False")
      condition.reason = "SchedulingGated"
      $0.conditions = [condition]
    },
    Case("being deleted", "1/1 Terminating 0") {
      ($0.phase, $0.containers) = ("Running", spec("c"))
      $0.containerStatuses = [status("c", ready: true, running)]
      $0.metadata.deletionTimestamp = now
    },
    Case("being deleted on a lost node", "0/1 Unknown 0") {
      ($0.phase, $0.reason, $0.containers) = ("Running", "NodeLost", spec("c"))
      $0.metadata.deletionTimestamp = now
    },
    Case("being deleted after it ended", "0/1 Completed 0") {
      ($0.phase, $0.containers) = ("Succeeded", spec("c"))
      $0.containerStatuses = [status("c", ended(0, "Completed"))]
      $0.metadata.deletionTimestamp = now
    },
    Case("a restart without a date", "0/1 Running 2") {
      ($0.phase, $0.containers) = ("Running", spec("c"))
      $0.containerStatuses = [status("c", restarts: 2, running, last: ended(1))]
    },
    Case("a last end without a restart", "1/1 Running 0") {
      ($0.phase, $0.containers) = ("Running", spec("c"))
      $0.containerStatuses = [status("c", ready: true, running, last: ended(1, ago: 5))]
    },
    Case("waiting without a reason", "0/1 Pending 0") {
      ($0.phase, $0.containers) = ("Pending", spec("c"))
      $0.containerStatuses = [status("c", .waiting(reason: "", message: ""))]
    },
    Case("nothing known", "0/0  0") { _ in },
  ]

  @Test(arguments: cases)
  func `a pod reads as kubectl prints it`(_ example: Case) {
    var pod = Pod()
    example.make(&pod)
    let columns = PodColumns(of: pod)
    #expect("\(columns.ready) \(columns.status) \(columns.restartsText(at: Self.now))" == example.expected)
  }
}
