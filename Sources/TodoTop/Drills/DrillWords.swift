import ClusterModel
import Dashboard
import Playbook

/// What the command line says of drills.
struct DrillWords: Equatable, Sendable {
  /// What `drill` does.
  enum Verb: String, CaseIterable, Sendable { case list, plan, run, undo, report }

  var verb = Verb.list
  /// The kind of the drill, as `D14` or `bad-image`, or the id of one for `report`.
  var subject: String?
  var target: String?
  /// The host that is made unreachable.
  var host: String?
  /// Whether changes are allowed on a cluster that is not on this machine.
  var isAllowed = false
  /// The context and namespace that are meant.
  var confirmation: String?
  /// Whether every open drill is undone.
  var isForAll = false
  /// The journal of the drill that is watched over.
  var watchedJournal: String?

  /// Takes the word behind `drill`.
  mutating func takeVerb(from words: inout ArraySlice<String>) throws(UsageProblem) {
    let names = Verb.allCases.map(\.rawValue)
    guard let word = words.first, !word.hasPrefix("-") else {
      throw UsageProblem(sentence: "drill needs a word: todotop drill \(names.joined(separator: "|")).")
    }
    guard let verb = Verb(rawValue: word) else {
      let near = nearestWord(to: word, in: names).map { "; did you mean \($0)" } ?? ""
      throw UsageProblem(sentence: "There is no \"drill \(word)\"\(near): \(names.joined(separator: ", ")).")
    }
    self.verb = verb
    words.removeFirst()
  }
}

extension Arguments {
  /// The kind that `drill plan` and `drill run` name.
  var drillKind: DrillKind? { drill.subject.flatMap(DrillKind.named) }

  /// Whether a drill is planned or run.
  private var isDrilling: Bool { command == .drill && [.plan, .run].contains(drill.verb) }

  /// A flag that would do nothing is a mistake that should be told.
  func checkDrillUse(of flag: Flag) throws(UsageProblem) {
    let name = flag.names[0]
    if ["--target", "--host", "--allow-drills"].contains(name), !isDrilling {
      throw UsageProblem(sentence: "\(name) is for drill plan and drill run: todotop drill run D14 \(name) …")
    }
    if name == "--limit", command == .drill, !isDrilling {
      throw UsageProblem(sentence: "--limit is for drill plan and drill run: todotop drill run D14 --limit 60")
    }
    if name == "--confirm", command != .drill || drill.verb != .run {
      throw UsageProblem(
        sentence: "--confirm is for drill run: todotop drill run D26 --yes --confirm CONTEXT/NAMESPACE")
    }
    if ["--all", "--watch"].contains(name), command != .undo, command != .drill || drill.verb != .undo {
      throw UsageProblem(sentence: "\(name) is for undo: todotop undo \(name)")
    }
  }

  /// What is true of drills and their undo as a whole.
  func checkDrill() throws(UsageProblem) {
    if !from.isEmpty { throw UsageProblem(sentence: "A recording cannot be changed; give drill and undo no --from.") }
    if allNamespaces { throw UsageProblem(sentence: "A drill is for one namespace: --namespace NAME.") }
    if command == .drill, [.list, .undo].contains(drill.verb), let word = drill.subject {
      throw UsageProblem(sentence: "\"\(word)\" is not expected behind drill \(drill.verb.rawValue).")
    }
    guard isDrilling else { return }
    guard let word = drill.subject else {
      throw UsageProblem(
        sentence: "drill \(drill.verb.rawValue) needs a drill, such as D02; todotop drill list shows all.")
    }
    guard let kind = drillKind else {
      let near = nearestWord(to: word, in: DrillKind.all.map(\.name)).map { "; did you mean \($0)" } ?? ""
      throw UsageProblem(sentence: "There is no drill \"\(word)\"\(near); todotop drill list shows all.")
    }
    if let limit, !DrillLimit.allowed.contains(limit) {
      let bounds = DrillLimit.allowed
      throw UsageProblem(
        sentence:
          "A drill lasts \(bounds.lowerBound) to \(bounds.upperBound) seconds; --limit \(limit) is not among them.")
    }
    if drill.host != nil, kind.placeWords.isEmpty {
      throw UsageProblem(sentence: "--host is for drills that make one unreachable, not for \(kind.id).")
    }
  }
}
