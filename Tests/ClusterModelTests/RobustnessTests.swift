import ClusterModel
import Foundation
import JSON
import Testing

/// Outside data may be anything; the program goes on.
@Suite struct RobustnessTests {
  static var replacements: [Any] {
    [NSNull(), -7, 1e300, "x", [Any](), [String: Any](), true, Int64.max, Int64.min]
  }

  @Test(arguments: [
    "answers/broken/pods.json", "answers/todo/pods.json", "answers/todo/workloads.json", "answers/todo/others.json",
    "answers/todo/nodes.json", "lists/jobs.batch.json", "metrics/pods.metrics.k8s.io.json",
    "lists/statefulsets.apps.json",
  ])
  func `any value of any recorded object may be replaced by any other`(_ path: String) throws {
    let root = try JSONSerialization.jsonObject(with: Data(try Recordings.bytes(path))) as? [String: Any]
    var decoder = ClusterDecoder()
    var kinds: [String: Int] = [:]
    let now = try Recordings.now("todo")
    for case var item as [String: Any] in try #require(root)["items"] as? [Any] ?? [] {
      let kind = item["kind"] as? String ?? ""
      kinds[kind, default: 0] += 1
      guard kinds[kind, default: 0] <= 2 else { continue }
      if var metadata = item["metadata"] as? [String: Any] {
        metadata["managedFields"] = nil
        item["metadata"] = metadata
      }
      var count = 0
      for mutant in Self.mutants(of: item, &count) where mutant is [String: Any] {
        let bytes = Array(try JSONSerialization.data(withJSONObject: mutant))
        guard let dump = try? bytes.withUnsafeBytes({ try decoder.dump($0) }) else { continue }
        var snapshot = Snapshot()
        for object in dump.objects {
          _ = snapshot.apply(.applied(object), at: now)
          askEverything(snapshot, object.key, at: now)
          _ = snapshot.apply(.deleted(object.key, object.metadata.uid), at: now)
        }
        #expect(snapshot.totals(.all) == PodTotals())
      }
    }
  }

  func askEverything(_ snapshot: Snapshot, _ key: ObjectKey, at now: Timestamp) {
    _ = snapshot.findings(ofPod: key, at: now)
    _ = snapshot.startupPhases(ofPod: key)
    _ = snapshot.podSummaries().map { $0.columns.restartsText(at: now) + $0.age(at: now) }
    _ = snapshot.workloads(at: now).map { $0.age(at: now) }
    _ = snapshot.rolloutView(of: key, at: now)
    _ = snapshot.ingressViews(in: nil, at: now)
    _ = snapshot.verdict(of: ApplicationScope(namespace: nil), at: now)
    _ = snapshot.usage(of: .node(key.name), at: now)
    _ = snapshot.usage(of: .workload(key), at: now)
    _ = snapshot.nodeProblems
    _ = snapshot.missingReferences(in: key.namespace)
  }

  /// Copies of a value, in each of which one part is replaced; the replacements take turns.
  static func mutants(of value: Any, _ count: inout Int) -> [Any] {
    count += 1
    var mutants: [Any] = [replacements[count % replacements.count]]
    if let object = value as? [String: Any] {
      for (key, member) in object.sorted(by: { $0.key < $1.key }) {
        for mutant in Self.mutants(of: member, &count) {
          var copy = object
          copy[key] = mutant
          mutants.append(copy)
        }
      }
    } else if let array = value as? [Any] {
      for (index, element) in array.enumerated().prefix(3) {
        for mutant in Self.mutants(of: element, &count) {
          var copy = array
          copy[index] = mutant
          mutants.append(copy)
        }
      }
    }
    return mutants
  }
}
