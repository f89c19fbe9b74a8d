/// What the demo shows.
package enum DemoScenario: String, Sendable, CaseIterable {
  /// The application runs well.
  case healthy
  /// A rollout that crashes, an image that cannot be pulled and a pod that fits nowhere.
  case incident
}

extension World {
  /// How long before the start the cluster, the application and its trouble began, in seconds.
  static let clusterAge = 3 * 3600.0
  static let applicationAge = 26 * 60.0
  static let incidentAge = 7 * 60.0

  /// The most pods a demo has.
  static let podLimit = 20_000

  /// A demo cluster as it is at `start`.
  ///
  /// The past is not made up: the manifests are applied some time before, and the rules run until now, so every
  /// age, event and restart count follows from them.
  ///
  /// - Parameters:
  ///   - totalPods: Pods in all; the application's own count too, and 0 means only those.
  ///   - churnPerSecond: Changes of pods a second, in the load if there is any, else in the application.
  static func demo(
    seed: UInt64, start: Moment, scenario: DemoScenario = .healthy, totalPods: Int = 0, churnPerSecond: Double = 0
  ) -> World {
    guard let images = try? ImageCatalog(parsing: demoResource("images.json")) else {
      preconditionFailure("images.json is not JSON")
    }
    var world = World(seed: seed, now: start + -clusterAge, images: images)
    let wanted = min(totalPods, podLimit)
    world.createNodes(0..<1)
    world.beginBackground()
    world.plan(after: 20, .apply(manifests: "cluster.json"))
    world.plan(after: clusterAge - applicationAge, .apply(manifests: "todo.json"))
    if scenario == .incident {
      world.plan(after: clusterAge - incidentAge, .apply(manifests: "incident.json"))
      let backend = ObjectKey(namespace: "todo", name: "todo-backend")
      world.plan(after: clusterAge - incidentAge + 20, .setImage(backend, "todo-backend:v1.1.0-rc1"))
    }
    world.advance(to: start)
    let load = world.addLoad(totalPods: wanted)
    world.renewLeases()
    world.store.compact()
    let changing = load.isEmpty ? world.store.objects(.pods, in: "todo").map(\.key) : load
    world.beginChurn(perSecond: churnPerSecond, of: changing, seed: seed)
    return world
  }
}
