/// Docker, as the demo plays it.
struct PlayedDocker {
  let stage: PlayedTool.Stage

  /// The version that it claims.
  static let version = "28.2.2"

  func run(_ words: [String], _ state: inout ToolState) -> Int32 {
    let rest = Array(words.dropFirst())
    switch words.first {
    case "version": return version(rest)
    case "build": return build(rest, &state)
    case "buildx" where rest.first == "build": return build(Array(rest.dropFirst()), &state)
    case "image" where rest.first == "build": return build(Array(rest.dropFirst()), &state)
    case "image" where rest.first == "inspect": return inspect(Array(rest.dropFirst()), state)
    case "images",
      "image" where ["ls", nil].contains(rest.first):
      return list(state)
    default:
      return stage.refuse("docker: unknown command: docker \(words.joined(separator: " ")).")
    }
  }

  private func version(_ words: [String]) -> Int32 {
    if words.value(of: "--format", "-f") == "{{.Server.Version}}" {
      stage.say("\(Self.version)\n")
    } else {
      stage.say(
        "Client: \(PlayedTool.sign)\n Version:           \(Self.version)\n\nServer: \(PlayedTool.sign)\n Engine:\n  Version:          \(Self.version)\n"
      )
    }
    return 0
  }

  private func build(_ words: [String], _ state: inout ToolState) -> Int32 {
    let options: Set<String> = ["-t", "--tag", "-f", "--file", "--build-arg", "--target", "--platform", "--progress"]
    guard let context = words.places(options: options).last else {
      return stage.refuse("docker: \"docker build\" requires 1 argument, the folder to build from.")
    }
    guard let image = words.value(of: "-t", "--tag") else {
      return stage.refuse("docker build: name the image with -t.")
    }
    let file = words.value(of: "-f", "--file") ?? "\(context)/Dockerfile"
    guard let dockerfile = stage.readFile(file) else {
      return stage.refuse("ERROR: failed to read dockerfile: open \(file): no such file or directory.")
    }
    stage.tell(PlayedBuild.lines(image, dockerfile: dockerfile, file: file))
    state.built.insert(image)
    return 0
  }

  private func inspect(_ words: [String], _ state: ToolState) -> Int32 {
    guard let image = words.places(options: ["-f", "--format"]).first else {
      return stage.refuse("docker: \"docker image inspect\" requires at least 1 argument.")
    }
    guard state.built.contains(image) else {
      stage.say("[]\n")
      stage.complain("Error response from daemon: No such image: \(image) \(PlayedTool.sign)\n")
      return 1
    }
    stage.say(String(decoding: PlayedImage(image).inspection.encoded, as: UTF8.self) + "\n")
    return 0
  }

  private func list(_ state: ToolState) -> Int32 {
    stage.say("REPOSITORY:TAG \(PlayedTool.sign)\n" + state.built.sorted().map { $0 + "\n" }.joined())
    return 0
  }
}

/// An image that was never built.
struct PlayedImage {
  let name: String

  init(_ name: String) { self.name = name }

  /// Plausible for what its name says; in bytes.
  var size: Int { name.contains("frontend") ? 64_382_117 : name.contains("backend") ? 151_204_377 : 118_730_604 }

  /// A number that is always the same for a name.
  var id: String {
    // FNV-1a, drawn out to the length of a digest.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    return (0..<4).map { round in
      for byte in name.utf8 { hash = (hash ^ UInt64(byte) ^ UInt64(round)) &* 0x100_0000_01B3 }
      let digits = String(hash, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// As `docker image inspect` prints it.
  var inspection: JSON {
    let port = name.contains("frontend") ? 8_080 : 8_000
    let path = name.contains("frontend") ? "/healthz" : "/health/live"
    let configuration: JSON = [
      "User": .string(name.contains("frontend") ? "101" : "10001"),
      "ExposedPorts": .object([JSON.Member(name: "\(port)/tcp", value: [:])]),
      "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
      "Healthcheck": ["Test": ["CMD-SHELL", .string("wget -qO- http://127.0.0.1:\(port)\(path)")]],
      "Labels": ["todotop.demo": "played by the demo"],
    ]
    return [
      [
        "Id": .string("sha256:" + id), "RepoTags": [.string(name)], "Created": "2026-11-21T00:00:00Z",
        "Architecture": "amd64", "Os": "linux", "Size": .integer(size), "Config": configuration,
      ]
    ]
  }
}

/// What a build prints that nobody makes.
enum PlayedBuild {
  /// The lines, each with the seconds after the last.
  static func lines(_ image: String, dockerfile: String, file: String) -> [(after: Double, text: String)] {
    let steps = dockerfile.split(separator: "\n").map { $0.trimmingPrefix(" ") }
      .filter { line in ["FROM ", "RUN ", "COPY "].contains { line.hasPrefix($0) } }.prefix(24)
    var lines: [(after: Double, text: String)] = [
      (0, "building \(image) \(PlayedTool.sign): nothing is built on this machine"),
      (0.2, "#1 [internal] load build definition from \(file)"), (0.1, "#1 DONE 0.0s"),
    ]
    for (index, step) in steps.enumerated() {
      let seconds = step.hasPrefix("RUN ") ? 0.7 : 0.2
      lines.append((0.1, "#\(index + 2) [\(index + 1)/\(steps.count)] \(step)"))
      lines.append((seconds, "#\(index + 2) DONE \(seconds)s"))
    }
    lines.append((0.2, "#\(steps.count + 2) exporting to image"))
    lines.append((0.2, "#\(steps.count + 2) writing image sha256:\(PlayedImage(image).id) done"))
    lines.append((0, "#\(steps.count + 2) naming to \(image) done \(PlayedTool.sign)"))
    return lines
  }
}
