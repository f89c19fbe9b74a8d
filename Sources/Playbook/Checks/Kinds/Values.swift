import ClusterModel
import YAML

extension CheckKind {
  /// A key of `values.yaml` that no template reads does nothing, whatever it says.
  static let valuesUsed = CheckKind(
    "values-used", "every value is used",
    questions: { _, profile, _ in
      guard let chart = profile.sources.chart else { return [] }
      return chartTexts(profile.sources).map { .file(chart.path + "/" + $0) }
    }
  ) { _, context throws(Unanswered) in
    let sources = context.profile.sources
    guard let chart = sources.chart else { return .skipped("no chart is known") }
    let valuesPath = chart.path + "/values.yaml"
    guard try context.text(ofFile: valuesPath) != nil else { return .skipped("\(valuesPath) does not exist") }
    guard let values = context.facts.documents(of: .file(valuesPath))?.first else {
      return .unknown("\(valuesPath) is not YAML, or empty")
    }
    var references: Set<String> = []
    var templates = 0
    for name in chartTexts(sources) where name.hasPrefix("templates/") {
      guard let text = try context.text(ofFile: chart.path + "/" + name) else { continue }
      templates += 1
      references.formUnion(valueReferences(in: text))
    }
    guard templates > 0 else { return .unknown("the chart's templates are not known") }
    let subcharts = (context.facts.documents(of: .file(chart.path + "/Chart.yaml"))?.first?["dependencies"]?.list ?? [])
      .map { $0["alias"]?.scalarText ?? $0["name"]?.scalarText ?? "" }
    let leaves = leaves(of: values).filter { leaf in
      !subcharts.contains { leaf == $0 || leaf.hasPrefix($0 + ".") } && !leaf.hasPrefix("global")
    }
    let unused = leaves.filter { leaf in !references.contains { leaf == $0 || leaf.hasPrefix($0 + ".") } }
    return unused.isEmpty
      ? .holds("\(leaves.count) values")
      : .fails(
        "\(listed(unused, limit: 3)) in no template", advice: "use it in a template, or leave it out of values.yaml")
  }
}

/// The files of a chart that say what values there are and which are used.
private func chartTexts(_ sources: Sources) -> [String] {
  let texts = sources.chartFiles.filter { $0.hasPrefix("templates/") && !$0.hasPrefix("templates/tests/") }
  return ["Chart.yaml", "values.yaml"] + texts.prefix(60)
}

/// The names of all values that are no mappings: `backend.image.tag`.
private func leaves(of node: YAMLNode, _ path: String = "") -> [String] {
  node.mapping.flatMap { member -> [String] in
    let name = path.isEmpty ? member.key : path + "." + member.key
    return member.value.mapping.isEmpty ? [name] : leaves(of: member.value, name)
  }
}

/// What a template reads of the values: `.Values.a.b` is `a.b`, and all below it.
private func valueReferences(in text: String) -> Set<String> {
  var found: Set<String> = []
  var rest = text[...]
  while let start = rest.firstRange(of: ".Values") {
    rest = rest[start.upperBound...]
    if rest.first == "." {
      var name = rest.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
      while name.last == "." { name.removeLast() }
      found.insert(String(name))
    } else {
      // index .Values "a" "b"
      var names: [String] = []
      var tail = rest.drop { $0 == " " }
      while tail.first == "\"", let end = tail.dropFirst().firstIndex(of: "\"") {
        names.append(String(tail.dropFirst()[..<end]))
        tail = tail[tail.index(after: end)...].drop { $0 == " " }
      }
      if !names.isEmpty { found.insert(names.joined(separator: ".")) }
    }
  }
  return found
}
