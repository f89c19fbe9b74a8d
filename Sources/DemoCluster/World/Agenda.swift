/// A pod at one time: a later pod of the same name is another.
struct PodReference: Hashable, Sendable {
  let key: ObjectKey
  let uid: String
}

/// One run of a container: a later run is another.
struct ContainerReference: Hashable, Sendable {
  let pod: PodReference
  let name: String
  /// How often the container had been restarted when the run began.
  let run: Int
}

/// How a container ended.
struct ContainerEnding: Hashable, Sendable {
  let exitCode: Int
  let reason: String

  /// An ending that the exit code alone explains.
  init(exitCode: Int) {
    self.exitCode = exitCode
    reason = exitCode == 0 ? "Completed" : "Error"
  }

  private init(exitCode: Int, reason: String) {
    self.exitCode = exitCode
    self.reason = reason
  }

  /// The kernel ended it because it used more memory than its limit.
  static let outOfMemory = ContainerEnding(exitCode: 137, reason: "OOMKilled")
}

/// Something that will happen by itself.
enum Step: Sendable {
  case schedulePod(PodReference)
  case preparePod(PodReference)
  case mountVolumes(PodReference, attempt: Int)
  case syncPod(PodReference)
  case tryContainer(ContainerReference, attempt: Int)
  case startContainers(PodReference, [String])
  case failReadiness(ContainerReference)
  case passProbe(ContainerReference, ProbeKind)
  case failProbe(ContainerReference, ProbeKind, count: Int)
  case breakProbe(ProbeTarget)
  case mendProbe(ProbeTarget)
  case loseReadiness(ContainerReference)
  case endContainer(ContainerReference, ContainerEnding)
  case showBackOff(ContainerReference, seconds: Double)
  case backOff(ContainerReference)
  case stopPod(PodReference)
  case finishPod(PodReference)
  case showPullBackOff(ContainerReference)
  case changeImage(ContainerReference)
  case passDeadline(PodReference)
  case failPastDeadline(PodReference)
  case lookAtUnplaced(turn: Int)
  case loseNode(String, silentSince: Moment)
  case evictPod(PodReference)
  case renewLeases
  case look(ResourceKind, ObjectKey)
  case addressIngress(ObjectKey)
  case heartbeat
  case scaleByLoad
  case syncIngresses
  case churn
  case flood(Int)
  case obey(ScenarioCommand)
}

extension Step {
  /// The pod for which a kubelet takes the step; `nil` for the steps of all others.
  var podOfKubelet: PodReference? {
    switch self {
    case .preparePod(let pod), .mountVolumes(let pod, _), .syncPod(let pod), .startContainers(let pod, _),
      .stopPod(let pod), .finishPod(let pod), .passDeadline(let pod), .failPastDeadline(let pod):
      pod
    case .tryContainer(let container, _), .failReadiness(let container), .passProbe(let container, _),
      .failProbe(let container, _, _), .loseReadiness(let container), .endContainer(let container, _),
      .showBackOff(let container, _), .backOff(let container), .showPullBackOff(let container),
      .changeImage(let container):
      container.pod
    case .schedulePod, .breakProbe, .mendProbe, .lookAtUnplaced, .loseNode, .evictPod, .renewLeases, .look,
      .addressIngress,
      .heartbeat, .scaleByLoad, .syncIngresses, .churn, .flood, .obey:
      nil
    }
  }
}

/// Steps in the order of their moments; equal moments keep the order in which they were planned.
struct Agenda: Sendable {
  /// A step and its moment.
  struct Entry: Sendable {
    let at: Moment
    let order: Int
    let step: Step
  }

  private var heap: [Entry] = []
  private var order = 0

  /// The first step, without removing it.
  var next: Entry? { heap.first }

  /// Adds a step.
  mutating func add(_ step: Step, at moment: Moment) {
    order += 1
    heap.append(Entry(at: moment, order: order, step: step))
    var index = heap.count - 1
    while index > 0, isBefore(index, (index - 1) / 2) {
      heap.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  /// Removes the first step.
  mutating func removeFirst() {
    guard let last = heap.popLast(), !heap.isEmpty else { return }
    heap[0] = last
    var index = 0
    while true {
      let children = [2 * index + 1, 2 * index + 2].filter { $0 < heap.count }
      guard let least = children.min(by: { isBefore($0, $1) }), isBefore(least, index) else { return }
      heap.swapAt(least, index)
      index = least
    }
  }

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    (heap[left].at, heap[left].order) < (heap[right].at, heap[right].order)
  }
}
