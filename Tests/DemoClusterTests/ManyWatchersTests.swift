import Testing

@testable import DemoCluster

/// Many clients that watch while much happens: each is told everything, once and in order.
struct ManyWatchersTests {
  static let clients = 5
  /// What each client watches, as a path below the root of the API.
  static let paths = [
    "/api/v1/pods", "/api/v1/namespaces/todo/pods", "/api/v1/namespaces/todo/configmaps", "/api/v1/configmaps",
    "/apis/apps/v1/deployments", "/apis/apps/v1/namespaces/todo/replicasets", "/api/v1/namespaces/todo/events",
    "/apis/discovery.k8s.io/v1/endpointslices", "/api/v1/namespaces/todo/pods?labelSelector=app%3Dtodo-backend",
    "/api/v1/secrets",
  ]

  private final class Watcher {
    let path: String
    let client: HTTPRig.Client
    var objects: [String: JSON] = [:]
    var listVersion = 0

    init(_ path: String, _ rig: HTTPRig) throws {
      self.path = path
      let list = try Self.list(path, rig)
      listVersion = Int(list["metadata", "resourceVersion"]?.string ?? "") ?? 0
      for item in list["items"]?.elements ?? [] { objects[Self.identity(item)] = Self.content(item) }
      client = try rig.client()
      let sign = path.contains("?") ? "&" : "?"
      client.send(
        "GET \(path)\(sign)watch=1&resourceVersion=\(listVersion) HTTP/1.1\r\nHost: localhost\r\n\r\n")
    }

    static func list(_ path: String, _ rig: HTTPRig) throws -> JSON {
      let answer = try rig.answer(HTTPRig.request("GET", path))
      return try JSON(parsing: String(answer.split(separator: "\r\n\r\n", maxSplits: 1).last ?? ""))
    }

    static func identity(_ object: JSON) -> String {
      "\(object["metadata", "namespace"]?.string ?? "")/\(object["metadata", "name"]?.string ?? "")"
    }

    /// Items of lists do not name their kind, objects of events do.
    static func content(_ object: JSON) -> JSON {
      .object(object.members.filter { !["kind", "apiVersion"].contains($0.name) })
    }

    /// Applies what came, and expects every event to fit to the objects before.
    func apply() throws -> Int {
      var last = listVersion
      let lines = client.chunkedBody.split(separator: 0x0A)
      for line in lines {
        let event = try JSON(parsing: Array(line))
        let object = event["object"] ?? .null
        let version = try #require(Int(object["metadata", "resourceVersion"]?.string ?? ""))
        #expect(version > last, "\(path)")
        last = version
        let identity = Self.identity(object)
        switch event["type"]?.string {
        case "ADDED":
          #expect(objects[identity] == nil, "\(path) \(identity)")
          objects[identity] = Self.content(object)
        case "MODIFIED":
          #expect(objects[identity] != nil, "\(path) \(identity)")
          objects[identity] = Self.content(object)
        case "DELETED":
          #expect(objects[identity] != nil, "\(path) \(identity)")
          objects[identity] = nil
        default: Issue.record("\(path): an event that is none")
        }
      }
      return lines.count
    }
  }

  @Test func `5 clients with 10 watches each are told every event, once and in order`() throws {
    let rig = try HTTPRig(testWorld(pods: 60))
    let watchers = try (0..<Self.clients).flatMap { _ in try Self.paths.map { try Watcher($0, rig) } }
    var random = RandomSource(seed: 20)
    for step in 0..<150 {
      try change(rig, &random, step)
      rig.advance(random.fraction())
      // Some read late.
      for (index, watcher) in watchers.enumerated() where (step + index) % 7 == 0 { watcher.client.drain() }
    }
    settle(rig, watchers)
    var counts: [String: Set<Int>] = [:]
    for watcher in watchers { counts[watcher.path, default: []].insert(try watcher.apply()) }
    for path in Self.paths {
      // All who watch the same are told the same.
      #expect(counts[path]?.count == 1, "\(path)")
      let items = try Watcher.list(path, rig)["items"]?.elements ?? []
      let now = Dictionary(uniqueKeysWithValues: items.map { (Watcher.identity($0), Watcher.content($0)) })
      for watcher in watchers where watcher.path == path { #expect(watcher.objects == now, "\(path)") }
    }
    #expect(counts["/api/v1/pods"]?.first ?? 0 > 200)
  }

  /// Lets everybody read until nothing more comes.
  private func settle(_ rig: HTTPRig, _ watchers: [Watcher]) {
    var silent = 0
    while silent < 5 {
      rig.pump()
      // Each is drained, so no short cut.
      silent = watchers.map { $0.client.drain() }.contains(true) ? 0 : silent + 1
    }
  }

  /// One change over HTTP or in the world.
  private func change(_ rig: HTTPRig, _ random: inout RandomSource, _ step: Int) throws {
    let pods = rig.server.api.world.store.objects(.pods)
    let maps = "/api/v1/namespaces/todo/configmaps"
    switch random.next() % 6 {
    case 0:
      _ = try rig.answer(HTTPRig.request("POST", maps, body: #"{"metadata":{"name":"map-\#(step)"},"data":{"a":"b"}}"#))
    case 1:
      let names = rig.server.api.world.store.objects(.configMaps, in: "todo").map(\.key.name)
      let name = names[Int(random.next() % UInt64(names.count))]
      _ = try rig.answer(
        HTTPRig.request(
          "PATCH", "\(maps)/\(name)", body: #"{"data":{"step":"\#(step)"}}"#, type: "application/merge-patch+json"))
    case 2:
      let names = rig.server.api.world.store.objects(.configMaps, in: "todo").map(\.key.name)
      guard let name = names.first(where: { $0.hasPrefix("map-") }) else { return }
      _ = try rig.answer(HTTPRig.request("DELETE", "\(maps)/\(name)"))
    case 3:
      let count = random.next() % 5
      _ = try rig.answer(
        HTTPRig.request(
          "PATCH", "/apis/apps/v1/namespaces/todo/deployments/todo-backend/scale",
          body: #"{"spec":{"replicas":\#(count)}}"#, type: "application/merge-patch+json"))
    default:
      guard !pods.isEmpty else { return }
      let key = pods[pods.startIndex + Int(random.next() % UInt64(pods.count))].key
      if random.next().isMultiple(of: 3) {
        rig.server.api.world.deletePod(key, graceSeconds: Int(random.next() % 4))
      } else {
        rig.server.api.world.update(.pods, key) { $0["metadata", "labels"]?["step"] = .string(String(step)) }
      }
    }
  }
}
