import Testing

@testable import DemoCluster

/// What must hold at every moment of every history of commands.
struct InvariantTests {
  static let histories = 200
  static let commands = 10

  @Test func `no history of commands breaks the rules of rollouts, endpoints and versions`() throws {
    var looks = 0
    for seed in 0..<UInt64(Self.histories) {
      var history = try History(seed: seed)
      history.run(commands: Self.commands)
      #expect(history.violations.isEmpty, "seed \(seed): \(history.violations.prefix(3)) after \(history.told)")
      looks += history.looks
    }
    #expect(looks > 100 * Self.histories)
  }

  @Test func `two runs with one seed are equal`() throws {
    for seed in 0..<UInt64(10) {
      let texts = try (0..<2).map { _ in
        var history = try History(seed: seed)
        history.run(commands: Self.commands)
        return ResourceKind.all.flatMap { history.small.world.store.objects($0).map(\.tail) }
      }
      #expect(texts[0] == texts[1])
    }
  }
}

/// One random history of a small world, and what was wrong in it.
private struct History {
  var small: SmallWorld
  var violations: [String] = []
  var told: [String] = []
  var looks = 0
  private var random: RandomSource
  /// Whether the counts have been within their bounds since replicas and strategy last changed.
  private var isBelowMost = false
  private var isAboveLeast = false
  private let before: [ResourceKind: [ObjectKey: Int]]

  init(seed: UInt64) throws {
    random = RandomSource(seed: seed ^ 0xFEED)
    small = try SmallWorld(seed: seed, replicas: 3)
    let world = small.world
    before = Dictionary(uniqueKeysWithValues: ResourceKind.all.map { ($0, Self.versions(world, $0)) })
  }

  private static func versions(_ world: World, _ kind: ResourceKind) -> [ObjectKey: Int] {
    Dictionary(uniqueKeysWithValues: world.store.objects(kind).map { ($0.key, $0.resourceVersion) })
  }

  mutating func run(commands: Int) {
    let starts = Dictionary(
      uniqueKeysWithValues: ResourceKind.all.map { ($0, small.world.store.table($0).endOfHistory) })
    for _ in 0..<commands {
      command()
      let end = small.world.now + random.between(0.5, 25)
      small.world.advance(to: small.world.now)
      look()
      while let next = small.world.nextMoment, next <= end {
        small.world.advance(to: next)
        look()
      }
      small.world.advance(to: end)
    }
    checkVersions(since: starts)
  }

  private mutating func command() {
    let choice = random.next() % 9
    switch choice {
    case 0:
      let replicas = Int(random.next() % 6)
      small.change { $0["spec", "replicas"] = .integer(replicas) }
      forget()
    case 1, 2:
      let images = [SmallWorld.good, SmallWorld.better, "web:missing", "todo-backend:v1.1.0-rc1"]
      small.world.setImage(of: SmallWorld.key, to: images[Int(random.next() % 4)])
    case 3:
      let mark = JSON.string(random.suffix(4))
      small.change { $0["spec"]?["template"]?["metadata", "annotations"] = ["restartedAt": mark] }
    case 4: deletePod()
    case 5: small.change { $0["spec", "paused"] = $0["spec", "paused"] == nil ? true : nil }
    case 6:
      let strategies: [JSON] = [
        ["type": "Recreate"], rolling(1, 0), rolling(0, 1), rolling("50%", "50%"), rolling("25%", "25%"),
      ]
      let strategy = strategies[Int(random.next() % 5)]
      small.change { $0["spec", "strategy"] = strategy }
      forget()
    case 7:
      let seconds = Int(random.next() % 2) * 5
      small.change { $0["spec", "minReadySeconds"] = .integer(seconds) }
      isAboveLeast = false
    default:
      let target = ProbeTarget(namespace: "shop", container: "web", kind: .readiness)
      if small.world.failingProbes.isEmpty { small.world.breakProbe(target) } else { small.world.mendProbe(target) }
    }
    told.append(String(choice))
  }

  private func rolling(_ surge: JSON, _ unavailable: JSON) -> JSON {
    ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": surge, "maxUnavailable": unavailable]]
  }

  private mutating func deletePod() {
    let pods = small.pods
    guard !pods.isEmpty else { return }
    let graces: [Int?] = [nil, 0, 3]
    small.world.deletePod(
      pods[Int(random.next() % UInt64(pods.count))].key, graceSeconds: graces[Int(random.next() % 3)])
    isAboveLeast = false
  }

  private mutating func forget() {
    isBelowMost = false
    isAboveLeast = false
  }

  private mutating func look() {
    looks += 1
    let deployment = small.deployment
    let replicas = deployment["spec", "replicas"]?.integer ?? 0
    let gate = RolloutGate(deployment: deployment, replicas: replicas)
    let live = small.pods.filter { !$0.isTerminating }
    isBelowMost = check(
      live.count <= replicas + gate.surge, held: isBelowMost, "\(live.count) pods of \(replicas) + \(gate.surge)")
    // While a scenario makes pods fail, any number may be unavailable; Recreate takes all down.
    if !small.world.failingProbes.isEmpty || deployment.value(at: "spec.strategy.type") == "Recreate" {
      isAboveLeast = false
    } else {
      let minimum = Double(deployment["spec", "minReadySeconds"]?.integer ?? 0)
      let available = live.count { isAvailable($0, minimum) }
      isAboveLeast = check(
        available >= replicas - gate.unavailable, held: isAboveLeast,
        "\(available) available of \(replicas) - \(gate.unavailable)")
    }
    checkEndpoints()
  }

  /// A bound that holds once must hold on.
  private mutating func check(_ holds: Bool, held: Bool, _ words: String) -> Bool {
    if held, !holds { violations.append(words) }
    return holds
  }

  private func isAvailable(_ pod: StoredObject, _ minimum: Double) -> Bool {
    guard pod.isReady, minimum > 0 else { return pod.isReady }
    let condition = pod.object["status", "conditions"]?.elements.first { $0["type"]?.string == "Ready" }
    guard let since = condition?["lastTransitionTime"]?.string.flatMap({ Moment($0) }) else { return false }
    return small.world.now.seconds(since: since) >= minimum
  }

  private mutating func checkEndpoints() {
    let slices = small.world.store.objects(.endpointSlices, in: "shop").flatMap {
      $0.object["endpoints"]?.elements ?? []
    }
    let ready = Set(
      slices.filter { $0["conditions", "ready"] == true }.compactMap { $0["targetRef", "name"]?.string })
    let wanted = Set(small.pods.filter { $0.isReady && !$0.isTerminating }.map(\.key.name))
    if ready != wanted { violations.append("endpoints \(ready) but ready pods \(wanted)") }
  }

  /// Versions rise, no two changes share one, and the first list with all changes is the last list.
  private mutating func checkVersions(since starts: [ResourceKind: Int]) {
    var all: [Int] = []
    for kind in ResourceKind.all {
      let table = small.world.store.table(kind)
      var replayed = before[kind] ?? [:]
      var last = 0
      for number in max(table.firstChange, starts[kind] ?? 0)..<table.endOfHistory {
        let change = table.change(number)
        if change.object.resourceVersion <= last { violations.append("\(kind.plural) went back") }
        last = change.object.resourceVersion
        all.append(last)
        replayed[change.object.key] = change.type == .deleted ? nil : last
      }
      if replayed != Self.versions(small.world, kind) { violations.append("\(kind.plural): list and watch differ") }
    }
    if Set(all).count != all.count { violations.append("two changes with one version") }
  }
}
