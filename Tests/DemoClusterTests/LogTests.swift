import Testing

@testable import DemoCluster

struct LogTests {
  private var api = API(world: testWorld(.incident))

  private func pod(_ prefix: String) throws -> String {
    try #require(api.world.store.objects(.pods, in: "todo").first { $0.key.name.hasPrefix(prefix) }).key.name
  }

  private mutating func log(_ pod: String, _ query: [String: String] = [:]) -> Answer {
    api.answer(Request("GET", "/api/v1/namespaces/todo/pods/\(pod)/log", query: query))
  }

  @Test mutating func `a tail is the end of the whole log, and timestamps are in order`() throws {
    let frontend = try pod("todo-frontend")
    let whole = String(decoding: log(frontend).bytes, as: UTF8.self).split(separator: "\n")
    let tail = String(decoding: log(frontend, ["tailLines": "5"]).bytes, as: UTF8.self).split(separator: "\n")
    #expect(whole.count > 500)
    #expect(tail == whole.suffix(5))
    let stamped = String(decoding: log(frontend, ["timestamps": "true"]).bytes, as: UTF8.self).split(separator: "\n")
    let times = stamped.compactMap { $0.split(separator: " ").first }
    #expect(times == times.sorted() && times.count == whole.count)
  }

  @Test mutating func `a log since some seconds has only what came since`() throws {
    let frontend = try pod("todo-frontend")
    let lines = String(decoding: log(frontend, ["sinceSeconds": "60"]).bytes, as: UTF8.self).split(separator: "\n")
    #expect((30...60).contains(lines.count))
  }

  @Test mutating func `a followed log goes on line by line without a gap`() throws {
    let frontend = try pod("todo-frontend")
    guard case .stream(let stream) = log(frontend, ["follow": "true", "tailLines": "2"]).content else {
      Issue.record("a followed log is a stream")
      return
    }
    var followed = text(of: stream, in: api.world)
    for step in 1...100 {
      api.world.advance(to: testStart + Double(step) * 0.3)
      followed += text(of: stream, in: api.world)
    }
    let whole = String(decoding: log(frontend).bytes, as: UTF8.self)
    #expect(followed.split(separator: "\n").count > 15)
    #expect(whole.hasSuffix(followed))
  }

  @Test func `a reader who is slow misses no line of twenty thousand a second`() throws {
    var api = API(world: testWorld())
    let path = "/apis/apps/v1/namespaces/todo/deployments/todo-backend"
    let patch: JSON = [
      "spec": ["template": ["spec": ["containers": [["name": "backend", "image": "todo-backend:flood"]]]]]
    ]
    #expect(api.send("PATCH", path, patch, contentType: "application/strategic-merge-patch+json").status == 200)
    let begin = testStart + 60
    api.world.advance(to: begin)
    let flood = try #require(
      api.world.store.objects(.pods, in: "todo").first { pod in
        !pod.running.isEmpty
          && pod.object["spec", "containers"]?.elements.first?["image"]?.string == "todo-backend:flood"
      })
    let follow = Request(
      "GET", "/api/v1/namespaces/todo/pods/\(flood.key.name)/log", query: ["follow": "true", "tailLines": "1"])
    guard case .stream(let stream) = api.answer(follow).content else {
      Issue.record("a followed log is a stream")
      return
    }
    var followed = text(of: stream, in: api.world)
    // Steps of an odd length, and one that is longer than what a log keeps.
    for step in [0.203, 0.419, 0.777, 4.2, 4.41, 4.611] {
      api.world.advance(to: begin + step)
      while stream.isReady(in: api.world) { followed += text(of: stream, in: api.world) }
    }
    let numbers = followed.split(separator: "\n").compactMap {
      $0.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    }
    #expect(numbers.count > 90_000)
    #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 + 1 == $1 })
  }

  @Test mutating func `a followed log ends with its container`() throws {
    let frontend = try pod("todo-frontend")
    guard case .stream(let stream) = log(frontend, ["follow": "1", "tailLines": "0"]).content else { return }
    api.world.deletePod(ObjectKey(namespace: "todo", name: frontend), graceSeconds: 0)
    api.world.advance(to: testStart + 5)
    _ = text(of: stream, in: api.world)
    var buffer = [UInt8](repeating: 0, count: 100)
    #expect(buffer.withUnsafeMutableBytes { stream.read(into: $0, from: api.world) } == .end)
  }

  @Test mutating func `a crashed container left a stack trace`() throws {
    let crashed = try #require(
      api.world.store.objects(.pods, in: "todo").first {
        $0.object["status", "containerStatuses"]?.elements.first?["lastState"]?["terminated"] != nil
      }
    ).key.name
    for query in [[:], ["previous": "true"]] {
      let text = String(decoding: log(crashed, query).bytes, as: UTF8.self)
      #expect(text.contains("Traceback"))
      #expect(text.hasSuffix("Application startup failed. Exiting.\n"))
    }
  }

  @Test mutating func `a container that has not started is refused in the kubelet's words`() throws {
    let waiting = try pod("todo-reminder")
    let answer = log(waiting)
    #expect(answer.status == 400)
    #expect(
      try JSON(parsing: answer.bytes)["message"]?.string
        == "container \"reminder\" in pod \"\(waiting)\" is waiting to start: trying and failing to pull image")
    let frontend = try pod("todo-frontend")
    #expect(
      try JSON(parsing: log(frontend, ["previous": "true"]).bytes)["message"]?.string
        == "previous terminated container \"frontend\" in pod \"\(frontend)\" not found")
    #expect(log(try pod("todo-report")).bytes.isEmpty)
  }

  @Test mutating func `lines of a JSON log are JSON`() throws {
    let controller = try #require(api.world.store.objects(.pods, in: "ingress-nginx").first).key.name
    let path = "/api/v1/namespaces/ingress-nginx/pods/\(controller)/log"
    let text = String(decoding: api.answer(Request("GET", path, query: ["tailLines": "50"])).bytes, as: UTF8.self)
    #expect(text.split(separator: "\n").count == 50)
    for line in text.split(separator: "\n") { #expect((try? JSON(parsing: String(line)))?["status"] != nil) }
  }
}
