/// One page of a list.
public struct ListPage: Sendable {
  public var objects: [ClusterObject]
  public var resourceVersion: String
  /// Where the next page begins; empty after the last.
  public var continueToken: String
}

/// One line of a watch stream.
public enum WatchLine: Sendable {
  case added(ClusterObject)
  case modified(ClusterObject)
  case deleted(ClusterObject)
  /// Nothing changed up to this version; whether it ends the initial events.
  case bookmark(resourceVersion: String, endsInitialEvents: Bool)
  case failed(APIStatus)
}

/// The objects of a dump.
public struct Dump: Sendable {
  public var objects: [ClusterObject]
  /// How many objects of kinds the program does not read were passed over.
  public var ignored: Int
}

/// An error answer of the API server.
public struct APIStatus: Error, Hashable, Sendable {
  /// The HTTP code it stands for.
  public var code: Int
  /// One word: `Forbidden`, `NotFound`, `Expired`.
  public var reason: String
  public var message: String
  /// Seconds after which to try again, where the server says so.
  public var retryAfterSeconds: Int?

  /// An answer.
  public init(code: Int, reason: String, message: String, retryAfterSeconds: Int? = nil) {
    self.code = code
    self.reason = reason
    self.message = message
    self.retryAfterSeconds = retryAfterSeconds
  }
}

/// Why bytes could not be read as cluster objects.
public enum DecodingProblem: Error, Hashable, Sendable {
  /// The text is no JSON: the reason, and what it looks like instead (`an HTML page`, `cut off in the middle`).
  case notJSON(String)
  /// The JSON is not the document that was asked for.
  case unexpected(String)
  /// The server answered with an error.
  case status(APIStatus)
}
