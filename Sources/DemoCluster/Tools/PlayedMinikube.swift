/// Minikube, as the demo plays it: its cluster is the demo's, so it always runs.
struct PlayedMinikube {
  let stage: PlayedTool.Stage

  /// The version that it claims.
  static let version = "v1.36.0"
  /// The add-ons that it lists, as far as they matter here.
  private static let known = [
    "dashboard", "default-storageclass", "ingress", "ingress-dns", "metrics-server", "registry", "storage-provisioner",
  ]

  func run(_ words: [String], _ state: inout ToolState) -> Int32 {
    var words = words
    let profile = words.value(of: "-p", "--profile") ?? "minikube"
    if let index = words.firstIndex(where: { ["-p", "--profile"].contains($0) }), index + 1 < words.count {
      words.removeSubrange(index...index + 1)
    }
    words.removeAll { $0.hasPrefix("--profile=") || $0.hasPrefix("-p=") }
    let rest = Array(words.dropFirst())
    switch words.first {
    case "version": stage.say(rest == ["--short"] ? "\(Self.version)\n" : "minikube version: \(Self.version)\n")
    case "status": return status(rest, profile)
    case "start": return start(profile)
    case "ip": stage.say("127.0.0.1\n")
    case "addons": return addons(rest, profile, &state)
    case "image": return image(rest, &state)
    default:
      return stage.refuse(
        "minikube: the demo does not play \"minikube \(words.joined(separator: " "))\"; its cluster runs as long as it does."
      )
    }
    return 0
  }

  private func status(_ words: [String], _ profile: String) -> Int32 {
    let parts = [
      ("Name", profile), ("Host", "Running"), ("Kubelet", "Running"), ("APIServer", "Running"),
      ("Kubeconfig", "Configured"),
    ]
    guard ["json"].contains(words.value(of: "-o", "--output")) else {
      stage.say(
        "\(profile) \(PlayedTool.sign)\n" + parts.dropFirst().map { "\($0.0.lowercased()): \($0.1)\n" }.joined())
      return 0
    }
    let members = parts.map { JSON.Member(name: $0.0, value: .string($0.1)) }
    stage.say(encoded(.object(members + [JSON.Member(name: "Worker", value: false)])))
    return 0
  }

  private func start(_ profile: String) -> Int32 {
    stage.tell([
      (0, "* [\(profile)] minikube \(Self.version) \(PlayedTool.sign): nothing is started on this machine"),
      (0.6, "* Using the demo's cluster as the \"\(profile)\" machine"),
      (0.8, "* Enabled addons: default-storageclass, ingress, metrics-server, storage-provisioner"),
      (0.4, "* Done! kubectl is now configured to use \"\(profile)\" \(PlayedTool.sign)"),
    ])
    return 0
  }

  private func addons(_ words: [String], _ profile: String, _ state: inout ToolState) -> Int32 {
    switch (words.first, words.count > 1 ? words[1] : "") {
    case ("list", _):
      let entries = Self.known.map { name in
        JSON.Member(
          name: name,
          value: ["Profile": .string(profile), "Status": .string(state.addons.contains(name) ? "enabled" : "disabled")])
      }
      stage.say(encoded(.object(entries)))
      return 0
    case ("enable", let name) where Self.known.contains(name):
      stage.tell([
        (0, "* \(name) is an addon maintained by minikube \(PlayedTool.sign)"), (0.8, "* Verifying \(name) addon..."),
        (0.8, "* The '\(name)' addon is enabled \(PlayedTool.sign)"),
      ])
      state.addons.insert(name)
      return 0
    default: return stage.refuse("minikube: the demo does not play \"addons \(words.joined(separator: " "))\".")
    }
  }

  private func image(_ words: [String], _ state: inout ToolState) -> Int32 {
    let rest = Array(words.dropFirst())
    switch words.first {
    case "ls", "list":
      let images = state.loaded.sorted().map { name -> JSON in
        let image = PlayedImage(name)
        return [
          "id": .string(image.id), "repoDigests": [], "repoTags": [.string("docker.io/library/" + name)],
          "size": .string("\(image.size)"),
        ]
      }
      stage.say(encoded(.array(images)))
    case "load":
      guard let image = rest.places(options: []).first else { return stage.refuse("minikube: name an image to load.") }
      guard state.built.contains(image) else {
        return stage.refuse("X Exiting due to GUEST_IMAGE_LOAD: docker has no image \(image).")
      }
      stage.tell([
        (0, "loading \(image) \(PlayedTool.sign)"),
        (1.2, "\(PlayedImage(image).size / 1_000_000) MB written \(PlayedTool.sign)"),
      ])
      state.loaded.insert(image)
    case "build":
      guard let image = rest.value(of: "-t", "--tag"),
        let context = rest.places(options: ["-t", "--tag", "-f", "--file", "--build-opt", "--build-env"]).last
      else { return stage.refuse("minikube image build: name the image with -t, and the folder to build from.") }
      // As the real one has it, the file is named from the folder.
      let file = rest.value(of: "-f", "--file") ?? "Dockerfile"
      guard let dockerfile = stage.readFile(file.hasPrefix("/") ? file : "\(context)/\(file)") ?? stage.readFile(file)
      else { return stage.refuse("ERROR: failed to read dockerfile: open \(file): no such file or directory.") }
      stage.tell(PlayedBuild.lines(image, dockerfile: dockerfile, file: file))
      state.loaded.insert(image)
    default: return stage.refuse("minikube: the demo does not play \"image \(words.joined(separator: " "))\".")
    }
    return 0
  }

  private func encoded(_ json: JSON) -> String { String(decoding: json.encoded, as: UTF8.self) + "\n" }
}
