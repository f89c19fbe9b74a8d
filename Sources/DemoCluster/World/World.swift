/// The demo cluster without its network: objects, and the rules by which they change as time passes.
///
/// Nothing here reads a clock: time arrives through ``advance(to:)``, chance through the seed, so two worlds
/// that are told the same things are the same.
struct World: Sendable {
  /// What exists, and what changed.
  var store = ObjectStore()
  /// The moment up to which the world has happened.
  private(set) var now: Moment
  /// Chance, from the seed.
  var random: RandomSource
  /// What will happen.
  var agenda = Agenda()
  /// What containers of each image do.
  let images: ImageCatalog
  /// What pods take of each node.
  var requested: [String: NodeShare] = [:]
  /// What each pod takes of its node, by the pod's uid.
  var placed: [String: Placement] = [:]
  /// Pods that fit on no node.
  var unplaced: Set<PodReference> = []
  /// The number of the look at those pods that is planned, and whether it comes soon.
  var schedulingTurn = 0
  var looksSoon = false
  /// Nodes that are not heard of.
  var silentNodes: [String: SilentNode] = [:]
  /// Whether the network of the cluster obeys NetworkPolicies; many do not.
  var enforcesNetworkPolicies = false {
    didSet { for policy in store.objects(.networkPolicies) { reconcile(.networkPolicies, policy.key) } }
  }
  /// Connections that NetworkPolicies cut off, by the uid of the pod that wants them.
  var silences: [String: [Silence]] = [:]
  /// Pods of each controller, by its uid.
  var podsOfController: [String: Set<ObjectKey>] = [:]
  /// Controllers to run again before time passes.
  private var toReconcile: [Reconciliation] = []
  private var isWaiting: Set<Reconciliation> = []
  /// Images that are present, as `node image`.
  var pulledImages: Set<String> = []
  /// How often the containers of a pod were restarted without a long run between, by the pod's uid.
  var restartLevels: [String: [String: Int]] = [:]
  /// ReplicaSets whose pods are refused.
  var createFailures: [ObjectKey: CreateFailure] = [:]
  /// Probes that a scenario makes fail.
  var failingProbes: Set<ProbeTarget> = []
  /// The next address of a pod.
  var nextAddress = 2
  /// Events that keep coming, and the chance that only they use.
  var floods: [EventFlood] = []
  var floodChance = RandomSource(seed: 0)
  /// Events that are kept, by what they say of which object.
  var eventKeys: [UInt64: ObjectKey] = [:]
  /// The number that keeps `churn` apart from all other chance.
  var churn: Churn?

  /// One controller's look at one object.
  struct Reconciliation: Hashable, Sendable {
    let kind: ResourceKind
    let key: ObjectKey
  }

  /// An empty world at a moment.
  init(seed: UInt64, now: Moment, images: ImageCatalog) {
    self.now = now
    self.images = images
    random = RandomSource(seed: seed)
  }

  /// Lets everything happen that is due up to a moment, in order; earlier moments change nothing.
  mutating func advance(to moment: Moment) { _ = advance(to: moment, steps: .max) }

  /// Lets at most so many steps happen of those that are due up to a moment.
  ///
  /// - Returns: Whether the world has come to the moment.
  mutating func advance(to moment: Moment, steps: Int) -> Bool {
    runControllers()
    for _ in 0..<steps {
      guard let next = agenda.next, next.at <= moment else {
        now = max(now, moment)
        return true
      }
      agenda.removeFirst()
      now = max(now, next.at)
      perform(next.step)
      runControllers()
    }
    return false
  }

  /// The next moment at which something happens by itself.
  var nextMoment: Moment? { agenda.next?.at }

  /// Plans a step so many seconds from now.
  mutating func plan(after seconds: Double, _ step: Step) {
    agenda.add(step, at: now + max(0, seconds))
  }

  /// Asks the controller of an object's kind to look at it.
  mutating func reconcile(_ kind: ResourceKind, _ key: ObjectKey) {
    let reconciliation = Reconciliation(kind: kind, key: key)
    if isWaiting.insert(reconciliation).inserted { toReconcile.append(reconciliation) }
  }

  /// Runs the controllers until none has anything left to do.
  private mutating func runControllers() {
    var rounds = 0
    while !toReconcile.isEmpty {
      let batch = toReconcile
      toReconcile = []
      isWaiting = []
      // A Deployment sees each step of its ReplicaSets before the next one, as it was recorded.
      for item in batch where item.kind == .deployments { reconcileDeployment(item.key) }
      for item in batch where item.kind != .deployments { Self.controllers[item.kind]?(&self, item.key) }
      rounds += 1
      precondition(rounds < 1000, "controllers answer each other without end")
    }
  }

  /// The rule that runs for objects of each kind: one file each.
  private static let controllers: [ResourceKind: @Sendable (inout World, ObjectKey) -> Void] = [
    .replicaSets: { $0.reconcileReplicaSet($1) },
    .daemonSets: { $0.reconcileDaemonSet($1) },
    .services: { $0.reconcileService($1) },
    .resourceQuotas: { $0.reconcileQuota($1) },
    .podDisruptionBudgets: { $0.reconcileDisruptionBudget($1) },
    .nodes: { $0.reconcileNode($1) },
    .ingresses: { $0.reconcileIngress($1) },
    .networkPolicies: { world, key in world.reconcileNetworkPolicies(in: key.namespace) },
  ]
}
