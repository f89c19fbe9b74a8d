import Testing

@testable import DemoCluster

/// What must hold at every moment of every history of commands.
struct InvariantTests {
  static let histories = 1000
  static let commands = 7
  /// The histories are shared out so that all processors have some.
  static let shares = 8
  /// One history in so many is run twice.
  static let historiesPerRepetition: UInt64 = 20

  @Test(arguments: 0..<shares)
  func `no history of commands breaks the rules of rollouts, endpoints and versions`(share: Int) throws {
    var looks = 0
    let start = try Self.start()
    for seed in stride(from: UInt64(share), to: UInt64(Self.histories), by: Self.shares) {
      var history = History(seed: seed, start: start)
      history.run(commands: Self.commands)
      #expect(history.violations.isEmpty, "seed \(seed): \(history.violations.prefix(3)) after \(history.told)")
      looks += history.looks
      guard seed / UInt64(Self.shares) % Self.historiesPerRepetition == 0 else { continue }
      var again = History(seed: seed, start: start)
      again.run(commands: Self.commands)
      #expect(history.texts == again.texts, "seed \(seed) gave two worlds")
    }
    #expect(looks > 50 * Self.histories / Self.shares)
  }

  /// The world in which every history begins; only chance differs.
  private static func start() throws -> SmallWorld { try SmallWorld(replicas: 3) }
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
  /// What a client had listed at some moments, from which it could have watched on.
  private var lists: [List] = []

  /// A list of everything at one version.
  private struct List {
    let version: Int
    let objects: [ResourceKind: [ObjectKey: Int]]
  }

  /// The kinds that the world has or makes.
  private static let kinds: [ResourceKind] = [
    .pods, .replicaSets, .deployments, .services, .endpointSlices, .events, .nodes, .podDisruptionBudgets,
    .namespaces, .serviceAccounts, .configMaps,
  ]

  init(seed: UInt64, start: SmallWorld) {
    random = RandomSource(seed: seed ^ 0xFEED)
    small = start
    small.world.random = RandomSource(seed: seed)
  }

  /// Everything there is, as text.
  var texts: [[UInt8]] { ResourceKind.all.flatMap { small.world.store.objects($0).map(\.tail) } }

  mutating func run(commands: Int) {
    let start = small.world.store.resourceVersion
    for _ in 0..<commands {
      remember()
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
    checkVersions(since: start)
    for list in lists { checkWatch(from: list) }
  }

  private mutating func remember() {
    let store = small.world.store
    lists.append(List(version: store.resourceVersion, objects: Self.objects(in: store)))
  }

  private static func objects(in store: ObjectStore) -> [ResourceKind: [ObjectKey: Int]] {
    Dictionary(
      uniqueKeysWithValues: kinds.map { kind in
        (kind, Dictionary(uniqueKeysWithValues: store.objects(kind).map { ($0.key, $0.resourceVersion) }))
      })
  }

  private mutating func command() {
    let choice = random.next() % 10
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
    case 8:
      let target = ProbeTarget(namespace: "shop", container: "web", kind: .readiness)
      if small.world.failingProbes.isEmpty { small.world.breakProbe(target) } else { small.world.mendProbe(target) }
    default:
      let node = World.nodeName(0)
      if small.world.silentNodes.isEmpty { small.world.failNode(node) } else { small.world.returnNode(node) }
      isAboveLeast = false
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
    let pods = small.pods
    let live = pods.filter { !$0.isTerminating }
    isBelowMost = check(
      live.count <= replicas + gate.surge, held: isBelowMost, "\(live.count) pods of \(replicas) + \(gate.surge)")
    // While a scenario makes pods or their node fail, any number may be unavailable; Recreate takes all down.
    if !small.world.failingProbes.isEmpty || !small.world.silentNodes.isEmpty
      || deployment.value(at: "spec.strategy.type") == "Recreate"
    {
      isAboveLeast = false
    } else {
      let available = live.count { isAvailable($0) }
      isAboveLeast = check(
        available >= replicas - gate.unavailable, held: isAboveLeast,
        "\(available) available of \(replicas) - \(gate.unavailable)")
    }
    checkEndpoints(pods)
  }

  /// A bound that holds once must hold on.
  private mutating func check(_ holds: Bool, held: Bool, _ words: @autoclosure () -> String) -> Bool {
    if held, !holds { violations.append(words()) }
    return holds
  }

  /// Whether a pod has been ready as long as its ReplicaSet asks; that of an old one may differ from the Deployment's.
  private func isAvailable(_ pod: StoredObject) -> Bool {
    let owner = ObjectKey(namespace: "shop", name: pod.controller?.name ?? "")
    let replicaSet = small.world.store.object(.replicaSets, owner)?.object
    let minimum = Double(replicaSet?["spec", "minReadySeconds"]?.integer ?? 0)
    guard pod.isReady, minimum > 0 else { return pod.isReady }
    let condition = pod.object["status", "conditions"]?.elements.first { $0["type"]?.string == "Ready" }
    guard let since = condition?["lastTransitionTime"]?.string.flatMap({ Moment($0) }) else { return false }
    return small.world.now.seconds(since: since) >= minimum
  }

  private mutating func checkEndpoints(_ pods: [StoredObject]) {
    let slices = small.world.store.objects(.endpointSlices, in: "shop").flatMap {
      $0.object["endpoints"]?.elements ?? []
    }
    let ready = Set(
      slices.filter { $0["conditions", "ready"] == true }.compactMap { $0["targetRef", "name"]?.string })
    let wanted = Set(pods.filter { $0.isReady && !$0.isTerminating }.map(\.key.name))
    if ready != wanted { violations.append("endpoints \(ready) but ready pods \(wanted)") }
  }

  /// Versions rise within each kind, and no two changes share one.
  private mutating func checkVersions(since start: Int) {
    var all: [Int] = []
    for kind in ResourceKind.all {
      let table = small.world.store.table(kind)
      let versions = (table.firstChange(after: start)..<table.endOfHistory).map {
        table.change($0).object.resourceVersion
      }
      if zip(versions, versions.dropFirst()).contains(where: { $0 >= $1 }) {
        violations.append("\(kind.plural) went back")
      }
      all += versions
    }
    if Set(all).count != all.count { violations.append("two changes with one version") }
  }

  /// A list with all changes after it is the list of now.
  private mutating func checkWatch(from list: List) {
    let now = Self.objects(in: small.world.store)
    for kind in Self.kinds {
      let table = small.world.store.table(kind)
      var objects = list.objects[kind] ?? [:]
      for number in table.firstChange(after: list.version)..<table.endOfHistory {
        let change = table.change(number)
        let isNew = objects[change.object.key] == nil
        if isNew != (change.type == .added) {
          violations.append("\(kind.plural): \(change.type) of \(change.object.key)")
        }
        objects[change.object.key] = change.type == .deleted ? nil : change.object.resourceVersion
      }
      if objects != now[kind] { violations.append("\(kind.plural): list and watch from \(list.version) differ") }
    }
  }
}
