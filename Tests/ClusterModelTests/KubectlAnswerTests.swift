import ClusterModel
import JSON
import Testing

/// The answers are kubectl's, character for character, on the same objects.
@Suite struct KubectlAnswerTests {
  @Test(arguments: ["todo", "broken"])
  func `every recorded pod reads as kubectl printed it`(_ folder: String) throws {
    let snapshot = try Recordings.snapshot(folder)
    let now = try Recordings.now(folder)
    var reader = JSONReader()
    var count = 0
    try reader.read(try Recordings.bytes("answers/\(folder)/pods.expected.json")) { root in
      for row in root["rows"]?.elements ?? root.elements {
        let (namespace, name) = (row["namespace"]?.string ?? "", row["name"]?.string ?? "")
        let summary = try #require(snapshot.podSummary(ObjectKey(.pods, namespace: namespace, name: name)))
        #expect(summary.columns.ready == row["ready"]?.string, "\(name)")
        #expect(summary.columns.status == row["status"]?.string, "\(name)")
        #expect(summary.columns.restartsText(at: now) == row["restarts"]?.string, "\(name)")
        #expect(summary.age(at: now) == row["age"]?.string, "\(name)")
        count += 1
      }
    }
    #expect(count == snapshot.pods.count)
  }

  @Test(arguments: ["todo", "broken"])
  func `every recorded workload reads as kubectl rollout status printed it`(_ folder: String) throws {
    let snapshot = try Recordings.snapshot(folder)
    let now = try Recordings.now(folder)
    var reader = JSONReader()
    try reader.read(try Recordings.bytes("answers/\(folder)/workloads.expected.json")) { root in
      for row in root.elements {
        let kinds: [String: ResourceKind] = [
          "Deployment": .deployments, "StatefulSet": .statefulSets, "DaemonSet": .daemonSets,
        ]
        let kind = try #require(kinds[row["kind"]?.string ?? ""])
        let key = ObjectKey(kind, namespace: row["namespace"]?.string ?? "", name: row["name"]?.string ?? "")
        let status = try #require(snapshot.workload(key, at: now)).rollout
        let (output, problem) = (row["stdout"]?.string ?? "", row["stderr"]?.string ?? "")
        let printed = output.isEmpty ? String(problem.dropFirst("error: ".count)) : output
        #expect(status.text + "\n" == printed)
        #expect(status.isFailed == (row["exit"]?.integer != 0))
      }
    }
  }
}
