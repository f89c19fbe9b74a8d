import ClusterModel
import YAML

/// How much a tour may hold.
package enum TourLimits {
  package static let steps = 60
  package static let checksPerStep = 20
  package static let promptsPerStep = 10
  /// What a presenter reads aloud without losing the audience.
  package static let sayLength = 600
  package static let titleLength = 60
}

/// A tour as it is written, with where its checks are named.
package struct TourText: Sendable {
  package let tour: Tour
  private let places: [(id: String, place: YAMLPlace)]

  /// Reads a tour.
  ///
  /// - Parameter words: The words of TodoTop that a step may perform.
  /// - Throws: ``ProfileProblem`` at the first mistake.
  package init(yaml: String, file: String, words: [String]) throws(ProfileProblem) {
    do throws(YAMLError) {
      let documents = try yamlDocuments(Array(yaml.utf8), limits: ProfileLimits.yaml)
      guard let root = documents.first else {
        throw YAMLError(YAMLPlace(line: 1, column: 1), "the file is empty; a tour has steps")
      }
      if documents.count > 1 { throw YAMLError(documents[1].place, "a tour is one document, not several") }
      let fields = try root.fields(["name", "steps"])
      let list = try fields.required("steps")
      var steps: [Tour.Step] = []
      var places: [(String, YAMLPlace)] = []
      for node in try list.filledList("steps", limit: TourLimits.steps) {
        steps.append(try Tour.Step(node, words: words, places: &places))
      }
      tour = Tour(name: try fields["name"]?.line() ?? "", steps: steps, file: file)
      self.places = places
      guard tour.time <= Tour.limit else {
        let (took, limit) = (clockText(tour.time), clockText(Tour.limit))
        throw YAMLError(list.place, "the steps take \(took) in all; a tour takes \(limit) at most")
      }
    } catch {
      throw ProfileProblem(error, file: file)
    }
  }

  /// What is wrong with the checks that it names; `nil` where the profile has all of them.
  package func problem(with profile: Profile) -> ProfileProblem? {
    let known = profile.checks.map(\.id)
    let missing = places.first { id, _ in !known.contains { $0 == id || $0.hasPrefix(id + "-") } }
    return missing.map { id, place in
      ProfileProblem(YAMLError(place, missing: id, among: known), file: tour.file)
    }
  }
}

extension YAMLError {
  /// A check that the profile does not have; all that it has would be no sentence any more.
  fileprivate init(_ place: YAMLPlace, missing id: String, among known: [String]) {
    let near = nearestWord(to: id, in: known).map { "; did you mean \"\($0)\"?" } ?? ""
    self.init(place, "the profile has no check \"\(id)\"\(near)")
  }
}

extension Tour.Step {
  /// `{title: …, say: …, do: deploy, checks: [5.2], minutes: 2}`.
  fileprivate init(
    _ node: YAMLNode, words: [String], places: inout [(String, YAMLPlace)]
  ) throws(YAMLError) {
    let fields = try node.fields(["title", "phase", "say", "show", "do", "ask", "prompts", "checks", "minutes"])
    title = try fields.required("title").line(limit: TourLimits.titleLength)
    phase = try fields["phase"]?.integer(1...ProfileLimits.phases)
    say = try fields.required("say").line(limit: TourLimits.sayLength)
    action = try Tour.Action(fields, words: words)
    var checks: [String] = []
    for node in try fields["checks"]?.filledList("checks", limit: TourLimits.checksPerStep) ?? [] {
      checks.append(try node.line())
      places.append((checks[checks.count - 1], node.place))
    }
    self.checks = checks
    let minutes = try fields.required("minutes")
    let number = try minutes.number()
    let most = Tour.limit.inSeconds / 60
    guard number > 0, number <= most else {
      throw YAMLError(minutes.place, "a number above 0 and up to \(Int(most)) is expected here")
    }
    time = .milliseconds(Int64(number * 60_000))
  }
}

extension Tour.Action {
  fileprivate init(_ fields: YAMLFields, words: [String]) throws(YAMLError) {
    let given = ["show", "do", "ask"].compactMap { fields[$0] }
    if given.count > 1 { throw YAMLError(given[1].place, "a step has one of show, do and ask, not several") }
    if let prompts = fields["prompts"], fields["ask"] == nil {
      throw YAMLError(prompts.place, "prompts are for a step that says which tool to ask")
    }
    if let node = fields["show"] {
      self = .show(try node.line())
    } else if let node = fields["do"] {
      self = .perform(try Self.words(node, known: words))
    } else if let node = fields["ask"] {
      self = .ask(try Self.tool(node), try Self.prompts(try fields.required("prompts")))
    } else {
      self = .none
    }
  }

  private static func words(_ node: YAMLNode, known: [String]) throws(YAMLError) -> String {
    let line = try node.line()
    let word = line.split(separator: " ").first.map(String.init) ?? ""
    guard known.contains(word) else {
      let near = nearestWord(to: word, in: known).map { "; did you mean \"\($0)\"?" } ?? "; see help"
      throw YAMLError(node.place, "there is no command :\(word)\(near)")
    }
    return line
  }

  private static func tool(_ node: YAMLNode) throws(YAMLError) -> AITool {
    let name = try node.line()
    guard let tool = AITool(rawValue: name) else {
      throw YAMLError(node.place, unknown: name, of: "AI tool", known: AITool.allCases.map(\.rawValue))
    }
    return tool
  }

  private static func prompts(_ node: YAMLNode) throws(YAMLError) -> [String] {
    var prompts: [String] = []
    for node in try node.filledList("prompts", limit: TourLimits.promptsPerStep) {
      let prompt = try node.line()
      guard AIOperation.isPrompt(prompt) else {
        throw YAMLError(node.place, "a prompt begins with a letter, so that no program takes it for an option")
      }
      prompts.append(prompt)
    }
    return prompts
  }
}

extension YAMLNode {
  /// A line that is not longer than so many characters.
  fileprivate func line(limit: Int) throws(YAMLError) -> String {
    let text = try line()
    guard text.count <= limit else { throw YAMLError(place, "this text is longer than \(limit) characters") }
    return text
  }
}
