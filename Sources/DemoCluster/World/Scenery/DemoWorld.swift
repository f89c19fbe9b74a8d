extension World {
  /// The most pods a demo has, and the most changes a second.
  static let podLimit = 20_000
  static let churnLimit = 10_000.0

  /// A demo cluster as it is at `start`.
  ///
  /// The past is not made up: the manifests are applied some time before, and the rules run until now, so every
  /// age, event and restart count follows from them.
  ///
  /// - Parameters:
  ///   - seed: Where chance begins; `nil` for the scenario's own.
  ///   - totalPods: Pods in all; the scenario's own count too, and 0 means only those.
  ///   - churnPerSecond: Changes of pods a second, in the load if there is any, else in the application; 0 for the
  ///     scenario's own.
  static func demo(
    seed: UInt64? = nil, start: Moment, scenario: DemoScenario = .healthy, totalPods: Int = 0,
    churnPerSecond: Double = 0
  ) -> World {
    let seed = seed ?? scenario.seed
    var world = World(seed: seed, now: start + -scenario.age, images: scenario.images)
    world.enforcesNetworkPolicies = scenario.enforcesNetworkPolicies
    world.createNodes(scenario.nodes)
    world.beginBackground()
    for step in scenario.timeline { world.plan(after: step.after, .obey(step.command)) }
    world.advance(to: start)
    let load = world.addLoad(totalPods: min(totalPods > 0 ? totalPods : scenario.totalPods, podLimit))
    world.renewLeases()
    world.store.compact()
    let changing = load.isEmpty ? world.store.objects(.pods, in: "todo").map(\.key) : load
    let churn = churnPerSecond > 0 ? churnPerSecond : scenario.churnPerSecond
    world.beginChurn(perSecond: churn, of: changing, seed: seed)
    world.beginFloods(scenario.floods, seed: seed)
    return world
  }
}
