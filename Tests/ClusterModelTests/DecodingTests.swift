import ClusterModel
import Foundation
import JSON
import Testing

/// What the API sends becomes objects, and nothing it could send stops the program.
@Suite struct ClusterDecoderTests {
  func dump(_ text: String) throws -> Dump {
    var decoder = ClusterDecoder()
    return try Array(text.utf8).withUnsafeBytes { try decoder.dump($0) }
  }

  func pod(_ text: String) throws -> Pod {
    let objects = try dump(#"{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","namespace":"n"},\#(text)}"#)
      .objects
    guard case .pod(let pod) = try #require(objects.first) else { throw DecodingProblem.unexpected("no pod") }
    return pod
  }

  @Test func `a pod keeps what is shown of it`() throws {
    let pods = try Recordings.dump("answers/todo/pods.json")
    let pod = try #require(
      pods.lazy.compactMap { if case .pod(let pod) = $0 { pod } else { nil } }.first { $0.containers.count == 2 })
    #expect(pod.metadata.controller?.kind == "ReplicaSet")
    #expect(pod.containers.map(\.name).sorted() == ["backend", "log-sidecar"])
    #expect(pod.conditions[type: "Ready"]?.isTrue == true)
    #expect(pod.containerStatuses.allSatisfy { $0.imageID.contains("sha256:") })
    #expect(pod.nodeName == "node-1")
    #expect(pod.metadata.creationTimestamp != nil)
    #expect(pod.containers.allSatisfy { $0.requests.memoryBytes != nil })
  }

  @Test(arguments: [
    ("answers/todo/others.json", 329), ("answers/broken/others.json", 175), ("lists/cronjobs.batch.json", 0),
    ("lists/namespaces.json", 0), ("lists/jobs.batch.json", 4), ("metrics/pods.metrics.k8s.io.json", 8),
    ("discovery/metrics_nodes.json", 1), ("lists/resourcequotas.json", 0),
  ])
  func `a dump gives the objects of the kinds that are read`(_ path: String, _ count: Int) throws {
    #expect(try Recordings.dump(path).count == count)
  }

  @Test func `objects of other kinds, nulls and things without a name are counted and passed over`() throws {
    let dump = try dump(
      #"{"kind":"List","apiVersion":"v1","items":[null,3,{},{"kind":"Pod","apiVersion":"v1"},"#
        + #"{"kind":"Lease","apiVersion":"coordination.k8s.io/v1","metadata":{"name":"x"}},"#
        + #"{"kind":"Secret","apiVersion":"v1","metadata":{"name":"s","namespace":"n"},"data":{"a":"b"}}]}"#)
    #expect(dump.ignored == 5)
    #expect(dump.objects.map(\.key) == [ObjectKey(.secrets, namespace: "n", name: "s")])
  }

  @Test func `a page has its version and where the next begins`() throws {
    var decoder = ClusterDecoder()
    let page = try Recordings.bytes("lists/raw-pods-limit2.json").withUnsafeBytes { try decoder.page(.pods, $0) }
    #expect(page.objects.count == 2)
    #expect(!page.continueToken.isEmpty)
    #expect(!page.resourceVersion.isEmpty)
    let empty = try Array(#"{"kind":"PodList","metadata":{"resourceVersion":"7"},"items":null}"#.utf8)
      .withUnsafeBytes { try decoder.page(.pods, $0) }
    #expect(empty.objects.isEmpty && empty.resourceVersion == "7" && empty.continueToken.isEmpty)
  }

  @Test(arguments: [
    "broken-pods-2min", "pods-bad-rollout", "pods-delete", "pods-rollout-restart", "pods-scale",
    "pods-sendInitialEvents",
  ])
  func `every recorded line of a pod watch decodes, and applied in order gives the final state`(_ name: String) throws {
    var decoder = ClusterDecoder()
    var snapshot = Snapshot()
    var last: [ObjectKey: String] = [:]
    for line in try watchLines("watch/\(name).jsonl") {
      switch try line.withUnsafeBytes({ try decoder.watchLine(.pods, $0) }) {
      case .added(let object), .modified(let object):
        last[object.key] = object.metadata.resourceVersion
        _ = snapshot.apply(.applied(object), at: Timestamp(seconds: 0))
      case .deleted(let object):
        last[object.key] = nil
        _ = snapshot.apply(.deleted(object.key, object.metadata.uid), at: Timestamp(seconds: 0))
      case .bookmark(let version, _): #expect(!version.isEmpty)
      case .failed(let status): Issue.record("\(status)")
      }
    }
    #expect(
      Dictionary(uniqueKeysWithValues: snapshot.pods.keys().map { ($0, snapshot.pods[$0]?.metadata.resourceVersion) })
        == last)
    #expect(snapshot.totals(.all).count == last.count)
  }

  @Test(arguments: [
    ("deployments-rollout-restart", ResourceKind.deployments), ("replicasets-rollout-restart", .replicaSets),
    ("events-rollout-restart", .events),
  ])
  func `every recorded line of other watches decodes`(_ name: String, _ kind: ResourceKind) throws {
    var decoder = ClusterDecoder()
    for line in try watchLines("watch/\(name).jsonl") {
      if case .failed(let status) = try line.withUnsafeBytes({ try decoder.watchLine(kind, $0) }) {
        Issue.record("\(status)")
      }
    }
  }

  /// The API server's lines, without the recorder's clock around them.
  func watchLines(_ path: String) throws -> [[UInt8]] {
    try Recordings.bytes(path).split(separator: UInt8(ascii: "\n")).map { line in
      let text = String(decoding: line, as: UTF8.self)
      let start = try #require(text.range(of: "\"event\": ")).upperBound
      return Array(text[start...].dropLast().utf8)
    }
  }

  @Test func `bookmarks and errors of a watch are told apart`() throws {
    var decoder = ClusterDecoder()
    func line(_ text: String) throws -> WatchLine {
      try Array(text.utf8).withUnsafeBytes { try decoder.watchLine(.pods, $0) }
    }
    guard
      case .bookmark("9", true) = try line(
        #"{"type":"BOOKMARK","object":{"kind":"Pod","metadata":{"resourceVersion":"9","annotations":{"k8s.io/initial-events-end":"true"}}}}"#
      )
    else { return #expect(Bool(false)) }
    guard
      case .failed(let status) = try line(
        #"{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}"#)
    else { return #expect(Bool(false)) }
    #expect(status == APIStatus(code: 410, reason: "Expired", message: "too old"))
    #expect(throws: DecodingProblem.self) { try line(#"{"type":"NEW","object":{}}"#) }
    #expect(throws: DecodingProblem.self) { try line(#"{"type":"ADDED","object":{"kind":"Pod"}}"#) }
  }

  @Test(arguments: [
    ("", "nothing"), (" \n ", "nothing"), ("<!DOCTYPE html>\n<p>", "an HTML page"),
    (#"{"kind":"List","items":[{"a":"x"#, "cut off in the middle"), (#"{"a":}"#, "damaged"),
    ("Error: connection refused\nmore", "plain text: Error: connection refused"),
    ("a\u{1B}[31mb", "plain text: a [31mb"),
  ])
  func `text that is not JSON is described by what it looks like`(_ text: String, _ description: String) {
    #expect(throws: DecodingProblem.notJSON(description)) { _ = try dump(text) }
  }

  @Test func `a long line of plain text is cut`() {
    #expect(throws: DecodingProblem.notJSON("plain text: " + String(repeating: "x", count: 79) + "…")) {
      _ = try dump(String(repeating: "x", count: 500))
    }
  }

  @Test func `a Status in place of a list is thrown with its words`() throws {
    let text = #"{"kind":"Status","code":403,"reason":"Forbidden","message":"no","details":{"retryAfterSeconds":3}}"#
    let status = APIStatus(code: 403, reason: "Forbidden", message: "no", retryAfterSeconds: 3)
    #expect(throws: DecodingProblem.status(status)) { _ = try dump(text) }
    var decoder = ClusterDecoder()
    #expect(Array(text.utf8).withUnsafeBytes { decoder.status($0) } == status)
    #expect(Array("{}".utf8).withUnsafeBytes { decoder.status($0) } == nil)
    #expect(Array("no".utf8).withUnsafeBytes { decoder.status($0) } == nil)
  }

  @Test(arguments: [
    #""spec":"x","status":[]"#, #""spec":null,"status":null"#, #""spec":{"containers":"x","volumes":{}}"#,
    #""spec":{"containers":[null,1,"x",[],{}],"initContainers":[{"restartPolicy":5}]}"#,
    #""status":{"containerStatuses":[{"restartCount":-5,"state":[],"lastState":"x"},null]}"#,
    #""status":{"containerStatuses":[{"restartCount":9223372036854775807,"state":{"terminated":"x"}}]}"#,
    #""status":{"containerStatuses":[{"restartCount":1e300,"state":{"terminated":{"exitCode":-9223372036854775808}}}]}"#,
    #""status":{"conditions":[{"type":3,"lastTransitionTime":"9999-12-31T23:59:59Z"},{"type":"Ready"}]}"#,
    #""status":{"startTime":"0000-00-00T99:99:99Z","phase":{}}"#,
  ])
  func `a pod of wrong types is a pod all the same, and every answer about it is given`(_ text: String) throws {
    let pod = try pod(text)
    var snapshot = Snapshot()
    let now = Timestamp(seconds: 1_800_000_000)
    _ = snapshot.apply(.applied(.pod(pod)), at: now)
    let key = ObjectKey(.pods, namespace: "n", name: "a")
    let summary = try #require(snapshot.podSummary(key))
    #expect(!summary.columns.restartsText(at: now).isEmpty)
    _ = snapshot.findings(ofPod: key, at: now)
    _ = snapshot.startupPhases(ofPod: key)
    _ = snapshot.verdict(of: ApplicationScope(namespace: nil), at: now)
  }

  @Test func `only annotations with a meaning are kept`() throws {
    var decoder = ClusterDecoder()
    let text =
      #"{"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"a","annotations":{"secret":"x","#
      + #""deployment.kubernetes.io/revision":"3","meta.helm.sh/release-name":"todo","n":3}}}"#
    let dump = try Array(text.utf8).withUnsafeBytes { try decoder.dump($0) }
    #expect(
      dump.objects.first?.metadata.annotations == [
        "deployment.kubernetes.io/revision": "3", "meta.helm.sh/release-name": "todo",
      ])
  }

  @Test func `events of both styles give first and last time and how often`() throws {
    let events = try Recordings.dump("answers/broken/others.json").compactMap {
      if case .event(let event) = $0 { event } else { nil }
    }
    let counted = try #require(
      events.first { $0.involvedName == "missing-secret" && $0.reason == "Failed" && $0.count > 100 })
    #expect(counted.isWarning && counted.source == "kubelet")
    #expect(try #require(counted.firstTimestamp) < #require(counted.lastTimestamp))
    let single = try #require(events.first { $0.reason == "FailedScheduling" && $0.involvedName == "pending-pvc" })
    #expect(single.count == 1 && single.lastTimestamp != nil && single.source == "default-scheduler")
  }

  @Test func `references of volumes and environment are collected once`() throws {
    let pod = try pod(
      #""spec":{"containers":[{"name":"c","envFrom":[{"secretRef":{"name":"s"}}],"env":["#
        + #"{"name":"A","valueFrom":{"secretKeyRef":{"name":"s","key":"k","optional":true}}},"#
        + #"{"name":"B","valueFrom":{"configMapKeyRef":{"name":"m","key":"k","optional":true}}}]}],"#
        + #""volumes":[{"name":"v","secret":{"secretName":"t","optional":true}},"#
        + #"{"name":"p","projected":{"sources":[{"configMap":{"name":"kube-root-ca.crt"}},{"configMap":{"name":"q"}}]}},"#
        + #"{"name":"d","persistentVolumeClaim":{"claimName":"c"}}]}"#)
    #expect(
      pod.containers.first?.environmentReferences == [
        ConfigurationReference(kind: "Secret", name: "s", isOptional: false),
        ConfigurationReference(kind: "ConfigMap", name: "m", isOptional: true),
      ])
    #expect(pod.volumeReferences.map(\.name) == ["t", "q", "c"])
    #expect(pod.volumeReferences.map(\.isOptional) == [true, false, false])
  }
}
