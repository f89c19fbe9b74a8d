import ClusterModel
import Testing

@testable import Playbook

@Suite struct EvidenceTests {
  @Test(arguments: [0, 1, 5, 40, 60]) func `the first of many are those that an order would put first`(count: Int) {
    let keys = (0..<40).map { ObjectKey(.pods, namespace: "n\($0 % 3)", name: "pod-\($0 * 7 % 40)") }
    #expect(first(count, of: keys) == Array(keys.sorted().prefix(count)))
  }
}
