import JSON

/// Reads the API's JSON into the model.
///
/// One decoder serves one thread; it keeps buffers and shared strings.
///
/// Unknown fields and kinds are passed over, absent optional parts are fine, absurd values are clamped or unset.
public struct ClusterDecoder: ~Copyable {
  private var reader = JSONReader()
  private let objects = ObjectDecoding()

  /// A decoder with empty buffers.
  public init() {}

  /// Reads one page of a list of one kind (`PodList`, also `PartialObjectMetadataList`), as the API sends it.
  ///
  /// - Throws: ``DecodingProblem``, also when the document is a `Status`.
  public mutating func page(_ kind: ResourceKind, _ bytes: UnsafeRawBufferPointer) throws(DecodingProblem) -> ListPage {
    let objects = objects
    return try read(bytes) { root throws(DecodingProblem) in
      guard let items = root["items"], items.isArray else {
        // An empty list of Go can be `"items": null`, which reads as absent.
        guard root["kind"]?.string?.hasSuffix("List") == true else { throw Self.unexpected(root, "a list") }
        return ListPage(objects: [], resourceVersion: Self.version(root), continueToken: Self.token(root))
      }
      return ListPage(
        objects: objects.list(items) { objects.object(kind, $0) }, resourceVersion: Self.version(root),
        continueToken: Self.token(root))
    }
  }

  /// Reads one line of a watch stream of one kind.
  public mutating func watchLine(_ kind: ResourceKind, _ bytes: UnsafeRawBufferPointer) throws(DecodingProblem)
    -> WatchLine
  {
    let objects = objects
    return try read(bytes) { root throws(DecodingProblem) in
      guard let type = root["type"]?.string, let content = root["object"] else {
        throw Self.unexpected(root, "a watch event")
      }
      switch type {
      case "BOOKMARK":
        let end = content["metadata"]?["annotations"]?["k8s.io/initial-events-end"]?.string
        return .bookmark(resourceVersion: Self.version(content), endsInitialEvents: end == "true")
      case "ERROR": return .failed(Self.status(of: content))
      case "ADDED", "MODIFIED", "DELETED":
        guard let object = objects.object(kind, content) else {
          throw Self.unexpected(content, "an object of kind \(kind.kindName)")
        }
        return type == "ADDED" ? .added(object) : type == "MODIFIED" ? .modified(object) : .deleted(object)
      default: throw .unexpected("a watch event of type \(type.prefix(40))")
      }
    }
  }

  /// Reads what `kubectl get … -o json` prints: a `List` of any kinds, a typed list, or a single object.
  ///
  /// Objects of kinds the program does not read are counted and passed over.
  public mutating func dump(_ bytes: UnsafeRawBufferPointer) throws(DecodingProblem) -> Dump {
    let objects = objects
    return try read(bytes) { root throws(DecodingProblem) in
      guard let kindName = root["kind"]?.string else { throw Self.unexpected(root, "a Kubernetes object") }
      let version = root["apiVersion"]?.string ?? ""
      guard kindName.hasSuffix("List") else {
        let object = ResourceKind(kindName: kindName, apiVersion: version).flatMap { objects.object($0, root) }
        return Dump(objects: object.map { [$0] } ?? [], ignored: object == nil ? 1 : 0)
      }
      let itemKind = ResourceKind(kindName: String(kindName.dropLast(4)), apiVersion: version)
      var dump = Dump(objects: [], ignored: 0)
      guard let items = root["items"] else { return dump }
      for item in items.elements {
        let own = item["kind"]?.string.flatMap {
          ResourceKind(kindName: $0, apiVersion: item["apiVersion"]?.string ?? version)
        }
        if let kind = item["kind"] == nil ? itemKind : own, let object = objects.object(kind, item) {
          dump.objects.append(object)
        } else {
          dump.ignored += 1
        }
      }
      return dump
    }
  }

  /// Reads an error answer of the API server; `nil` if the text is not a `Status`.
  public mutating func status(_ bytes: UnsafeRawBufferPointer) -> APIStatus? {
    do throws(DecodingProblem) {
      return try read(bytes) { root throws(DecodingProblem) in throw Self.unexpected(root, "a Status") }
    } catch {
      if case .status(let status) = error { return status }
      return nil
    }
  }

  /// Gives back the buffers, after an unusually large text.
  public mutating func releaseMemory() { reader.releaseMemory() }

  /// Parses a document; one that is a `Status` is thrown.
  private mutating func read<Result>(
    _ bytes: UnsafeRawBufferPointer, _ body: (JSONValue) throws(DecodingProblem) -> Result
  ) throws(DecodingProblem) -> Result {
    do {
      return try reader.read(bytes) { root in
        if root["kind"]?.string == "Status" { throw DecodingProblem.status(Self.status(of: root)) }
        return try body(root)
      }
    } catch let problem as DecodingProblem {
      throw problem
    } catch {
      throw .notJSON(TextLooks.description(of: bytes))
    }
  }

  private static func version(_ root: JSONValue) -> String { root["metadata"]?["resourceVersion"]?.string ?? "" }

  private static func token(_ root: JSONValue) -> String { root["metadata"]?["continue"]?.string ?? "" }

  private static func status(of root: JSONValue) -> APIStatus {
    APIStatus(
      code: root["code"]?.integer ?? 0, reason: root["reason"]?.string ?? "", message: root["message"]?.string ?? "",
      retryAfterSeconds: root["details"]?["retryAfterSeconds"]?.integer)
  }

  private static func unexpected(_ root: JSONValue, _ wanted: String) -> DecodingProblem {
    guard let kind = root["kind"]?.string else {
      return .unexpected("JSON that is not \(wanted)")
    }
    return .unexpected("kind \(kind.prefix(80)) instead of \(wanted)")
  }
}
