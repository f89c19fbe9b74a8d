/// A request as the API sees it.
struct Request: Sendable {
  let method: String
  /// The path as it was sent, without the query.
  let path: String
  let query: [String: String]
  var host = ""
  var accept = ""
  var contentType = ""
  var userAgent = ""
  var body: [UInt8] = []
  /// The words of a command, which the query names one by one.
  var commands: [String] = []
  /// The other protocol that the client wants to speak.
  var upgrade: Upgrade?

  /// A client's wish to speak WebSocket.
  struct Upgrade: Sendable, Equatable {
    let key: String
    let subprotocols: [String]
  }

  /// The largest body that is read, in bytes.
  static let bodyLimit = 3 << 20

  init(_ method: String, _ path: String, query: [String: String] = [:]) {
    self.method = method
    self.path = path
    self.query = query
  }

  /// The parts of the path between slashes.
  var segments: [String] { path.split(separator: "/").map(String.init) }

  /// Whether a parameter of the query is switched on.
  func isSet(_ name: String) -> Bool { ["1", "true", "True"].contains(query[name] ?? "") }

  /// Whether the client only wants to know what would happen.
  ///
  /// Deletions and evictions say so in their body.
  var isDryRun: Bool {
    if !(query["dryRun"] ?? "").isEmpty { return true }
    guard method == "DELETE" || segments.last == "eviction", let options = try? JSON(parsing: body) else {
      return false
    }
    let list = options["dryRun"] ?? options["deleteOptions"]?["dryRun"]
    return !(list?.elements.isEmpty ?? true)
  }

  /// The media type of the body, without its parameters.
  var mediaType: String {
    contentType.split(separator: ";").first?.trimmingPrefix(" ").split(separator: " ").first.map(String.init) ?? ""
  }

  /// A parameter of the query that is a number.
  func number(_ name: String) -> Int? { query[name].flatMap { Int($0) } }

  /// A parameter of the query that must be a number where it is given.
  func checkedNumber(_ name: String) throws(Refusal) -> Int? {
    guard let text = query[name], !text.isEmpty else { return nil }
    if let number = Int(text) { return number }
    let isNumber = (text.first == "-" ? text.dropFirst() : text[...]).allSatisfy { $0.isASCII && $0.isNumber }
    throw Refusal.badRequest(
      "strconv.ParseInt: parsing \"\(text)\": " + (isNumber ? "value out of range" : "invalid syntax"))
  }

  /// The version of the cluster that a client names.
  func version() throws(Refusal) -> Int? {
    guard let text = query["resourceVersion"], !text.isEmpty else { return nil }
    guard let version = Int(text), version >= 0 else {
      throw Refusal.badRequest(
        "resourceVersion: Invalid value: \"\(text)\": strconv.ParseUint: parsing \"\(text)\": invalid syntax")
    }
    return version
  }

  /// The form of the answer that the client prefers.
  var form: AnswerForm {
    for offer in accept.split(separator: ",") {
      let parameters = offer.split(separator: ";").map { $0.trimmingPrefix(" ") }
      guard parameters.first == "application/json" else { continue }
      if parameters.contains("as=Table") { return .table }
      if parameters.contains("as=PartialObjectMetadata") || parameters.contains("as=PartialObjectMetadataList") {
        return .metadata
      }
      // Plain JSON and forms that are not served here, such as aggregated discovery.
      if !parameters.contains(where: { $0.hasPrefix("as=") }) { return .object }
    }
    return .object
  }
}

extension Request {
  /// How much of its object each row of a table is to carry; `kubectl get --sort-by` needs all of it.
  var rows: TableRow { query["includeObject"].flatMap(TableRow.init) ?? .metadata }
}

/// How much of its object a row of a table carries.
enum TableRow: String, Sendable {
  case none = "None"
  case metadata = "Metadata"
  case object = "Object"
}

/// How objects are written.
enum AnswerForm: Sendable {
  case object
  /// Rows for people, as `kubectl get` asks for.
  case table
  /// `metadata` only.
  case metadata
}
