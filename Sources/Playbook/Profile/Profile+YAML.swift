import ClusterModel

extension Profile {
  /// The profile as a file that reads as the same profile: everything that was found is written out.
  package var yaml: String {
    var lines = YAMLText()
    lines.add(0, "name", name)
    lines.add(0, "namespace", namespace)
    if !workloads.isEmpty { lines.add(0, "workloads", workloads.map(\.typedName)) }
    write(hosts, to: &lines)
    lines.section("guards")
    lines.add(1, "local", guards.local)
    // What is built in is added to whatever a profile says.
    lines.add(1, "protected", guards.protected.filter { !Guards.builtIn.protected.contains($0) })
    write(sources, to: &lines)
    if let secret {
      lines.section("secret")
      lines.add(1, "name", secret.name)
      if !secret.required.isEmpty { lines.add(1, "required", secret.required) }
      if !secret.optional.isEmpty { lines.add(1, "optional", secret.optional) }
    }
    write(drills, to: &lines)
    lines.section("phases")
    for phase in phases { write(phase, to: &lines) }
    return lines.text
  }

  private func write(_ hosts: [Host], to lines: inout YAMLText) {
    guard !hosts.isEmpty else { return }
    lines.section("hosts")
    for host in hosts {
      let paths = host.paths.map { "{path: \(YAMLText.scalar($0.path)), expect: \($0.status)}" }
      lines.raw(1, "- {host: \(YAMLText.scalar(host.name)), paths: [\(paths.joined(separator: ", "))]}")
    }
  }

  private func write(_ sources: Sources, to lines: inout YAMLText) {
    guard sources != Sources() else { return }
    lines.section("sources")
    lines.add(1, "chart", sources.chart)
    if !sources.values.isEmpty { lines.add(1, "values", sources.values.map(\.path)) }
    lines.add(1, "manifests", sources.manifests)
    lines.add(1, "release", sources.release)
    lines.add(1, "root", sources.root)
    guard !sources.images.isEmpty else { return }
    lines.raw(1, "images:")
    for image in sources.images {
      lines.raw(1, "- name: \(YAMLText.scalar(image.name))")
      lines.add(2, "image", image.image)
      lines.add(2, "dockerfile", image.dockerfile)
      lines.add(2, "context", image.context)
      if let size = image.maxMegabytes { lines.raw(2, "maxMegabytes: \(size)") }
    }
  }

  private func write(_ drills: [DrillInstance], to lines: inout YAMLText) {
    guard !drills.isEmpty else { return }
    lines.section("drills")
    for drill in drills {
      lines.raw(0, "- kind: \(drill.kind.name)")
      lines.add(1, "target", drill.target)
      lines.add(1, "container", drill.container)
      lines.add(1, "host", drill.host)
      lines.add(1, "limit", drill.limitSeconds.map { "\($0)s" })
      if drill.title != drill.kind.title { lines.add(1, "title", drill.title) }
    }
  }

  private func write(_ phase: Phase, to lines: inout YAMLText) {
    lines.raw(0, "- name: \(YAMLText.scalar(phase.title))")
    lines.add(1, "reason", phase.reason)
    guard !phase.checks.isEmpty else { return }
    lines.raw(1, "checks:")
    for check in phase.checks { write(check, to: &lines) }
  }

  private func write(_ check: Check, to lines: inout YAMLText) {
    lines.raw(1, "- kind: \(check.kind.name)")
    lines.add(2, "id", check.id)
    lines.add(2, "title", Placeholders.escaped(check.title))
    for parameter in check.kind.parameters {
      guard let value = check.parameters.values[parameter.name], value != parameter.usual else { continue }
      switch value {
      case .text(let text): lines.add(2, parameter.name, Placeholders.escaped(text))
      case .number(let number): lines.raw(2, "\(parameter.name): \(YAMLText.number(number))")
      case .texts(let texts): lines.add(2, parameter.name, texts.map(Placeholders.escaped))
      }
    }
    switch check.remedy {
    case nil: break
    case .advice(let text): lines.add(2, "advice", Placeholders.escaped(text))
    case .run(.words(let words)): lines.add(2, "remedy", words.map(Placeholders.escaped))
    case .run(let step):
      if let name = CheckText.steps.first(where: { $0.step == step })?.name { lines.raw(2, "remedy: \(name)") }
    }
  }
}

/// Writes YAML line by line.
private struct YAMLText {
  private(set) var text = ""

  mutating func raw(_ depth: Int, _ line: String) {
    text += String(repeating: "  ", count: depth) + line + "\n"
  }

  mutating func section(_ name: String) { raw(0, "\(name):") }

  mutating func add(_ depth: Int, _ key: String, _ value: String?) {
    if let value, !value.isEmpty { raw(depth, "\(key): \(Self.scalar(value))") }
  }

  mutating func add(_ depth: Int, _ key: String, _ list: [String]) {
    raw(depth, "\(key): [\(list.map(Self.scalar).joined(separator: ", "))]")
  }

  mutating func add(_ depth: Int, _ key: String, _ place: Sources.Place?) {
    if let place { raw(depth, "\(key): \(Self.scalar(place.path))\(place.isSample ? "  # the sample" : "")") }
  }

  static func number(_ number: Double) -> String {
    number == number.rounded() ? "\(Int(number))" : "\(number)"
  }

  /// Plain where that means the same text, else in quotes.
  static func scalar(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isLetter || $0 == "/" } == true && text.last != " "
      && text.allSatisfy { $0.isLetter || $0.isNumber || " ./_-+=@()".contains($0) || $0 == ":" }
      && !text.contains(": ") && text.last != ":" && !text.contains(" #")
      && !["null", "true", "false", "yes", "no", "on", "off"].contains(text.lowercased())
    return isPlain ? text : "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }
}
