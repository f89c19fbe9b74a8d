import ClusterModel

/// A container that died, with its last words.
package struct CrashCard: Hashable, Sendable {
  /// How many lines are asked for.
  package static let linesMax = 20
  /// How many cards are kept; the oldest goes.
  package static let cardsMax = 32
  /// How long a container that runs again is still told of.
  package static let lasts = Duration.seconds(900)

  /// The container, and which run of it died.
  package var target: LogTarget
  package var termination: Termination
  /// What it wrote last; `nil` while it is asked for.
  package var lines: [LogLine]?
  /// Why there are no lines, in a sentence.
  package var problem = ""
}

/// The crashes that were looked at.
package struct CrashCards: Hashable, Sendable {
  private var cards: [LogTarget: CrashCard] = [:]
  private var order: [LogTarget] = []
  private var dismissed: Set<LogTarget> = []

  /// The card of a crash, as far as it is there.
  package subscript(target: LogTarget) -> CrashCard? { cards[target] }

  /// Whether a person put it aside.
  func isDismissed(_ target: LogTarget) -> Bool { dismissed.contains(target) }

  /// Begins a card; whether its lines have to be asked for.
  mutating func begin(_ target: LogTarget, _ termination: Termination) -> Bool {
    if let card = cards[target], card.termination.finishedAt == termination.finishedAt { return false }
    if cards[target] == nil { order.append(target) }
    dismissed.remove(target)
    cards[target] = CrashCard(target: target, termination: termination)
    if order.count > CrashCard.cardsMax {
      let oldest = order.removeFirst()
      cards[oldest] = nil
      dismissed.remove(oldest)
    }
    return true
  }

  mutating func fill(_ tail: LogTail) {
    cards[tail.target]?.lines = tail.lines
    cards[tail.target]?.problem = tail.problem
  }

  mutating func dismiss(_ target: LogTarget) { dismissed.insert(target) }
}

extension DashboardState {
  /// The crashes of a pod, the newest first: containers that are dead, or died a short while ago.
  package func crashes(ofPod key: ObjectKey) -> [(target: LogTarget, end: Termination)] {
    guard let pod = snapshot.pods[key] else { return [] }
    let found = (pod.initContainerStatuses + pod.containerStatuses).compactMap { status in
      crash(of: status).map { end, isPrevious in
        (
          target: LogTarget(
            namespace: key.namespace, pod: key.name, container: status.name, isPrevious: isPrevious,
            restart: status.restartCount), end: end
        )
      }
    }
    return found.sorted { ($0.end.finishedAt ?? .distantPast) > ($1.end.finishedAt ?? .distantPast) }
  }

  /// How a container died, and whether another run began since; `nil` where there is nothing to tell.
  private func crash(of status: ContainerStatus) -> (Termination, isPrevious: Bool)? {
    if case .terminated(let end) = status.state { return end.isCrash ? (end, false) : nil }
    guard case .terminated(let end) = status.lastState, end.isCrash else { return nil }
    if case .running = status.state, let finished = end.finishedAt, now.since(finished) > CrashCard.lasts { return nil }
    return (end, true)
  }

  /// The pods that the view on top is about.
  private var shownPods: [ObjectKey] {
    if views.last == .rollouts {
      return acting.rollouts.filter { $0.endedAt == nil }.flatMap {
        snapshot.rolloutView(of: $0.object, at: now)?.newPart?.pods ?? []
      }
    }
    let subject: ObjectKey? =
      switch views.last {
      case .details: details
      case .logs: logs?.subject
      default: nil
      }
    guard let subject else { return [] }
    return subject.kind == .pods ? [subject] : views.last == .logs ? snapshot.pods(of: subject) : []
  }

  /// Asks for the last words of the containers that died in the pods that are shown.
  mutating func askForCrashes() -> [Effect] {
    var effects: [Effect] = []
    for pod in shownPods {
      for crash in crashes(ofPod: pod).prefix(2) where crashCards.begin(crash.target, crash.end) {
        effects.append(.readLogTail(crash.target, lines: CrashCard.linesMax))
      }
    }
    return effects
  }

  /// The crash that the logs show on top: the newest that nobody put aside.
  var shownCrash: LogTarget? {
    guard views.last == .logs, logs?.isPrevious == false else { return nil }
    return shownPods.flatMap { crashes(ofPod: $0) }
      .filter { !crashCards.isDismissed($0.target) && crashCards[$0.target] != nil }
      .max { ($0.end.finishedAt ?? .distantPast) < ($1.end.finishedAt ?? .distantPast) }?.target
  }
}

extension Termination {
  /// Whether the container did not end as it should, and not because its node did.
  var isCrash: Bool {
    if exitCode == 255, reason == "Unknown" { return false }
    return exitCode != 0 || signal != 0 || reason == "OOMKilled"
  }
}
