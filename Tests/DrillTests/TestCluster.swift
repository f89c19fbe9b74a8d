import ClusterModel
import Testing

@testable import DemoCluster
@testable import Playbook

/// A moment at which test clusters start: 2026-11-21T04:00:00Z.
private let start = Moment(milliseconds: 1_795_233_600_000)

/// A world is a value, so it is made once for all tests.
private let healthy = World.demo(seed: 7, start: start, scenario: .healthy)

/// A cluster that answers the commands of drills as a real one does; time passes only when a test says so.
final class TestCluster {
  private var api = API(world: healthy)
  var isReachable = true
  /// Verbs and resources that are forbidden: `create leases.coordination.k8s.io`.
  var forbidden: Set<String> = []
  /// What was carried out.
  private(set) var accepted: [DrillCommand] = []

  init() {}

  init(copying other: TestCluster) { (api, accepted) = (other.api, other.accepted) }

  var now: Timestamp {
    Timestamp(seconds: 0).advanced(by: .milliseconds(api.world.now.milliseconds))
  }

  func advance(_ seconds: Double) { api.world.advance(to: api.world.now + seconds) }

  /// Carries out a command as the real server would, with the words of the real kubectl where it fails.
  func answer(_ command: DrillCommand) -> DrillAnswer {
    guard isReachable else { return .unreachable("the server was refused") }
    guard let object = command.object else { return .done(nil) }
    if let right = command.right, forbidden.contains("\(right.verb) \(right.resource)") {
      return .forbidden("\(right.resource) is forbidden")
    }
    var request: Request
    switch command {
    case .read: request = Request("GET", object.path)
    case .patch(_, let operations), .tryPatch(_, let operations):
      request = Request("PATCH", object.path, query: query(command))
      request.body = Array(jsonText(operations).utf8)
      request.contentType = "application/json-patch+json"
    case .create, .tryCreate:
      request = Request("POST", object.resource.path(namespace: object.namespace), query: query(command))
      request.body = Array(command.input.utf8)
    case .delete: request = Request("DELETE", object.path)
    case .evict: request = Request("POST", object.path + "/eviction")
    case .clusterUID, .optIn, .announce, .endProcess: return .done(nil)
    }
    if request.body.isEmpty { request.body = Array(command.input.utf8) }
    if request.contentType.isEmpty { request.contentType = "application/json" }
    let answer = api.answer(request)
    let document = try? DocumentValue.read(answer.bytes)
    if (200..<300).contains(answer.status) {
      if !command.isRead { accepted.append(command) }
      return .done(document)
    }
    return DrillAnswer(failure: words(answer.status, document, object), of: command)
  }

  private func query(_ command: DrillCommand) -> [String: String] {
    var query = ["fieldManager": "todotop"]
    switch command {
    case .tryPatch, .tryCreate: query["dryRun"] = "All"
    default: break
    }
    return query
  }

  private func words(_ status: Int, _ answer: DocumentValue?, _ object: DrillObject) -> String {
    let message = answer?["message"]?.asText ?? ""
    let reason = answer?["reason"]?.asText ?? ""
    return status == 422 && reason != "Invalid"
      ? "The request is invalid: \(message)" : "Error from server (\(reason)): \(message)"
  }

  func read(_ object: DrillObject) -> DocumentValue? {
    if case .done(let document) = answer(.read(object)) { document } else { nil }
  }

  func read(_ key: ClusterModel.ObjectKey) -> DocumentValue? {
    DrillObject(key, uid: UID("")).flatMap { read($0) }
  }

  /// What somebody else does, with the name of another manager.
  func colleague(_ object: DrillObject, _ operations: [PatchOperation]) throws {
    var request = Request("PATCH", object.path, query: ["fieldManager": "kubectl-edit"])
    request.body = Array(jsonText(operations).utf8)
    request.contentType = "application/json-patch+json"
    let answer = api.answer(request)
    try #require(answer.status == 200, "\(String(decoding: answer.bytes, as: UTF8.self))")
  }

  /// All that a feed would have told by now.
  ///
  /// - Parameter wall: When it came, by the clock of this machine; that of the cluster without it.
  func snapshot(stampedAt wall: Timestamp? = nil) throws -> Snapshot {
    let now = wall ?? now
    var snapshot = Snapshot()
    var connection = Connection(feed: .watch)
    connection.namespace = "todo"
    connection.isReachable = true
    _ = snapshot.apply(.connectionChanged(connection), at: now)
    var decoder = ClusterDecoder()
    for kind in ClusterModel.ResourceKind.allCases where kind.isWatched && !kind.isMetadataOnly {
      let answer = api.answer(Request("GET", kind.path(namespace: "todo")))
      let page = try answer.bytes.withUnsafeBytes { try decoder.page(kind, $0) }
      _ = snapshot.apply(.streamChanged(kind, .live), at: now)
      _ = snapshot.apply(.listed(kind, page.objects), at: now)
    }
    return snapshot
  }
}
