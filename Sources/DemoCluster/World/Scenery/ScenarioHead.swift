import YAML

/// The first document of a scenario's file.
struct ScenarioHead {
  let sentence: String
  let seed: UInt64
  /// How long before the start the cluster began, in seconds.
  let age: Double
  /// The namespace that commands are about.
  let namespace: String
  let nodes: [NodeCapacity]
  let totalPods: Int
  let churnPerSecond: Double
  let enforcesNetworkPolicies: Bool
  let images: [YAMLNode]
  let floods: [EventFlood]
  /// Commands with their moments, in seconds from the start, those before it negative.
  let timeline: [(at: Double, command: YAMLNode)]

  private static let keys = [
    "sentence", "seed", "age", "namespace", "nodes", "load", "enforcesNetworkPolicies", "images", "events", "timeline",
  ]

  /// Reads the head of a file's documents.
  init(_ documents: [YAMLNode]) throws(YAMLError) {
    guard let head = documents.first else {
      throw YAMLError(YAMLPlace(line: 1, column: 1), "a scenario begins with its sentence, nodes and timeline")
    }
    let fields = try head.fields(Self.keys)
    sentence = try fields.required("sentence").text()
    let number = try fields["seed"]?.whole(0...Int.max) ?? 7
    seed = UInt64(number)
    age = try fields.required("age").seconds()
    namespace = try fields["namespace"]?.text() ?? "todo"
    nodes = try fields.required("nodes").elements().map { node throws(YAMLError) in try NodeCapacity(node) }
    let load = try fields["load"]?.fields(["pods", "churn"])
    totalPods = try load?["pods"]?.whole(0...World.podLimit) ?? 0
    churnPerSecond = try load?["churn"]?.number(0...World.churnLimit) ?? 0
    enforcesNetworkPolicies = try fields["enforcesNetworkPolicies"]?.boolean() ?? false
    images = try fields["images"]?.elements() ?? []
    floods = try EventFlood.list(fields["events"], namespace: namespace)
    timeline = try Self.timeline(fields["timeline"], age: age)
  }

  private static func timeline(
    _ node: YAMLNode?, age: Double
  ) throws(YAMLError) -> [(at: Double, command: YAMLNode)] {
    guard let node else { return [] }
    let steps = try node.elements()
    guard steps.count <= DemoScenario.stepLimit else {
      throw YAMLError(node.place, "a timeline has \(DemoScenario.stepLimit) steps at most")
    }
    return try steps.map { step throws(YAMLError) in
      let fields = try step.fields(["at", "do"])
      let at = try fields.required("at")
      let moment = try at.seconds()
      guard moment >= -age else { throw YAMLError(at.place, "this is before the cluster began") }
      return (moment, try fields.required("do"))
    }
  }
}

/// What a node can carry.
struct NodeCapacity: Sendable, Equatable {
  /// Quantities as Kubernetes writes them.
  let cpu: String
  let memory: String

  init(cpu: String, memory: String) {
    self.cpu = cpu
    self.memory = memory
  }

  /// Reads `{cpu: 4, memory: 8142240Ki}`.
  init(_ node: YAMLNode) throws(YAMLError) {
    let fields = try node.fields(["cpu", "memory"])
    cpu = try fields.required("cpu").text()
    memory = try fields.required("memory").text()
  }
}

extension YAMLNode {
  /// A whole number within bounds.
  func whole(_ bounds: ClosedRange<Int>) throws(YAMLError) -> Int {
    let number = try integer()
    guard bounds.contains(number) else {
      throw YAMLError(place, "a number from \(bounds.lowerBound) to \(bounds.upperBound) is expected here")
    }
    return number
  }

  /// A number within bounds.
  func number(_ bounds: ClosedRange<Double>) throws(YAMLError) -> Double {
    let number = try number()
    guard bounds.contains(number) else {
      throw YAMLError(place, "a number from \(bounds.lowerBound) to \(bounds.upperBound) is expected here")
    }
    return number
  }

  /// A span of time such as `30s`, `1.9s`, `-6m40s` or `3h`, in seconds.
  func seconds() throws(YAMLError) -> Double {
    let text = try text()
    var (total, digits) = (0.0, "")
    for letter in text.hasPrefix("-") ? text.dropFirst() : text[...] {
      guard let factor = ["s": 1.0, "m": 60, "h": 3600][letter] else {
        digits.append(letter)
        continue
      }
      guard let number = Double(digits), number >= 0, number <= 1_000_000 else { throw expected("a time such as 30s") }
      total += number * factor
      digits = ""
    }
    guard digits.isEmpty, !text.isEmpty else { throw expected("a time such as 30s or 2h59m") }
    return text.hasPrefix("-") ? -total : total
  }

  /// Two numbers, least and most.
  func range() throws(YAMLError) -> ClosedRange<Double> {
    let ends = try elements().map { node throws(YAMLError) in try node.number() }
    guard ends.count == 2, ends[0] <= ends[1] else { throw YAMLError(place, "[LEAST, MOST] is expected here") }
    return ends[0]...ends[1]
  }
}
