import ClusterModel
import Playbook

/// A rollout that was begun here, from the command to its end.
package struct RolloutWatch: Hashable, Sendable {
  package let change: ClusterChange
  package let startedAt: Timestamp
  /// The generation of the specification before it.
  let generationBefore: Int
  /// How long the last rollout of the workload took, where one was seen.
  package let lastDuration: Duration?
  /// When it was complete; `nil` while it is under way.
  package var endedAt: Timestamp?

  package var object: ObjectKey { change.object }

  /// How many rollouts are kept.
  package static let limit = 20
  /// How long one that is complete is still shown.
  package static let lasts = Duration.seconds(600)
}

extension DashboardState {
  /// Begins to see a rollout through; a newer one of the same workload takes its place.
  mutating func watchRollout(of change: ClusterChange, _ request: ChangeRequest) {
    guard let generation = request.generations[change.object] else { return }
    let last = acting.rollouts.first { $0.object == change.object && $0.endedAt != nil }
    let watch = RolloutWatch(
      change: change, startedAt: request.startedAt, generationBefore: generation,
      lastDuration: last.flatMap { watch in watch.endedAt.map { $0.since(watch.startedAt) } } ?? last?.lastDuration)
    acting.rollouts.removeAll { $0.object == change.object }
    acting.rollouts = [watch] + acting.rollouts.prefix(RolloutWatch.limit - 1)
  }

  /// Notes which rollouts are complete, and forgets those that were long ago.
  mutating func followRollouts() {
    acting.rollouts.removeAll { watch in watch.endedAt.map { now.since($0) > RolloutWatch.lasts } ?? false }
    for index in acting.rollouts.indices where acting.rollouts[index].endedAt == nil {
      let watch = acting.rollouts[index]
      guard let summary = snapshot.workload(watch.object, at: now) else { continue }
      // Before the server has taken the change in, the workload is as done as it was.
      if summary.generation > watch.generationBefore, summary.rollout.isDone { acting.rollouts[index].endedAt = now }
    }
  }

  /// Opens the rollouts, where nothing else is looked at.
  mutating func showRollouts(of outcomes: [ChangeOutcome]) {
    let objects = outcomes.map(\.change.object)
    guard acting.rollouts.contains(where: { objects.contains($0.object) }), !isPresenting else { return }
    if views.isEmpty || views.last == .details {
      openRollouts()
    } else if !views.contains(.rollouts) {
      notice += " · o shows how it goes"
    }
  }

  /// Shows the rollouts.
  mutating func openRollouts() {
    if views.last != .rollouts { open(Page(.rollouts)) }
  }
}
