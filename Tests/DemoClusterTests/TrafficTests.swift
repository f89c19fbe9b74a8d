import Testing

@testable import DemoCluster

struct TrafficTests {
  private var api = API(world: testWorld())

  private mutating func visit(_ path: String, host: String = "todo.local") -> Answer {
    var request = Request("GET", path)
    request.host = host
    return api.answer(request)
  }

  @Test mutating func `the ingress leads each path to its Service`() throws {
    #expect(visit("/").status == 200)
    #expect(visit("/", host: "todo.local:8080").contentType.hasPrefix("text/html"))
    #expect(try JSON(parsing: visit("/api/health").bytes)["service"] == "todo-backend")
    #expect(visit("/apix").contentType.hasPrefix("text/html"))
    #expect(visit("/version", host: "127.0.0.1:1").contentType == "application/json")
  }

  @Test mutating func `without ready endpoints the ingress answers 503, and again 200 when they are back`() {
    let key = ObjectKey(namespace: "todo", name: "todo-backend")
    api.world.update(.deployments, key) { $0["spec", "replicas"] = 0 }
    api.world.advance(to: testStart + 0.1)
    #expect(visit("/api/tasks").status == 503)
    #expect(visit("/").status == 200)
    api.world.update(.deployments, key) { $0["spec", "replicas"] = 1 }
    api.world.advance(to: testStart + 30)
    #expect(visit("/api/tasks").status == 200)
  }

  @Test mutating func `a path without a rule is 404`() {
    api.world.update(.ingresses, ObjectKey(namespace: "todo", name: "todo")) { ingress in
      ingress["spec", "rules"] = [["host": "todo.local", "http": ["paths": []]]]
    }
    #expect(visit("/").status == 404)
  }

  @Test mutating func `usage stays within what the image does, and two requests in one sample agree`() throws {
    let path = "/apis/metrics.k8s.io/v1beta1/pods"
    let first = try api.get(path)
    var values: Set<String> = []
    for step in 1...40 {
      api.world.advance(to: testStart + Double(step) * 15)
      let items = try api.get(path)["items"]?.elements ?? []
      let backend = try #require(items.first { $0["metadata", "name"]?.string?.hasPrefix("todo-backend") == true })
      let usage = try #require(backend["containers"]?.elements.first?["usage"])
      let nanocores = try #require(Int(usage["cpu"]?.string?.dropLast() ?? ""))
      let kibibytes = try #require(Int(usage["memory"]?.string?.dropLast(2) ?? ""))
      #expect((40_000_000...190_000_000).contains(nanocores))
      #expect((90 * 1024...330 * 1024).contains(kibibytes))
      values.insert(String(nanocores))
    }
    #expect(values.count > 20)
    var again = API(world: testWorld())
    again.world.advance(to: testStart + 5)
    let later = try again.get(path)["items"]?.elements.map { $0["containers"] }
    #expect(later == first["items"]?.elements.map { $0["containers"] })
  }
}
