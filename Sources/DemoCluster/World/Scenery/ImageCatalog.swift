/// What containers of an image do; read from `Resources/demo/images.json`.
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
  /// The port the image listens on; `nil` where every probe finds it.
  let port: Int?
  /// The port of the database that the image needs; `nil` where it needs none.
  let databasePort: Int?
  /// The Service of its namespace that the image sends requests to.
  let upstream: String?
  /// The probes that never succeed.
  let failingProbes: Set<ProbeKind>
  /// The form of the log lines.
  let log: LogStyle
  /// The lowest and highest CPU use, in millicores.
  let cpuMillicores: ClosedRange<Double>
  /// The lowest and highest memory use, in MiB.
  let memoryMebibytes: ClosedRange<Double>
}

/// The images a node can pull; every other one is not found, as a tag nobody built.
struct ImageCatalog: Sendable {
  private let characters: [String: ImageCharacter]

  /// The images in the order of their names.
  var all: [ImageCharacter] { characters.values.sorted { $0.name < $1.name } }

  /// The character of an image; `nil` where it cannot be pulled.
  subscript(image: String) -> ImageCharacter? { characters[image] }

  /// The catalog of a JSON text: an array of characters.
  init(parsing text: [UInt8]) throws(JSONSyntaxError) {
    var characters: [String: ImageCharacter] = [:]
    for entry in try JSON(parsing: text).elements {
      guard let name = entry["image"]?.string else { continue }
      characters[name] = ImageCharacter(
        name: name, sizeBytes: entry["sizeBytes"]?.integer ?? 1 << 26, pullSeconds: entry["pullSeconds"]?.number ?? 2,
        readySeconds: entry["readySeconds"]?.number ?? 1, stopSeconds: entry["stopSeconds"]?.number ?? 1,
        crashSeconds: entry["crashSeconds"]?.number, exitCode: entry["exitCode"]?.integer ?? 1,
        runSeconds: entry["runSeconds"]?.number, port: entry["port"]?.integer,
        databasePort: entry["databasePort"]?.integer, upstream: entry["upstream"]?.string,
        failingProbes: Set((entry["failingProbes"]?.elements ?? []).compactMap { $0.string.flatMap(ProbeKind.init) }),
        log: entry["log"]?.string.flatMap(LogStyle.init) ?? .quiet,
        cpuMillicores: entry["cpuMillicores"]?.range ?? 1...5,
        memoryMebibytes: entry["memoryMebibytes"]?.range ?? 10...20)
    }
    self.characters = characters
  }
}

extension JSON {
  /// The value of any number.
  var number: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .fraction(let number): number
    default: nil
    }
  }

  /// A range written as an array of its two ends.
  fileprivate var range: ClosedRange<Double>? {
    let ends = elements.compactMap(\.number)
    return ends.count == 2 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
  }
}
