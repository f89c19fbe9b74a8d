/// What goes wrong with the API on purpose, for tests and rehearsals of clients.
///
/// Given at the start (`--fault latency=200,errors=3`) or while it runs: `POST /demo/faults` with a JSON object of the
/// same names and numbers replaces all of them, `GET` says what is set. That path itself never fails.
///
/// | name | the number means | what a client meets |
/// |---|---|---|
/// | `latency` | milliseconds | every answer comes so much later |
/// | `frozen` | 1 | no answer comes, and watches are silent |
/// | `throttled` | seconds | every request is refused: 429 with `Retry-After` |
/// | `errors` | N | every Nth request is refused: 500 |
/// | `truncated` | N | every Nth answer breaks off halfway |
/// | `dropped` | seconds | watches and followed logs break off after so long |
/// | `gone` | 1 | versions to watch from and pages to go on with have expired: 410 |
/// | `refused` | kinds or parts of them, as `nodes+pods/log` | requests for these are refused: 403 |
struct Faults: Equatable, Sendable {
  /// The number of each fault that is on.
  private(set) var numbers: [String: Int] = [:]
  /// Kinds that are refused, by their names in paths.
  private(set) var refusedKinds: Set<String> = []
  private var requests = 0

  /// The path that shows and sets the faults.
  static let path = "/demo/faults"
  /// The largest number of each fault.
  private static let limits = [
    "latency": 60_000, "frozen": 1, "throttled": 3600, "errors": 1_000_000, "truncated": 1_000_000, "dropped": 3600,
    "gone": 1,
  ]

  /// No faults.
  init() {}

  /// Reads `latency=200,refused=pods+events`; `nil` for names and numbers that are unknown.
  init?(_ text: String) {
    for part in text.split(separator: ",") {
      let words = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard words.count == 2 else { return nil }
      if words[0] == "refused" {
        refusedKinds = Set(words[1].split(separator: "+").map(String.init))
      } else {
        guard let number = Int(words[1]), set(words[0], number) else { return nil }
      }
    }
  }

  /// Reads the object that ``path`` is sent.
  init?(_ json: JSON) {
    guard case .object(let members) = json else { return nil }
    for member in members {
      if member.name == "refused" {
        refusedKinds = Set(member.value.elements.compactMap(\.string))
      } else {
        guard let number = member.value.integer, set(member.name, number) else { return nil }
      }
    }
  }

  /// The faults as ``path`` shows them.
  var json: JSON {
    var json = JSON.object(
      numbers.sorted { $0.key < $1.key }.map { JSON.Member(name: $0.key, value: .integer($0.value)) })
    if !refusedKinds.isEmpty { json["refused"] = .array(refusedKinds.sorted().map { .string($0) }) }
    return json
  }

  private mutating func set(_ name: String, _ number: Int) -> Bool {
    guard let limit = Self.limits[name], (0...limit).contains(number) else { return false }
    numbers[name] = number == 0 ? nil : number
    return true
  }

  /// Seconds by which an answer is late; `nil` while it never comes.
  var delay: Double? { numbers["frozen"] != nil ? nil : Double(numbers["latency"] ?? 0) / 1000 }

  /// Seconds after which streams break off.
  var streamSeconds: Double? { numbers["dropped"].map(Double.init) }

  /// Whether streams are silent.
  var isFrozen: Bool { numbers["frozen"] != nil }

  /// Counts a request and says how it fails, if it does.
  mutating func answer(to request: Request) -> Answer? {
    requests += 1
    if let seconds = numbers["throttled"] { return Refusal.throttled(seconds).answer }
    if let every = numbers["errors"], requests.isMultiple(of: every) {
      return Refusal(code: 500, reason: "InternalError", message: "Internal error occurred: a fault of the demo").answer
    }
    if let access = Access(request), access.isRefused(refusedKinds) { return access.refusal.answer }
    return numbers["gone"] == nil ? nil : expired(request)
  }

  /// A watch says in its stream that its version has expired, a list with its status.
  private func expired(_ request: Request) -> Answer? {
    let version = request.number("resourceVersion") ?? 0
    let refusal = Refusal.versionTooOld(version, oldest: min(version, .max - 1) + 1)
    if request.isSet("watch") {
      return version > 0 ? .json(["type": "ERROR", "object": refusal.status]) : nil
    }
    return request.query["continue"] == nil ? nil : refusal.answer
  }

  /// Whether the answer to the request that was counted last breaks off halfway.
  var isTruncating: Bool { numbers["truncated"].map { requests.isMultiple(of: $0) } ?? false }
}

extension HTTPServer {
  /// Answers a request, unless a fault does.
  func answer(_ request: Request) -> Answer {
    api.refusedKinds = faults.refusedKinds
    guard request.path == Faults.path else { return faults.answer(to: request) ?? api.answer(request) }
    if request.method == "POST" {
      // `kubectl create --raw` names no media type.
      guard ["application/json", ""].contains(request.mediaType), let json = try? JSON(parsing: request.body),
        let wanted = Faults(json)
      else { return Refusal.badRequest("the body of the request does not name known faults in JSON").answer }
      faults = wanted
    } else if request.method != "GET" {
      return Refusal.methodNotAllowed.answer
    }
    return .json(faults.json)
  }
}

extension Refusal {
  /// There are too many requests.
  static func throttled(_ seconds: Int) -> Refusal {
    Refusal(
      code: 429, reason: "TooManyRequests",
      message: "The server has received too many requests and has asked us to try again later",
      details: ["retryAfterSeconds": .integer(seconds)])
  }
}
