import ClusterModel

/// Where the API is served: the unix socket of kubectl's proxy or a loopback address.
struct APIServer: Hashable {
  /// The scheme, name and port of every request.
  var base: String
  var socketPath: String?

  /// The API behind kubectl's proxy, which answers only to this name.
  static func proxy(socketPath: String) -> APIServer { APIServer(base: "http://localhost", socketPath: socketPath) }

  /// How long a page of a list may take.
  static let listTimeLimit: Duration = .seconds(60)
  /// How many objects a page holds.
  static let pageSize = 500
  /// How long a watch lasts before the server ends it, at least.
  static let watchSeconds = 290

  /// A GET of a path with its query.
  func request(_ path: String, timeLimit: Duration?) -> HTTPRequest {
    HTTPRequest(url: base + path, socketPath: socketPath, timeLimit: timeLimit)
  }

  /// A page of the list of a kind.
  func list(_ kind: ResourceKind, namespace: String?, continueToken: String) -> HTTPRequest {
    var path = kind.path(namespace: namespace) + "?limit=\(Self.pageSize)"
    if !continueToken.isEmpty { path += "&continue=\(queryEscaped(continueToken))" }
    var request = request(path, timeLimit: Self.listTimeLimit)
    if kind.isMetadataOnly { request.accept = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io" }
    return request
  }

  /// The changes of a kind from a version on.
  ///
  /// - Parameter jitter: Between 0 and 1; spreads the ends of the watches over a minute.
  func watch(_ kind: ResourceKind, namespace: String?, resourceVersion: String, jitter: Double) -> HTTPRequest {
    let seconds = Self.watchSeconds + Int(jitter * 60)
    let path =
      kind.path(namespace: namespace) + "?watch=1&allowWatchBookmarks=true&timeoutSeconds=\(seconds)"
      + "&resourceVersion=\(queryEscaped(resourceVersion))"
    var request = request(path, timeLimit: nil)
    if kind.isMetadataOnly { request.accept = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io" }
    return request
  }
}

/// A text as a value in a URL's query.
func queryEscaped(_ text: String) -> String {
  let digits = Array("0123456789ABCDEF")
  return text.utf8.reduce(into: "") { result, byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      result.unicodeScalars.append(Unicode.Scalar(byte))
    default: result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }
  }
}

extension RequestEnd {
  /// What an answer means, a stream's or a list's; `finished` for status 200.
  init(_ answer: HTTPAnswer, _ decoder: inout ClusterDecoder) {
    guard let status = answer.status, status != 200 else {
      self = answer.failure.map { .broken($0.words) } ?? .finished
      return
    }
    if let described = answer.body.withUnsafeBytes({ decoder.status($0) }) {
      self = .refused(described, retryAfter: answer.retryAfter)
    } else {
      // The proxy answers in plain text when it cannot reach the server.
      let text = String(decoding: answer.body.prefix(1_000), as: UTF8.self)
      let message = text.isEmpty ? "the server answers \(status)" : AccessProblem.recognise(text).sentence
      self = .refused(APIStatus(code: status, reason: "", message: message), retryAfter: answer.retryAfter)
    }
  }
}
