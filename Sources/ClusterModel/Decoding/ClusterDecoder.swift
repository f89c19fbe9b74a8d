import JSON

/// Reads the API's JSON into the model.
///
/// One decoder serves one thread; it keeps buffers and shared strings.
///
/// Unknown fields and kinds are passed over, absent optional parts are fine, absurd values are clamped or unset.
public struct ClusterDecoder: ~Copyable {
  /// A decoder with empty buffers.
  public init() {}

  /// Reads one page of a list of one kind (`PodList`, also `PartialObjectMetadataList`), as the API sends it.
  ///
  /// - Throws: ``DecodingProblem``, also when the document is a `Status`.
  public mutating func page(_ kind: ResourceKind, _ bytes: UnsafeRawBufferPointer) throws(DecodingProblem) -> ListPage {
    throw .notJSON("not built yet")
  }

  /// Reads one line of a watch stream of one kind.
  public mutating func watchLine(_ kind: ResourceKind, _ bytes: UnsafeRawBufferPointer) throws(DecodingProblem)
    -> WatchLine
  {
    throw .notJSON("not built yet")
  }

  /// Reads what `kubectl get … -o json` prints: a `List` of any kinds, a typed list, or a single object.
  ///
  /// Objects of kinds the program does not read are counted and passed over.
  public mutating func dump(_ bytes: UnsafeRawBufferPointer) throws(DecodingProblem) -> Dump {
    throw .notJSON("not built yet")
  }

  /// Reads an error answer of the API server; `nil` if the text is not a `Status`.
  public mutating func status(_ bytes: UnsafeRawBufferPointer) -> APIStatus? { nil }
}

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
