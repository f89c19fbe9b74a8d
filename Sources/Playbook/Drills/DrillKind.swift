import ClusterModel

/// A kind of drill: how something is broken, how that is put back, and what should come of it.
package struct DrillKind: Hashable, Sendable, Identifiable {
  /// How far a drill can reach.
  package enum Level: Int, Hashable, Sendable, Comparable {
    /// Kubernetes heals it by itself.
    case healsItself = 1
    /// The rollout gate holds it back from users, or other pods serve on.
    case heldByGate = 2
    /// Users, shared objects or nodes are reached.
    case reachesUsers = 3

    /// For people: `L2, held by the rollout gate`.
    package var words: String {
      switch self {
      case .healsItself: "L1, heals itself"
      case .heldByGate: "L2, held back from users"
      case .reachesUsers: "L3, reaches users"
      }
    }

    /// Orders by reach.
    package static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
  }

  /// What is special about a kind when it is decided whether it may be done.
  package enum Trait: Hashable, Sendable {
    /// It changes a template, so Git or a release may put it back, and a rollout begins.
    case changesTemplate
    case changesReplicas
    /// A disruption budget says nothing to it; it says so.
    case ignoresBudget
    /// It takes pods away.
    case removesPods
    /// It goes beyond the namespace.
    case changesNode
  }

  /// `D14`.
  package let id: String
  /// As it is typed: `bad-image`.
  package let name: String
  package let title: String
  package let level: Level
  package let aim: DrillAim
  /// What is expected to be seen.
  package let symptom: DrillSymptom
  package var traits: Set<Trait> = []
  /// What is not as before in the end, beside what is true of every drill.
  package var notRestored: [String] = []
  /// What the place of a target means where a person may name another; empty where none counts.
  package var placeWords = ""
  /// All that its change can be.
  let footprint: DrillFootprint
  /// The change for a target as it is now.
  package let change: @Sendable (DrillMaterial) throws(DrillObstacle) -> DrillChange

  /// All kinds, in the order of the catalogue.
  package static let all: [DrillKind] = [
    .restart, .killPod, .killPodByForce, .evictPod, .killAllPods, .killProcess, .wrongPodImage, .missingPodImage,
    .quarantine, .pastDeadline, .badImage, .crashLoop, .outOfMemory, .readinessFails, .livenessFails, .missingSecret,
    .hostUnreachable, .badConfiguration, .slowRollout, .pausedRollout, .scaleToZero, .brokenSelector, .wrongBackend,
    .wrongPort, .partition, .noRoom,
  ]

  /// There is one kind of each id.
  package static func == (left: DrillKind, right: DrillKind) -> Bool { left.id == right.id }

  /// Feeds the id.
  package func hash(into hasher: inout Hasher) { hasher.combine(id) }

  /// The kind of an id or a name.
  package static func named(_ text: String) -> DrillKind? {
    all.first { $0.id.lowercased() == text.lowercased() || $0.name == text }
  }

  /// The targets there are now.
  package func targets(in snapshot: Snapshot, _ scope: ApplicationScope) -> [DrillTarget] {
    aim.targets(in: snapshot, scope).map { target in
      guard !placeWords.isEmpty, target.place.isEmpty else { return target }
      var target = target
      target.place = Self.exampleHost
      return target
    }
  }

  /// A host that is made unreachable where no other is named: the first that an AI chatbot depends on.
  static let exampleHost = "api.openai.com"
}

/// What a change is made of: the target and its object as it was just read.
package struct DrillMaterial: Sendable {
  package let target: DrillTarget
  /// The object with all its fields and who manages them.
  package let document: DocumentValue
  /// A few letters and digits that mark what this drill makes.
  package let token: String
  package let snapshot: Snapshot
  package let now: Timestamp

  /// What a change is made of.
  package init(
    _ target: DrillTarget, _ document: DocumentValue, token: String, in snapshot: Snapshot, at now: Timestamp
  ) {
    self.target = target
    self.document = document
    self.token = token
    self.snapshot = snapshot
    self.now = now
  }
}

/// Why a drill cannot be made of a target, in a sentence.
package struct DrillObstacle: Error, Hashable, Sendable {
  package let sentence: String

  init(_ sentence: String) { self.sentence = sentence }
}

extension DrillMaterial {
  /// The object that is written to, as it was seen.
  var object: DrillObject {
    get throws(DrillObstacle) {
      guard let object = target.drillObject else { throw DrillObstacle("\(target.object.typedName) is not written to") }
      guard document[pointer: "/metadata/uid"]?.asText == target.uid.value else {
        throw DrillObstacle("\(target.object.typedName) is another object of the same name now")
      }
      return object
    }
  }

  /// The place of the target's container: of a pod's own list, or of a template's.
  func container(below root: String) throws(DrillObstacle) -> String {
    let list = document[pointer: "\(root)/containers"]?.elements ?? []
    guard let index = list.firstIndex(where: { $0["name"]?.asText == target.container }) else {
      throw DrillObstacle("\(target.object.typedName) has no container \(target.container)")
    }
    return "\(root)/containers/\(index)"
  }

  /// A patch of the target's object.
  func patch(anchors: [String] = [], _ edits: [FieldEdit], isKept: Bool = false) throws(DrillObstacle) -> DrillPatch {
    DrillPatch(try object, document, anchors: anchors, edits: edits, isKept: isKept)
  }

  /// A change of the container of a Deployment's template.
  func templateChange(
    _ edits: (_ container: String) throws(DrillObstacle) -> [FieldEdit]
  ) throws(DrillObstacle) -> DrillChange {
    let container = try container(below: "/spec/template/spec")
    return DrillChange(patch: try patch(anchors: ["\(container)/name"], try edits(container)))
  }

  func edit(_ path: String, to value: DocumentValue) -> FieldEdit { FieldEdit(path, of: document, to: value) }
}
