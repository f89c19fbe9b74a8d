import Testing

@testable import DemoCluster

/// Objects of the demo have the fields that a real cluster's have.
struct ShapeTests {
  /// Fields that the recorded objects have because of how they were made, not because of Kubernetes.
  private static let ofTheRecording = [
    "metadata.annotations", "spec.containers", "spec.securityContext", "spec.template", "spec.strategy",
    "metadata.labels", "spec.selector",
    "status.containerStatuses.lastState.terminated", "spec.minAvailable", "endpoints.zone",
  ]

  private func expectSameShape(_ object: JSON, _ recorded: JSON, but exceptions: [String] = []) {
    func relevant(_ shape: Set<String>) -> Set<String> {
      shape.filter { path in
        !(Self.ofTheRecording + exceptions).contains { path == $0 || path.hasPrefix($0 + ".") }
          && !["kind", "apiVersion"].contains(path)
      }
    }
    let (ours, theirs) = (relevant(object.shape()), relevant(recorded.shape()))
    #expect(ours.subtracting(theirs).sorted() == [], "fields a real object does not have")
    #expect(theirs.subtracting(ours).sorted() == [], "fields a real object has")
  }

  @Test func `a running pod`() throws {
    let pod = try #require(testWorld().store.objects(.pods, in: "todo").last).object
    let recorded = try recording("pod-running.json")
    expectSameShape(pod, recorded)
    let probe = "spec.containers.readinessProbe."
    #expect(pod.shape().filter { $0.hasPrefix(probe) } == recorded.shape().filter { $0.hasPrefix(probe) })
  }

  @Test(arguments: [("CrashLoopBackOff", "pod-crashloop.json"), ("ImagePullBackOff", "pod-imagepull.json")])
  func `a pod that waits`(reason: String, file: String) throws {
    let pods = testWorld(.incident).store.objects(.pods, in: "todo").map(\.object)
    let pod = try #require(
      pods.first {
        $0["status", "containerStatuses"]?.elements.first?["state"]?["waiting"]?["reason"]?.string == reason
      })
    expectSameShape(
      pod, try recording(file), but: reason == "ImagePullBackOff" ? ["status.podIP", "status.podIPs"] : [])
  }

  @Test func `a pod that fits nowhere, with the scheduler's sentence`() throws {
    let pod = try #require(
      testWorld(.incident).store.objects(.pods, in: "todo").first { $0.field("spec.nodeName") == "" }
    ).object
    let recorded = try recording("pod-unschedulable.json")
    #expect(pod["status"]?.shape() == recorded["status"]?.shape())
    let message = recorded["status", "conditions"]?.elements.first?["message"]
    #expect(pod["status", "conditions"]?.elements.first?["message"] == message)
  }

  @Test func `workloads, budgets and endpoints`() throws {
    let store = testWorld().store
    func object(_ kind: ResourceKind) throws -> JSON { try #require(store.objects(kind, in: "todo").last).object }
    expectSameShape(try object(.deployments), try recording("deployment.json"))
    expectSameShape(try object(.replicaSets), try recording("replicaset.json"))
    expectSameShape(try object(.podDisruptionBudgets), try recording("poddisruptionbudget.json"))
    expectSameShape(try object(.endpointSlices), try recording("endpointslice.json"))
  }

  @Test func `metrics of a pod`() throws {
    var api = API(world: testWorld())
    let list = try api.get("/apis/metrics.k8s.io/v1beta1/namespaces/todo/pods")
    #expect(list["items"]?.elements.count == 5)
    expectSameShape(list, try recording("metrics-pods.json"), but: ["items.metadata.labels"])
  }

  @Test(arguments: [
    ("/api/v1", "discovery-api_v1.json"), ("/apis/apps/v1", "discovery-apis_apps_v1.json"),
    ("/apis/networking.k8s.io/v1", "discovery-apis_networking_v1.json"),
    ("/apis/metrics.k8s.io/v1beta1", "discovery-apis_metrics.json"),
  ])
  func `discovery entries are those of a real server`(path: String, file: String) throws {
    var api = API(world: testWorld())
    let served = try api.get(path)["resources"]?.elements ?? []
    let recorded = try recording(file)["resources"]?.elements ?? []
    #expect(!served.isEmpty)
    for entry in served { #expect(recorded.contains { $0.sorted == entry.sorted }, "\(entry)") }
  }

  @Test func `the version has the fields of a real one`() throws {
    var api = API(world: testWorld())
    let version = try api.get("/version")
    #expect(version.shape() == (try recording("discovery-version.json")).shape())
    #expect(version["minor"] == "32")
  }
}

struct OpenAPITests {
  @Test func `every kind is in the document of its group, with the parameter kubectl looks for`() throws {
    var api = API(world: testWorld())
    var kinds: Set<String> = []
    for entry in try api.get("/openapi/v3")["paths"]?.members ?? [] {
      let document = try api.get(try #require(entry.value["serverRelativeURL"]?.string))
      for path in document["paths"]?.members ?? [] {
        let patch = try #require(path.value["patch"])
        #expect(patch["parameters"]?.elements.first?["name"] == "fieldValidation")
        kinds.insert(patch["x-kubernetes-group-version-kind"]?["kind"]?.string ?? "")
      }
    }
    #expect(kinds == Set(ResourceKind.all.map(\.kind)))
  }
}
