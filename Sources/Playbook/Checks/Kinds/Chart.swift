import ClusterModel

extension CheckKind {
  static let chartFiles = CheckKind(
    "chart-files", "the chart has its files",
    parameters: [
      CheckParameter(
        "files", .texts,
        usual: .texts([
          "Chart.yaml", "values.yaml", "templates/*deployment*", "templates/*service*", "templates/*ingress*",
          "templates/*secret*", "templates/*configmap*", "templates/_helpers.tpl",
        ]))
    ],
    questions: { _, profile, _ in profile.sources.chart.map { [.folder($0.path)] } ?? [] }
  ) { parameters, context throws(Unanswered) in
    guard let chart = context.profile.sources.chart else {
      return .fails("no chart was found", advice: "write one in infra/helm, or name it in sources.chart of the profile")
    }
    guard let entries = try context.entries(ofFolder: chart.path) else {
      return .fails("\(chart.path) does not exist", advice: "name the chart's folder in sources.chart of the profile")
    }
    let missing = parameters.texts("files").filter { pattern in
      !entries.contains { isMatch($0.lowercased(), pattern.lowercased()) }
    }
    return missing.isEmpty
      ? .holds("\(chart.path)\(chart.isSample ? " (the sample)" : "")")
      : .fails("\(listed(missing, limit: 3)) missing", advice: "add \(missing[0]) to \(chart.path)")
  }

  static let helmLint = CheckKind(
    "helm-lint", "helm lint has no complaint",
    questions: { _, profile, _ in profile.lintQuestion.map { [.tool($0)] } ?? [] }
  ) { _, context throws(Unanswered) in
    guard let question = context.profile.lintQuestion else { return .skipped("no chart is known") }
    let said = try context.output(of: question)
    let lines = (said.output + "\n" + said.errorText).split(whereSeparator: \.isNewline)
    if said.code == 0 {
      let warnings = lines.count { $0.hasPrefix("[WARNING]") }
      return .holds(warnings == 0 ? "no complaint" : "\(warnings) warnings")
    }
    let first = lines.first { $0.hasPrefix("[ERROR]") } ?? lines.first { $0.contains("rror") }
    return .fails(first.map { cut(String($0)) } ?? said.problem, advice: "repair the chart where helm lint points")
  }

  /// A chart that needs values names them.
  static let helmTemplate = CheckKind(
    "helm-template", "the chart can be rendered",
    questions: { _, profile, snapshot in
      let questions = profile.manifestQuestions(in: snapshot)
      guard let template = profile.templateQuestion(in: snapshot), !questions.contains(.tool(template)) else {
        return questions
      }
      return [.tool(template)] + questions
    }
  ) { _, context throws(Unanswered) in
    if let question = context.profile.templateQuestion(in: context.snapshot),
      case .ended(let code, let output, let errorText)? = context.facts[tool: question]
    {
      if code == 0, let documents = context.facts.documents(of: .tool(question)), !documents.isEmpty {
        return .holds("\(documents.count) objects")
      }
      if code != 0 {
        let problem = ToolOutput(code: code, output: output, errorText: errorText).problem
        guard let value = valuesNamed(in: errorText).first else {
          return .fails(problem, advice: "repair the chart where helm template points")
        }
        return .fails(
          "needs \(listed(valuesNamed(in: errorText), limit: 4)): \(problem)",
          advice: "give \(value) in a file of values")
      }
    }
    let manifests = try context.manifests()
    return manifests.isEmpty
      ? .fails("it gives nothing", advice: "look at the conditions in its templates")
      : .holds("\(manifests.count) objects")
  }
}

extension Profile {
  fileprivate var lintQuestion: ToolQuestion? {
    sources.chart.map { .helmLint(chart: $0.path, values: sources.values.map(\.path)) }
  }
}

/// Whether a path matches a pattern in which `*` stands for any text within a folder's name or a file's.
func isMatch(_ path: String, _ pattern: String) -> Bool {
  let left = path.split(separator: "/", omittingEmptySubsequences: false)
  let right = pattern.split(separator: "/", omittingEmptySubsequences: false)
  return left.count == right.count && zip(left, right).allSatisfy { matches(String($0), String($1)) }
}

/// The values that an error of helm speaks of: `.Values.secrets.databaseUrl`, `secrets.databaseUrl is required`.
private func valuesNamed(in text: String) -> [String] {
  var found: [String] = []
  let words = text.split { $0.isWhitespace || "\"'`,;:()<>".contains($0) }
  for (index, word) in words.enumerated() {
    var name = word[...]
    let isValue = name.hasPrefix(".Values.") || name.hasPrefix("Values.")
    if isValue { name = name.drop { $0 == "." }.dropFirst("Values.".count) }
    while name.last == "." { name.removeLast() }
    let next = words[(index + 1)...].prefix(2).joined(separator: " ")
    let isNeeded = ["is required", "is needed", "must be", "needs to"].contains { next.hasPrefix($0) }
    let isPath = name.contains(".") && name.allSatisfy { $0.isLetter || $0.isNumber || "._-".contains($0) }
    let isFile = name.hasSuffix(".yaml") || name.hasSuffix(".tpl")
    if isValue || (isNeeded && isPath && !isFile), !found.contains(String(name)) { found.append(String(name)) }
  }
  return found
}
