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
      let path = chart.path + "/" + name
      guard try context.text(ofFile: path) != nil else { continue }
      templates += 1
      references.formUnion(context.facts.valueReferences(of: .file(path)))
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
