import ClusterModel

/// Where sources may lie: nothing is looked at again.
package struct FoundSources: Sendable {
  package var working: SourceFolder
  package var sample: SourceFolder

  /// What was found in the working folder and in the sample.
  package init(working: SourceFolder = SourceFolder(), sample: SourceFolder = SourceFolder(root: "sample")) {
    self.working = working
    self.sample = sample
  }
}

extension Profile {
  /// Reads a profile and looks for its sources.
  ///
  /// - Throws: ``ProfileProblem`` at the first mistake.
  package init(
    yaml: String, file: String, origin: Origin, found: FoundSources = FoundSources()
  ) throws(ProfileProblem) {
    self = try ProfileText(yaml: yaml, file: file, origin: origin).resolved(found)
  }
}

extension ProfileText {
  /// The profile with its sources, its checks for each image, and what its placeholders stand for.
  package func resolved(_ found: FoundSources) -> Profile {
    // Of any namespace nobody can know what it is made from.
    let isSearched = sources != nil || origin != .builtIn
    let search = SourceSearch(written: sources ?? SourcesText(), working: found.working, sample: found.sample)
    let (places, chart, isOwnChart) = isSearched ? search.found() : (Sources(), nil, false)
    var sources = places
    if sources.release.isEmpty { sources.release = chart?.name ?? "" }
    var profile = Profile(
      origin: origin, name: name, namespace: namespace, workloads: workloads, hosts: hosts, guards: guards,
      sources: sources, secret: secret, drills: drills, phases: [])
    // The built-in profile is the sample's: of another chart it knows only what that chart says.
    if origin == .builtIn, isOwnChart, let chart, chart.name != builtInChart { profile.adopt(chart) }
    let filling = CheckFilling(profile)
    profile.phases = phases.map { phase in
      Phase(phase.number, phase.name, phase.checks.flatMap { filling.checks(of: $0) }, reason: phase.reason)
    }
    return profile
  }
}

/// The chart of the sample.
private let builtInChart = "todo-app"

extension Profile {
  /// Takes over from a chart that is not the profile's own.
  fileprivate mutating func adopt(_ chart: ChartText) {
    name = chart.name
    // Where it is to run, only the person knows who looks at a namespace.
    namespace = nil
    workloads = []
    drills = []
    sources.release = String(chart.name.prefix(53))
    hosts = chart.host.isEmpty ? [] : [Host(chart.host, paths: [Host.Path("/", status: 200)])]
    secret = chart.existingSecret.isEmpty ? nil : SecretKeys(name: chart.existingSecret, required: [], optional: [])
  }
}

/// Makes the checks of a profile from how they are written.
private struct CheckFilling {
  let profile: Profile
  private let values: [String: String]

  init(_ profile: Profile) {
    self.profile = profile
    let sources = profile.sources
    var values: [String: String] = [:]
    values["chart"] = sources.chart?.path
    values["release"] = sources.release.isEmpty ? nil : sources.release
    values["namespace"] = profile.namespace
    values["values"] = sources.values.map(\.path).joined(separator: ",")
    values["manifests"] = sources.manifests?.path
    values["host"] = profile.hosts.first?.name
    values["secret"] = profile.secret?.name
    for image in sources.images { values.merge(Self.values(of: image, as: image.name)) { _, new in new } }
    self.values = values
  }

  private static func values(of image: Sources.Image, as name: String) -> [String: String] {
    var values = ["\(name).name": image.name, "\(name).image": image.image]
    values["\(name).dockerfile"] = image.dockerfile?.path
    values["\(name).context"] = image.context?.path
    return values
  }

  /// One check, or one for each image.
  func checks(of text: CheckText) -> [Check] {
    guard text.isForEachImage else { return [check(text, id: text.id, title: title(text, values), values)] }
    let images = profile.sources.images
    return images.map { image in
      let values = values.merging(Self.values(of: image, as: "image")) { _, new in new }
      let name = images.count > 1 && !text.title.contains("${image.") ? "\(image.name): " : ""
      return check(
        text, id: images.count > 1 ? "\(text.id)-\(image.name)" : text.id, title: name + title(text, values), values)
    }
  }

  private func title(_ text: CheckText, _ values: [String: String]) -> String {
    text.title.isEmpty ? text.kind.summary : Placeholders.filled(text.title, values) ?? text.kind.summary
  }

  private func check(_ text: CheckText, id: String, title: String, _ values: [String: String]) -> Check {
    var parameters = text.parameters
    for (name, value) in parameters.values {
      switch value {
      case .number: continue
      case .text(let text): parameters.values[name] = .text(Placeholders.filled(text, values) ?? "")
      case .texts(let texts): parameters.values[name] = .texts(texts.compactMap { Placeholders.filled($0, values) })
      }
    }
    return Check(id: id, title: title, kind: text.kind, parameters: parameters, remedy: remedy(text.remedy, values))
  }

  private func remedy(_ text: CheckText.RemedyText?, _ values: [String: String]) -> Remedy? {
    switch text {
    case nil: return nil
    case .step(let step): return .run(step)
    case .advice(let text): return .advice(Placeholders.filled(text, values) ?? text)
    case .words(let words):
      var filled: [String] = []
      for word in words {
        guard let word = Placeholders.filled(word, values) else {
          return .advice("name in the profile's sources what \(word) stands for: it was not found")
        }
        filled.append(word)
      }
      return .run(.words(filled))
    }
  }
}
