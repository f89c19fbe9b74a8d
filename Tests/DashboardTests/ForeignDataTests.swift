import CellScreen
import ClusterModel
import Testing

@testable import Dashboard

@Suite struct ForeignDataTests {
  @Test(arguments: [
    ("postgres://u:hunter2@h/db", "hunter2"), ("DB_PASSWORD=topsecret", "topsecret"),
    ("Db_Password: topsecret", "topsecret"),
    ("OPENAI_API_KEY=sk-123", "sk-123"), ("token eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.abc", "eyJhbGci"),
    (String(repeating: "x ", count: 4_000) + "AUTH_TOKEN=late", "late"),
  ])
  func `what looks like a secret is masked`(text: String, secret: String) {
    #expect(!redacted(text).contains(secret))
    #expect(redacted(text).contains("•••"))
  }

  @Test func `text without secrets stays as it is`() {
    for text in ["GET /api/tasks 200", "key", "monkey business", "Pulled image \"todo:v1\""] {
      #expect(redacted(text) == text)
    }
  }

  @Test func `a secret in a pod's message reaches no part of the screen`() throws {
    var pod = Scene.runningPod(1, isReady: false)
    var status = ContainerStatus()
    status.name = "main"
    status.state = .waiting(
      reason: "CreateContainerError", message: "failed: DATABASE_URL=postgres://u:hunter2@h/db DB_PASSWORD=topsecret")
    pod.containerStatuses = [status]
    for size in [Size(columns: 80, rows: 24), Size(columns: 200, rows: 60)] {
      var state = Scene.state(size, namespace: "load", events: [.listed(.pods, [.pod(pod)])])
      for script in ["", "<enter>"] {
        state = try press(script, in: state).state
        let text = draw(state).text()
        #expect(!text.contains("hunter2") && !text.contains("topsecret"))
      }
    }
  }

  @Test func `absurd quantities are shown, not trapped on`() {
    let absurd = 1 << 60
    let nodes = (0..<20).map { index in
      var node = Node()
      node.metadata.name = "node-\(index)"
      node.metadata.uid = UID("node-\(index)")
      node.allocatable = ResourceAmounts(cpuMillicores: index == 0 ? 1 : absurd, memoryBytes: index == 0 ? 1 : absurd)
      return ClusterObject.node(node)
    }
    let pods = (0..<20).map { index in
      var pod = Scene.runningPod(index)
      pod.containers[0].requests = ResourceAmounts(cpuMillicores: absurd, memoryBytes: absurd)
      pod.containers[0].limits = pod.containers[0].requests
      return ClusterObject.pod(pod)
    }
    for count in [1, 20] {
      let state = Scene.state(
        Size(columns: 200, rows: 60), namespace: "load",
        events: [.listed(.pods, pods), .listed(.nodes, Array(nodes.prefix(count)))])
      #expect(draw(state).text().contains("5 Pods"))
    }
  }

  @Test func `a pod whose patience ends moves to the top by time alone`() throws {
    var state = Scene.many(20, Size(columns: 120, rows: 40))
    var starting = Scene.runningPod(15, version: 2, isReady: false)
    starting.conditions[0].lastTransitionTime = Scene.moment
    starting.containerStatuses[0].state = .running(startedAt: Scene.moment)
    _ = reduce(&state, .arrived([.applied(.pod(starting))]), at: Scene.moment)
    let key = ObjectKey(.pods, namespace: "load", name: "pod-00015")
    let health = try #require(state.snapshot.podSummary(key)?.health(at: Scene.moment))
    #expect(health == .progressing)
    _ = reduce(&state, .ticked, at: Scene.moment.advanced(by: .seconds(600)))
    #expect(state.snapshot.podSummary(key)?.health(at: state.now) == .bad)
    #expect(state.pods.index(of: .object(key, UID("uid-15"))) == 0)
    var other = Scene.runningPod(3, version: 2)
    other.metadata.labels = ["a": "b"]
    _ = reduce(&state, .arrived([.applied(.pod(other))]), at: state.now)
    #expect(state.pods.keys.count == 20)
  }

  @Test func `log lines that answer a request before are dropped`() throws {
    var state = try press("/backend-7bbd475df6-kmwpq<enter>l", in: Scene.todo.make(Size(columns: 120, rows: 40))).state
    let source = try #require(state.logs?.sources.first)
    let own = source.line("own", request: state.logs?.request.number ?? 0)
    var foreign = own
    foreign.request -= 1
    foreign.text = "foreign"
    _ = reduce(&state, .arrived([.logged([own, foreign])]), at: Scene.moment)
    #expect(state.logs?.texts == ["own"])
  }

  @Test func `the oldest line stands at the top when scrolled all the way up`() throws {
    var state = try press("/backend-7bbd475df6-kmwpq<enter>l", in: Scene.todo.make(Size(columns: 120, rows: 40))).state
    let source = try #require(state.logs?.sources.first)
    let number = state.logs?.request.number ?? 0
    let lines = (0..<100).map { source.line("line \($0).", request: number) }
    _ = reduce(&state, .arrived([.logged(lines)]), at: Scene.moment)
    let text = try draw(press("g", in: state).state).text()
    #expect(text.contains("line 0.") && text.contains("line 20."))
    #expect(try draw(press("gG", in: state).state).text().contains("line 99."))
  }
}
