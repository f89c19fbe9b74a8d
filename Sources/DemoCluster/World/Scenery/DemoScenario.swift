import YAML

/// What the demo shows: a file of `Resources/demo`.
///
/// The first document is the head: a sentence, the seed, the nodes, images of its own, a timeline. The others are
/// objects as `kubectl apply` takes them; the timeline says when they come.
package struct DemoScenario: Sendable {
  /// The name of its file.
  package let name: String
  /// What it shows, for people.
  package let sentence: String
  /// Where chance begins unless another seed is asked for.
  let seed: UInt64
  /// How long before the start the cluster began, in seconds.
  let age: Double
  let nodes: [NodeCapacity]
  /// What the scenario adds to the application, unless other figures are asked for.
  let totalPods: Int
  let churnPerSecond: Double
  /// Whether the network keeps to NetworkPolicies, as not every network does.
  let enforcesNetworkPolicies: Bool
  let images: ImageCatalog
  let floods: [EventFlood]
  let timeline: [(after: Double, command: ScenarioCommand)]

  /// The most steps of a timeline.
  static let stepLimit = 200

  /// Reads a scenario.
  ///
  /// - Parameter resource: The bytes of another file that it names; `nil` where there is none.
  init(
    name: String, _ bytes: [UInt8], resource: (String) -> [UInt8]? = demoResource
  ) throws(ScenarioProblem) {
    let file = name + ".yaml"
    do {
      let documents = try ScenarioProblem.wrap { () throws(YAMLError) in try yamlDocuments(bytes) }
      let head = try ScenarioProblem.wrap { () throws(YAMLError) in try ScenarioHead(documents) }
      let own = try ScenarioProblem.wrap { () throws(YAMLError) in try Self.manifests(documents.dropFirst()) }
      var images = try ImageCatalog.common(resource)
      try ScenarioProblem.wrap { () throws(YAMLError) in try images.add(head.images) }
      timeline = try head.timeline.map { step throws(ScenarioProblem) in
        let command = try ScenarioCommand(step.command, namespace: head.namespace) {
          name, place throws(ScenarioProblem) in
          name == "this" ? own : try Self.manifests(of: name, at: place, resource)
        }
        return (step.at + head.age, command)
      }
      self.images = images
      self.name = name
      (sentence, seed, age, nodes) = (head.sentence, head.seed, head.age, head.nodes)
      (totalPods, churnPerSecond, floods) = (head.totalPods, head.churnPerSecond, head.floods)
      enforcesNetworkPolicies = head.enforcesNetworkPolicies
    } catch {
      throw error.file.isEmpty ? ScenarioProblem(file: file, error: error.error) : error
    }
  }

  private static func manifests(_ documents: ArraySlice<YAMLNode>) throws(YAMLError) -> [Manifest] {
    try documents.map { node throws(YAMLError) in try Manifest(node) }
  }

  /// The objects of another file.
  private static func manifests(
    of file: String, at place: YAMLPlace, _ resource: (String) -> [UInt8]?
  ) throws(ScenarioProblem) -> [Manifest] {
    guard let bytes = resource(file) else {
      throw ScenarioProblem(file: "", error: YAMLError(place, "there is no file \(file)"))
    }
    return try ScenarioProblem.wrap(file) { () throws(YAMLError) in try manifests(try yamlDocuments(bytes)[...]) }
  }
}

/// A mistake in the file of a scenario, with its place.
struct ScenarioProblem: Error, Equatable, CustomStringConvertible {
  /// The file below `Resources/demo`; empty until it is known.
  let file: String
  let error: YAMLError

  /// File, line and column, and a sentence.
  var description: String { "\(file):\(error)" }

  /// Runs something that reads a file.
  static func wrap<Value>(
    _ file: String = "", _ body: () throws(YAMLError) -> Value
  ) throws(ScenarioProblem) -> Value {
    do { return try body() } catch { throw ScenarioProblem(file: file, error: error) }
  }
}

extension DemoScenario {
  /// The names of all scenarios.
  package static let names = demoResourceNames().filter { $0.hasSuffix(".yaml") && !$0.contains("/") }
    .map { String($0.dropLast(".yaml".count)) }.sorted()

  /// The scenario of that name; `nil` where there is none.
  package static func named(_ name: String) -> DemoScenario? {
    guard names.contains(name), let bytes = demoResource(name + ".yaml") else { return nil }
    do {
      return try DemoScenario(name: name, bytes)
    } catch {
      preconditionFailure("a scenario of the program itself: \(error)")
    }
  }

  /// The application runs well.
  package static let healthy = builtIn("healthy")
  /// A rollout that crashes, an image that cannot be pulled and a pod that fits nowhere.
  package static let incident = builtIn("incident")

  private static func builtIn(_ name: String) -> DemoScenario {
    guard let scenario = named(name) else { preconditionFailure("no scenario \(name)") }
    return scenario
  }
}
