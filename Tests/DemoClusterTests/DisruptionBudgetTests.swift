import Testing

@testable import DemoCluster

struct DisruptionBudgetTests {
  private static let key = ObjectKey(namespace: "shop", name: "web")

  /// Counts as `healthy/desired/expected/allowed reason`.
  private func counts(_ small: SmallWorld) -> String {
    let status = small.world.store.object(.podDisruptionBudgets, Self.key)?.object["status"]
    let numbers = ["currentHealthy", "desiredHealthy", "expectedPods", "disruptionsAllowed"].map {
      status?[$0]?.integer.map(String.init) ?? "-"
    }
    return numbers.joined(separator: "/") + " " + (status?["conditions"]?.elements.first?["reason"]?.string ?? "-")
  }

  private static let cases: [(JSON, Int, String)] = [
    (["minAvailable": 2], 3, "3/2/3/1 SufficientPods"),
    (["minAvailable": 3], 3, "3/3/3/0 InsufficientPods"),
    // Percentages round up, as Kubernetes rounds both.
    (["minAvailable": "50%"], 3, "3/2/3/1 SufficientPods"),
    (["minAvailable": "34%"], 3, "3/2/3/1 SufficientPods"),
    (["minAvailable": "100%"], 3, "3/3/3/0 InsufficientPods"),
    (["maxUnavailable": 1], 3, "3/2/3/1 SufficientPods"),
    (["maxUnavailable": "25%"], 3, "3/2/3/1 SufficientPods"),
    (["maxUnavailable": "50%"], 3, "3/1/3/2 SufficientPods"),
    (["maxUnavailable": "0%"], 3, "3/3/3/0 InsufficientPods"),
    (["maxUnavailable": 5], 3, "3/0/3/3 SufficientPods"), (["minAvailable": 0], 0, "0/0/0/0 InsufficientPods"),
  ]

  @Test(arguments: cases)
  func `a budget counts as Kubernetes does`(spec: JSON, replicas: Int, expected: String) throws {
    var small = try SmallWorld(replicas: replicas)
    small.world.update(.podDisruptionBudgets, Self.key) { budget in
      budget["spec"] = ["selector": ["matchLabels": ["app": "web"]]]
      for member in spec.members { budget["spec", member.name] = member.value }
    }
    small.advance(20)
    #expect(counts(small) == expected)
  }

  @Test func `pods that are missing count, and those that end do not`() throws {
    var small = try SmallWorld()
    small.world.update(.podDisruptionBudgets, Self.key) { $0["spec", "minAvailable"] = "67%" }
    small.advance(20)
    #expect(counts(small) == "3/3/3/0 InsufficientPods")
    small.world.update(.podDisruptionBudgets, Self.key) { $0["spec", "minAvailable"] = "50%" }
    small.advance(1)
    #expect(counts(small) == "3/2/3/1 SufficientPods")
    small.world.deletePod(try #require(small.pods.first).key)
    small.advance(0.5)
    #expect(counts(small) == "2/2/3/0 InsufficientPods")
    small.advance(20)
    #expect(counts(small) == "3/2/3/1 SufficientPods")
  }
}
