import YAML

/// What happens at a moment of a scenario without anybody's doing.
enum ScenarioCommand: Sendable {
  /// Objects are created.
  case apply([Manifest])
  /// The image of a Deployment's first container is changed.
  case image(ObjectKey, String)
  /// The pods of a Deployment are replaced by its rollout.
  case restart(ObjectKey)
  /// The replicas of a Deployment are changed.
  case scale(ObjectKey, Int)
  /// One pod of a Deployment is deleted.
  case deletePod(ObjectKey)
}

extension ScenarioCommand {
  /// The words that commands begin with.
  static let words = ["apply", "image", "restart", "scale", "delete-pod"]

  /// Reads a command such as `scale deployment/todo-backend 4`.
  ///
  /// - Parameter manifests: The objects of a file by its name.
  init(
    _ node: YAMLNode, namespace: String, manifests: (String, YAMLPlace) throws(ScenarioProblem) -> [Manifest]
  ) throws(ScenarioProblem) {
    let words = try ScenarioProblem.wrap { () throws(YAMLError) in try Self.words(of: node) }
    self =
      words[0] == "apply"
      ? .apply(try manifests(words[1], node.place))
      : try ScenarioProblem.wrap { () throws(YAMLError) in try Self.change(words, node.place, namespace: namespace) }
  }

  /// The words of a command: as many as its first one needs.
  private static func words(of node: YAMLNode) throws(YAMLError) -> [String] {
    let words = try node.text().split(separator: " ").map(String.init)
    guard let verb = words.first, Self.words.contains(verb) else {
      throw YAMLError(node.place, unknown: words.first ?? "", of: "command", known: Self.words)
    }
    let needed = ["image", "scale"].contains(verb) ? 3 : 2
    guard words.count == needed else {
      throw YAMLError(node.place, "\(verb) takes \(needed - 1) word\(needed == 2 ? "" : "s")")
    }
    return words
  }

  private static func change(
    _ words: [String], _ place: YAMLPlace, namespace: String
  ) throws(YAMLError) -> ScenarioCommand {
    let verb = words[0]
    let head = "deployment/"
    guard words[1].hasPrefix(head) else { throw YAMLError(place, "\(verb) is for deployment/NAME") }
    let key = ObjectKey(namespace: namespace, name: String(words[1].dropFirst(head.count)))
    switch verb {
    case "image": return .image(key, words[2])
    case "restart": return .restart(key)
    case "delete-pod": return .deletePod(key)
    default:
      guard let replicas = Int(words[2]), replicas >= 0 else {
        throw YAMLError(place, "\"\(words[2])\" is no number of replicas")
      }
      return .scale(key, replicas)
    }
  }
}

extension World {
  /// Does what a scenario says.
  mutating func obey(_ command: ScenarioCommand) {
    switch command {
    case .apply(let manifests): apply(manifests)
    case .image(let deployment, let image): setImage(of: deployment, to: image)
    case .restart(let deployment):
      let time = JSON.string(now.text)
      update(.deployments, deployment) { object in
        var template = object.value(at: "spec.template") ?? .object([])
        template["metadata", "annotations"] = template["metadata", "annotations"] ?? .object([])
        template["metadata"]?["annotations"]?["kubectl.kubernetes.io/restartedAt"] = time
        object["spec", "template"] = template
      }
    case .scale(let deployment, let replicas):
      update(.deployments, deployment) { $0["spec", "replicas"] = .integer(replicas) }
    case .deletePod(let deployment):
      let pods = store.objects(.pods, in: deployment.namespace)
      let first = pods.first { $0.controller?.name.hasPrefix(deployment.name + "-") == true && !$0.isTerminating }
      if let first { deletePod(first.key) }
    }
  }

  /// Changes the image of a Deployment's first container.
  mutating func setImage(of deployment: ObjectKey, to image: String) {
    update(.deployments, deployment) { object in
      var containers = object.value(at: "spec.template.spec.containers")?.elements ?? []
      guard !containers.isEmpty else { return }
      containers[0]["image"] = .string(image)
      object["spec"]?["template"]?["spec"]?["containers"] = .array(containers)
    }
  }
}
