import YAML

/// What containers of an image do.
struct ImageCharacter: Sendable {
  let name: String
  let sizeBytes: Int
  /// Seconds to pull the image the first time.
  let pullSeconds: Double
  /// Seconds from the start of the container to its readiness.
  let readySeconds: Double
  /// Seconds a container takes to end after SIGTERM.
  let stopSeconds: Double
  /// Seconds until the container crashes; `nil` for images that keep running.
  let crashSeconds: Double?
  /// The exit code of a crash.
  let exitCode: Int
  /// Seconds until the container has done its work and ends with exit code 0; `nil` for images that keep running.
  let runSeconds: Double?
  /// The port the image listens on, 0 for none; `nil` where every probe finds it.
  let port: Int?
  /// The port of the database that the image needs; `nil` where it needs none.
  let databasePort: Int?
  /// The Service of its namespace that the image sends requests to.
  let upstream: String?
  /// The probes that never succeed.
  let failingProbes: Set<ProbeKind>
  /// What is logged.
  let log: LogStyle
  /// The lowest and highest CPU use, in millicores.
  let cpuMillicores: ClosedRange<Double>
  /// The lowest and highest memory use, in MiB.
  let memoryMebibytes: ClosedRange<Double>
}

/// The images a node can pull; every other one is not found, as a tag nobody built.
struct ImageCatalog: Sendable {
  private var characters: [String: ImageCharacter] = [:]

  /// The images in the order of their names.
  var all: [ImageCharacter] { characters.values.sorted { $0.name < $1.name } }

  /// The character of an image; `nil` where it cannot be pulled.
  subscript(image: String) -> ImageCharacter? { characters[image] }

  /// The images that every scenario has, of `Resources/demo/parts/images.yaml`.
  static func common(_ resource: (String) -> [UInt8]? = demoResource) throws(ScenarioProblem) -> ImageCatalog {
    let file = "parts/images.yaml"
    return try ScenarioProblem.wrap(file) { () throws(YAMLError) in
      var catalog = ImageCatalog()
      for document in try yamlDocuments(resource(file) ?? []) {
        try catalog.add(try document.fields(["images"]).required("images").elements())
      }
      return catalog
    }
  }

  /// Adds images; one of a name that is there takes its place.
  mutating func add(_ nodes: [YAMLNode]) throws(YAMLError) {
    for node in nodes {
      let character = try ImageCharacter(node)
      characters[character.name] = character
    }
  }
}

extension ImageCharacter {
  private static let keys = [
    "image", "size", "pull", "ready", "stop", "crash", "exitCode", "work", "port", "databasePort", "upstream",
    "failingProbes", "cpu", "memory",
    "log",
  ]

  /// Reads one image.
  init(_ node: YAMLNode) throws(YAMLError) {
    let fields = try node.fields(Self.keys)
    let probes = try (try fields["failingProbes"]?.elements() ?? []).map { node throws(YAMLError) in
      guard let kind = ProbeKind(rawValue: try node.text()) else {
        throw node.expected("startup, readiness or liveness")
      }
      return kind
    }
    name = try fields.required("image").text()
    sizeBytes = try fields["size"]?.whole(0...Int.max) ?? 1 << 26
    pullSeconds = try fields["pull"]?.seconds() ?? 2
    readySeconds = try fields["ready"]?.seconds() ?? 1
    stopSeconds = try fields["stop"]?.seconds() ?? 1
    crashSeconds = try fields["crash"]?.seconds()
    exitCode = try fields["exitCode"]?.whole(0...255) ?? 1
    runSeconds = try fields["work"]?.seconds()
    port = try fields["port"]?.whole(0...65_535)
    databasePort = try fields["databasePort"]?.whole(1...65_535)
    upstream = try fields["upstream"]?.text()
    failingProbes = Set(probes)
    log = try fields["log"].map { node throws(YAMLError) in try LogStyle(node) } ?? .quiet
    cpuMillicores = try fields["cpu"]?.range() ?? 1...5
    memoryMebibytes = try fields["memory"]?.range() ?? 10...20
  }
}
