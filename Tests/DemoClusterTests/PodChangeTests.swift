import Testing

@testable import DemoCluster

/// What becomes of a pod that a client changes: its image, its labels, its deadline; and of one with a wrong database.
struct PodChangeTests {
  private var api = API(world: testWorld())

  /// Where a database is named in a template, what it is, and whether it can be there.
  private static let databases: [(path: String, value: JSON, isReady: Bool)] = [
    (
      "/spec/template/spec/containers/0/env/0",
      ["name": "DATABASE_URL", "value": "postgresql://todotop@192.0.2.1:5432/none?connect_timeout=3"], false
    ),
    ("/spec/template/spec/hostAliases", [["ip": "192.0.2.1", "hostnames": ["db.example.invalid"]]], false),
    ("/spec/template/spec/hostAliases", [["ip": "192.0.2.1", "hostnames": ["api.openai.com"]]], true),
    ("/spec/template/spec/hostAliases", [["ip": "10.0.0.7", "hostnames": ["db.example.invalid"]]], true),
  ]

  private var world: World { api.world }

  private mutating func advance(_ seconds: Double) { api.world.advance(to: api.world.now + seconds) }

  private func backends() -> [StoredObject] {
    world.store.objects(.pods, in: "todo").filter { $0.labels["app"] == "todo-backend" && !$0.isTerminating }
  }

  private func pod(_ name: String) throws -> JSON {
    try #require(world.store.object(.pods, ObjectKey(namespace: "todo", name: name))).object
  }

  private func reason(_ pod: JSON) -> String? {
    pod.containerStatus("backend")?.value(at: "state.waiting.reason")?.string
  }

  private func messages(_ reason: String, of name: String) -> [String] {
    world.store.objects(.events, in: "todo")
      .filter { $0.field("reason") == reason && $0.field("involvedObject.name") == name }
      .compactMap { $0.object["message"]?.string }
  }

  /// Sends a JSON patch and gives the status code.
  @discardableResult
  private mutating func patch(_ path: String, _ operations: JSON, query: [String: String] = [:]) -> Int {
    var request = Request("PATCH", path, query: query)
    request.contentType = "application/json-patch+json"
    request.body = operations.encoded
    return api.answer(request).status
  }

  private mutating func patchPod(_ name: String, _ path: String, _ value: JSON) -> Int {
    patch(
      "/api/v1/namespaces/todo/pods/\(name)", [["op": "add", "path": .string(path), "value": value]])
  }

  @Test mutating func `a container begins again with an image that does not work, and again with the old one`() throws {
    let name = try #require(backends().first).key.name
    #expect(patchPod(name, "/spec/containers/0/image", "registry.k8s.io/pause:3.9") == 200)
    #expect(messages("Killing", of: name) == ["Container backend definition changed, will be restarted"])
    advance(8)
    var changed = try pod(name)
    #expect(changed.containerStatus("backend")?["image"] == "registry.k8s.io/pause:3.9")
    #expect(changed.containerStatus("backend")?["restartCount"] == 1)
    #expect(!changed.hasCondition("Ready") && changed["status", "phase"] == "Running")
    #expect(changed.containerStatus("backend")?.value(at: "lastState.terminated.reason") == "Completed")
    advance(150)
    changed = try pod(name)
    #expect(try #require(changed.containerStatus("backend")?["restartCount"]?.integer) > 2)
    #expect(messages("Unhealthy", of: name).contains { $0.hasSuffix("connect: connection refused") })
    #expect(patchPod(name, "/spec/containers/0/image", "todo-backend:v1.0.0") == 200)
    advance(400)
    #expect(try pod(name).hasCondition("Ready"))
  }

  @Test mutating func `an image that cannot be pulled keeps the container waiting until it is put back`() throws {
    let name = try #require(backends().first).key.name
    #expect(patchPod(name, "/spec/containers/0/image", "todotop.invalid/none:0") == 200)
    advance(6)
    #expect(try reason(pod(name)) == "ErrImagePull")
    #expect(try pod(name)["status", "phase"] == "Running" && !pod(name).hasCondition("Ready"))
    advance(15)
    #expect(try reason(pod(name)) == "ImagePullBackOff")
    #expect(patchPod(name, "/spec/containers/0/image", "todo-backend:v1.0.0") == 200)
    advance(20)
    let healed = try pod(name)
    #expect(healed.hasCondition("Ready") && healed.containerStatus("backend")?["restartCount"] == 1)
  }

  @Test mutating func `a pod that its selectors no longer know runs on, and another is made`() throws {
    let name = try #require(backends().first).key.name
    let addresses = { (world: World) in
      world.store.objects(.endpointSlices, in: "todo")
        .filter { $0.labels["kubernetes.io/service-name"] == "todo-backend" }
        .flatMap { $0.object["endpoints"]?.elements ?? [] }.compactMap { $0.value(at: "targetRef.name")?.string }
    }
    #expect(patchPod(name, "/metadata/labels/app", "quarantine") == 200)
    advance(20)
    #expect(try pod(name)["metadata", "ownerReferences"] == nil && pod(name).hasCondition("Ready"))
    #expect(backends().count == 2 && backends().allSatisfy(\.isReady))
    #expect(addresses(world).count == 2 && !addresses(world).contains(name))
    // Put back, it is one too many.
    #expect(patchPod(name, "/metadata/labels/app", "todo-backend") == 200)
    advance(0.1)
    #expect(backends().count == 2)
  }

  @Test mutating func `a pod past its deadline fails, and another is made`() throws {
    let name = try #require(backends().first).key.name
    #expect(patchPod(name, "/spec/activeDeadlineSeconds", 1) == 200)
    advance(30)
    let failed = try pod(name)
    #expect(failed["status", "phase"] == "Failed" && failed["status", "reason"] == "DeadlineExceeded")
    #expect(failed.containerStatus("backend")?["state"]?["terminated"] != nil)
    #expect(messages("DeadlineExceeded", of: name) == ["Pod was active on the node longer than the specified deadline"])
    #expect(backends().filter(\.isReady).count == 2)
    advance(700)
    #expect(try pod(name)["status", "phase"] == "Failed")
  }

  @Test mutating func `a trial changes nothing`() throws {
    let pod = try #require(backends().first)
    let answer = patch(
      "/api/v1/namespaces/todo/pods/\(pod.key.name)",
      [["op": "add", "path": "/spec/containers/0/image", "value": "registry.k8s.io/pause:3.9"]],
      query: ["dryRun": "All"])
    #expect(answer == 200)
    advance(30)
    #expect(world.store.object(.pods, pod.key)?.resourceVersion == pod.resourceVersion)
  }

  @Test(arguments: databases)
  mutating func `new pods with a database that is not there never get ready`(
    path: String, value: JSON, isReady: Bool
  ) throws {
    let old = Set(backends().map(\.uid))
    let status = patch(
      "/apis/apps/v1/namespaces/todo/deployments/todo-backend",
      [["op": path.hasSuffix("0") ? "replace" : "add", "path": .string(path), "value": value]])
    #expect(status == 200)
    advance(60)
    let new = backends().filter { !old.contains($0.uid) }
    #expect(!new.isEmpty && new.allSatisfy { $0.isReady == isReady })
    #expect(backends().filter(\.isReady).count >= 2)
    guard !isReady else { return }
    #expect(
      messages("Unhealthy", of: new[0].key.name) == ["Readiness probe failed: HTTP probe failed with statuscode: 503"])
    let log = api.answer(
      Request("GET", "/api/v1/namespaces/todo/pods/\(new[0].key.name)/log", query: ["sinceSeconds": "30"]))
    #expect(String(decoding: log.bytes, as: UTF8.self).contains("db.example.invalid:5432 failed: timeout expired"))
  }
}
