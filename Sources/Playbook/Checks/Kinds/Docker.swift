import ClusterModel

extension CheckKind {
  static let dockerAnswers = CheckKind(
    "docker-answers", "Docker answers", parameters: [CheckParameter("minimum", .text, usual: .text("24"))],
    questions: { _, _, _ in [.tool(.dockerVersion)] }
  ) { parameters, context throws(Unanswered) in
    let said = try context.output(of: .dockerVersion)
    let version = cut(said.output.trimmed)
    guard said.code == 0, let number = VersionNumber(version) else {
      return .fails("the engine does not answer: \(said.problem)", advice: "start Docker")
    }
    guard let minimum = VersionNumber(parameters.text("minimum")), number < minimum else { return .holds(version) }
    return .fails("\(version) is older than \(parameters.text("minimum"))", advice: "update Docker")
  }

  /// One image, wherever it is: on a node, among Minikube's, or in Docker on this machine.
  static let imageSize = CheckKind(
    "image-size", "the image exists and is small",
    parameters: [CheckParameter("image", .text), CheckParameter("maxMegabytes", .number, usual: .number(0))],
    questions: { parameters, profile, _ in
      let image = profile.sources.image(parameters.text("image")).image
      return [.tool(.minikubeImages), .tool(.dockerImage(image))]
    }
  ) { parameters, context throws(Unanswered) in
    let image = context.profile.sources.image(parameters.text("image"))
    let written = parameters.number("maxMegabytes")
    let limit = written > 0 ? written : Double(image.maxMegabytes ?? 500)
    guard let found = try context.size(of: image.image) else {
      return .fails("\(image.image) is neither on a node nor in Docker", advice: "build \(image.image)")
    }
    let megabytes = Double(found.bytes) / 1_000_000
    let evidence = "\(Int(megabytes.rounded())) MB of \(Int(limit)), \(found.place)"
    return megabytes <= limit
      ? .holds(evidence) : .fails(evidence, advice: "build in several stages and leave build tools behind")
  }

  /// A node that may not pull an image must have it.
  static let imageLoaded = CheckKind(
    "image-loaded", "the image is on the node", parameters: [CheckParameter("image", .text)],
    questions: { _, _, _ in [.tool(.minikubeImages)] }
  ) { parameters, context throws(Unanswered) in
    let image = context.profile.sources.image(parameters.text("image")).image
    let snapshot = context.snapshot
    if let waiting = snapshot.pullProblem(of: image, in: context.namespace) {
      return .fails(waiting, advice: "load \(image) into the cluster")
    }
    if snapshot.nodeImage(image) != nil { return .holds("\(image) is on a node") }
    if snapshot.runs(image, in: context.namespace) { return .holds("\(image) runs") }
    let first = image.split(separator: "/").first ?? ""
    if image.contains("/"), first.contains(".") || first.contains(":") { return .skipped("pulled from \(first)") }
    let loaded = try context.minikubeImages()
    if loaded.contains(where: { $0.names.contains { isSameImage(image, $0) } }) {
      return .holds("\(image) is among Minikube's images")
    }
    return .fails("\(image) is not on the node", advice: "load \(image) into the cluster")
  }

  /// By name: the value of a variable is never shown.
  static let imageEnvironment = CheckKind(
    "image-environment", "the image holds no secret", parameters: [CheckParameter("image", .text)],
    questions: { parameters, profile, _ in
      let image = profile.sources.image(parameters.text("image"))
      let file = image.dockerfile.map { [FactQuestion.file($0.path)] } ?? []
      return [.tool(.dockerImage(image.image))] + file
    }
  ) { parameters, context throws(Unanswered) in
    let image = context.profile.sources.image(parameters.text("image"))
    var names: [String] = []
    var places: [String] = []
    if case .ended(code: 0, _, _)? = context.facts[tool: .dockerImage(image.image)] {
      let inspected = try context.document(of: .dockerImage(image.image))
      names += (inspected.elements.first?["Config"]?["Env"]?.elements ?? []).compactMap { nameOfSecret($0.scalar) }
      places.append("the image")
    }
    if let path = image.dockerfile?.path, let text = try? context.text(ofFile: path) {
      names += Dockerfile(text).environment.compactMap(nameOfSecret)
      places.append("its Dockerfile")
    }
    guard !places.isEmpty else {
      _ = try context.output(of: .dockerImage(image.image))
      return .unknown("neither the image nor its Dockerfile can be read")
    }
    let found = Set(names).sorted()
    return found.isEmpty
      ? .holds("none in \(places.joined(separator: " and "))")
      : .fails(
        "\(listed(found)) set in \(image.image)", advice: "give it to the pods by a Secret, and build the image again")
  }
}

/// The name in `NAME=value` where it is a secret's and has a value.
private func nameOfSecret(_ assignment: String) -> String? {
  let parts = assignment.split(separator: "=", maxSplits: 1)
  guard parts.count == 2, !parts[1].hasPrefix("$"), namesSecret(parts[0]) else { return nil }
  return String(parts[0])
}

extension CheckContext {
  /// An image with its names and its size.
  struct StoredImage {
    var names: [String]
    var bytes: Int
  }

  /// The images that Minikube's nodes hold.
  func minikubeImages() throws(Unanswered) -> [StoredImage] {
    try document(of: .minikubeImages).elements.map { image in
      let names = (image["repoTags"]?.elements ?? []) + (image["repoDigests"]?.elements ?? [])
      return StoredImage(names: names.map(\.scalar), bytes: Int(image["size"]?.scalar ?? "") ?? 0)
    }
  }

  /// How large an image is and where it lies; `nil` where it is nowhere.
  ///
  /// - Throws: Where neither Docker nor Minikube can tell.
  fileprivate func size(of image: String) throws(Unanswered) -> (bytes: Int, place: String)? {
    if let found = snapshot.nodeImage(image) { return (found.sizeBytes, "on the node") }
    let loaded = try? minikubeImages()
    if let found = loaded?.first(where: { $0.names.contains { isSameImage(image, $0) } }), found.bytes > 0 {
      return (found.bytes, "in Minikube")
    }
    do throws(Unanswered) {
      let said = try output(of: .dockerImage(image))
      guard said.code == 0 else { return nil }
      if let bytes = Int(try said.document.elements.first?["Size"]?.scalar ?? "") { return (bytes, "in Docker") }
      throw Unanswered(.unknown("Docker does not say how large \(image) is"))
    } catch {
      // Without Docker, Minikube's list alone can say that there is none.
      if loaded != nil { return nil }
      throw error
    }
  }
}

extension Snapshot {
  /// An image as a node reports it.
  func nodeImage(_ image: String) -> NodeImage? {
    nodes.objects().lazy.flatMap(\.images).first { $0.names.contains { isSameImage(image, $0) } }
  }

  /// Whether a container runs from an image.
  func runs(_ image: String, in namespace: String?) -> Bool {
    pods.keys(in: namespace).contains { key in
      guard let pod = pods[key], pod.containers.contains(where: { isSameImage($0.image, image) }) else { return false }
      return pod.containerStatuses.contains { status in
        if case .running = status.state { isSameImage(image, status.image) } else { false }
      }
    }
  }

  /// What a container says that waits for an image; `nil` where none does.
  func pullProblem(of image: String, in namespace: String?) -> String? {
    let reasons: Set<String> = ["ErrImageNeverPull", "ErrImagePull", "ImagePullBackOff", "InvalidImageName"]
    let waiting = pods.keys(in: namespace).compactMap { key -> (key: ObjectKey, reason: String)? in
      guard let pod = pods[key] else { return nil }
      for status in pod.containerStatuses {
        guard case .waiting(let reason, _) = status.state, reasons.contains(reason) else { continue }
        let wanted = pod.containers.first { $0.name == status.name }?.image ?? status.image
        if isSameImage(image, wanted) || isSameImage(wanted, image) { return (key, reason) }
      }
      return nil
    }
    return waiting.min { $0.key < $1.key }.map { "\($0.key.name) waits: \($0.reason)" }
  }
}

extension String {
  /// Without blanks and line ends around it.
  var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
