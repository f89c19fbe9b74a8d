import ClusterModel

extension CheckKind {
  /// Several stages where a page is built, a user that is not root, and something that tells whether it lives.
  static let dockerfile = CheckKind(
    "dockerfile", "the Dockerfile is in good order",
    parameters: [CheckParameter("image", .text), CheckParameter("stages", .number, usual: .number(1))],
    questions: { parameters, profile, snapshot in
      let image = profile.sources.image(parameters.text("image"))
      return (image.dockerfile.map { [.file($0.path)] } ?? []) + profile.manifestQuestions(in: snapshot)
    }
  ) { parameters, context throws(Unanswered) in
    let image = context.profile.sources.image(parameters.text("image"))
    guard let path = image.dockerfile?.path else {
      return .skipped("no Dockerfile of \(image.name) is known")
    }
    guard let text = try context.text(ofFile: path) else {
      return .fails("\(path) does not exist", advice: "write a Dockerfile for \(image.name)")
    }
    let file = Dockerfile(text)
    guard !file.stages.isEmpty else { return .fails("\(path) has no FROM", advice: "begin it with FROM") }
    var problems: [(String, String)] = []
    if file.stages.count < Int(parameters.number("stages")) || file.keepsBuildTools {
      problems.append(("\(file.stages.count) stage", "build in one stage and copy the result into another"))
    }
    if !file.isNonRoot { problems.append(("runs as root", "end it with USER and a number that is not 0")) }
    if file.stages.last?.hasHealthCheck != true, !context.hasProbes(for: image.image) {
      problems.append(("no HEALTHCHECK and no probe", "add a HEALTHCHECK, or probes in the chart"))
    }
    guard let first = problems.first else {
      let count = file.stages.count
      let stages = count == 1 ? "1 stage" : "\(count) stages"
      return .holds("\(stages), user \(file.stages.last?.user ?? "of the base image")")
    }
    return .fails(listed(problems.map(\.0), limit: 3), advice: first.1)
  }

  static let dockerIgnore = CheckKind(
    "docker-ignore", ".dockerignore keeps secrets and ballast out",
    parameters: [
      CheckParameter("image", .text),
      CheckParameter("entries", .texts, usual: .texts([".env", "node_modules", ".git"])),
    ],
    questions: { parameters, profile, _ in
      dockerIgnorePaths(profile.sources.image(parameters.text("image"))).map { .file($0) }
    }
  ) { parameters, context throws(Unanswered) in
    let image = context.profile.sources.image(parameters.text("image"))
    let paths = dockerIgnorePaths(image)
    guard let usual = paths.last else { return .skipped("the build context of \(image.name) is not known") }
    var text: String?
    // Docker takes the one beside the Dockerfile first.
    for path in paths where text == nil { text = try context.text(ofFile: path) }
    guard let text else {
      return .fails("\(usual) does not exist", advice: "write it with \(listed(parameters.texts("entries"), limit: 5))")
    }
    let missing = parameters.texts("entries").filter { !ignores(text, $0) }
    return missing.isEmpty
      ? .holds(listed(parameters.texts("entries"), limit: 5))
      : .fails("\(listed(missing, limit: 5)) not ignored", advice: "add \(listed(missing, limit: 5)) to \(usual)")
  }
}

/// Where the list of ignored files of an image may lie.
private func dockerIgnorePaths(_ image: Sources.Image) -> [String] {
  let beside = image.dockerfile.map { [$0.path + ".dockerignore"] } ?? []
  let usual = image.context.map { [$0.path == "." ? ".dockerignore" : $0.path + "/.dockerignore"] } ?? []
  return beside + usual
}

/// Whether a list leaves a file or folder out: by its name, by a pattern of its beginning, or with all.
private func ignores(_ text: String, _ entry: String) -> Bool {
  var isIgnored = false
  for line in text.split(whereSeparator: \.isNewline) {
    var pattern = String(line).trimmed
    if pattern.isEmpty || pattern.hasPrefix("#") { continue }
    let isException = pattern.hasPrefix("!")
    if isException { pattern.removeFirst() }
    while pattern.hasPrefix("/") { pattern.removeFirst() }
    if pattern.hasPrefix("**/") { pattern.removeFirst(3) }
    if pattern.hasSuffix("/**") { pattern.removeLast(3) }
    if pattern.hasSuffix("/*") { pattern.removeLast(2) }
    if pattern.hasSuffix("/") { pattern.removeLast() }
    let isMatch =
      pattern == entry || pattern == "*" || pattern == "**"
      || (pattern.hasSuffix("*") && entry.hasPrefix(pattern.dropLast()))
    if isMatch { isIgnored = !isException }
  }
  return isIgnored
}

extension CheckContext {
  /// Whether the containers of an image have a probe, in the cluster or in what the chart gives.
  func hasProbes(for image: String) -> Bool {
    let running = snapshot.steadyWorkloads(in: namespace).flatMap { snapshot.template(of: $0.key)?.containers ?? [] }
    if let container = running.first(where: { isSameImage(image, $0.image) }) {
      return container.readinessProbe != nil || container.livenessProbe != nil
    }
    let planned = knownManifests.flatMap(\.containers).first { isSameImage(image, $0["image"]?.scalarText ?? "") }
    return planned?["readinessProbe"] != nil || planned?["livenessProbe"] != nil
  }
}
