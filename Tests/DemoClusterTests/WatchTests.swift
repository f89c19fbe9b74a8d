import Testing

@testable import DemoCluster

struct WatchTests {
  private var api = API(world: testWorld())
  private let path = "/api/v1/namespaces/todo/pods"

  private mutating func watch(_ query: [String: String]) throws -> WatchStream {
    let answer = api.answer(Request("GET", path, query: query.merging(["watch": "1"]) { $1 }))
    guard case .stream(let stream) = answer.content else { throw Refusal.badRequest("no stream") }
    return try #require(stream as? WatchStream)
  }

  @Test mutating func `a watch without a version begins with the present objects and a bookmark`() throws {
    let stream = try watch(["sendInitialEvents": "true", "allowWatchBookmarks": "true"])
    let events = try lines(of: stream, in: api.world)
    #expect(events.compactMap { $0["type"]?.string } == Array(repeating: "ADDED", count: 5) + ["BOOKMARK"])
    let metadata = events.last?["object"]?["metadata"]
    #expect(metadata?["annotations"]?["k8s.io/initial-events-end"] == "true")
    #expect(metadata?["resourceVersion"]?.string == String(api.world.store.resourceVersion))
    #expect(!stream.isReady(in: api.world))
  }

  @Test mutating func `a watch from a version tells every later change once, in the order of versions`() throws {
    let version = api.world.store.resourceVersion
    let stream = try watch(["resourceVersion": String(version)])
    #expect(try lines(of: stream, in: api.world).isEmpty)
    let victim = try #require(api.world.store.objects(.pods, in: "todo").first?.key)
    api.world.deletePod(victim)
    var events: [JSON] = []
    for step in 1...40 {
      api.world.advance(to: testStart + Double(step) / 2)
      events += try lines(of: stream, in: api.world)
    }
    let versions = events.compactMap { $0["object"]?["metadata", "resourceVersion"]?.string.flatMap { Int($0) } }
    #expect(versions == versions.sorted() && Set(versions).count == versions.count)
    #expect(versions.allSatisfy { $0 > version })
    #expect(events.last?["type"] == "MODIFIED")
    let late = try watch(["resourceVersion": String(version)])
    #expect(try lines(of: late, in: api.world) == events)
  }

  @Test mutating func `an object that leaves the selection is deleted for this watcher, one that enters is added`()
    throws
  {
    let key = try #require(api.world.store.objects(.pods, in: "todo").first?.key)
    let stream = try watch(["resourceVersion": String(api.world.store.resourceVersion), "labelSelector": "colour=red"])
    api.world.update(.pods, key) { $0["metadata", "labels"]?["colour"] = "red" }
    api.world.update(.pods, key) { $0["metadata", "labels"]?["tone"] = "dark" }
    api.world.update(.pods, key) { $0["metadata", "labels"]?["colour"] = "blue" }
    let types = try lines(of: stream, in: api.world).compactMap { $0["type"]?.string }
    #expect(types == ["ADDED", "MODIFIED", "DELETED"])
  }

  @Test mutating func `a version that is no longer kept is an error line, in the server's words`() throws {
    api.world.store.compact()
    let stream = try watch(["resourceVersion": "1"])
    let events = try lines(of: stream, in: api.world)
    let recorded = try recording("error-gone-watch.json")
    #expect(events.count == 1)
    #expect(events[0].shape() == recorded.shape())
    let oldest = api.world.store.table(.pods).oldestWatchableVersion
    #expect(events[0]["object"]?["message"] == .string("too old resource version: 1 (\(oldest))"))
    #expect(recorded["object"]?["message"] == "too old resource version: 1 (7058)")
    var buffer = [UInt8](repeating: 0, count: 10)
    #expect(buffer.withUnsafeMutableBytes { stream.read(into: $0, from: api.world) } == .end)
  }

  @Test mutating func `a version of the future is refused in the server's words`() throws {
    let answer = api.answer(Request("GET", path, query: ["resourceVersion": "999999999"]))
    #expect(answer.status == 504)
    let status = try JSON(parsing: answer.bytes)
    let recorded = try recording("error-future.json")
    #expect(status["details"] == recorded["details"])
    #expect(status.shape() == recorded.shape())
    #expect(api.status(of: "GET", path, ["watch": "1", "resourceVersion": "999999999"]) == 504)
  }

  @Test mutating func `bookmarks come once a minute to those who want them`() throws {
    let version = String(api.world.store.resourceVersion)
    let wanting = try watch(["resourceVersion": version, "allowWatchBookmarks": "true"])
    let other = try watch(["resourceVersion": version])
    api.world.advance(to: testStart + 185)
    for step in 1...3 {
      api.world.advance(to: testStart + 185 + Double(step) * 61)
      #expect(try lines(of: wanting, in: api.world).count { $0["type"] == "BOOKMARK" } == 1)
    }
    #expect(try lines(of: other, in: api.world).isEmpty)
  }

  @Test mutating func `a watch ends by itself when its time is over`() throws {
    let stream = try watch(["resourceVersion": String(api.world.store.resourceVersion), "timeoutSeconds": "5"])
    api.world.advance(to: testStart + 4)
    #expect(!stream.isReady(in: api.world))
    api.world.advance(to: testStart + 5)
    #expect(stream.isReady(in: api.world))
    var buffer = [UInt8](repeating: 0, count: 10)
    #expect(buffer.withUnsafeMutableBytes { stream.read(into: $0, from: api.world) } == .end)
  }

  @Test mutating func `a watcher further behind than the history is cut off`() throws {
    let stream = try watch(["resourceVersion": String(api.world.store.resourceVersion)])
    let key = try #require(api.world.store.objects(.pods, in: "todo").first?.key)
    for number in 0...ObjectTable.historyLimit {
      #expect(!stream.isOverrun(in: api.world))
      api.world.store.put(
        .pods, ["metadata": ["name": .string(key.name), "namespace": "todo", "number": .integer(number)]])
    }
    #expect(stream.isOverrun(in: api.world))
    var buffer = [UInt8](repeating: 0, count: 10)
    #expect(buffer.withUnsafeMutableBytes { stream.read(into: $0, from: api.world) } == .overrun)
  }

  @Test mutating func `a watch of tables sends the columns once`() throws {
    var request = Request("GET", path, query: ["watch": "true"])
    request.accept = "application/json;as=Table;v=v1;g=meta.k8s.io"
    let events = try lines(of: api.answer(request), in: api.world)
    let columns = events.compactMap { $0["object"]?["columnDefinitions"]?.elements.count }
    #expect(columns == [9, 0, 0, 0, 0])
  }
}
