/// Writes stored objects in the form a client asked for.
struct ObjectWriter {
  let kind: ResourceKind
  let form: AnswerForm
  let now: Moment
  /// How much of its object each row of a table carries.
  var rows = TableRow.metadata

  /// One object.
  func answer(_ object: StoredObject) -> Answer { .json(pieces(object)) }

  /// One object in pieces.
  func pieces(_ object: StoredObject) -> [[UInt8]] {
    switch form {
    case .object: [kind.head] + object.pieces
    case .metadata: Self.metadataPieces(of: object)
    case .table: [tableText([object], metadata: ["resourceVersion": version(object)], hasColumns: true)]
    }
  }

  /// A list in pieces.
  func pieces(_ objects: [StoredObject], metadata: JSON) -> [[UInt8]] {
    switch form {
    case .table: return [tableText(objects, metadata: metadata, hasColumns: true)]
    case .object:
      let head = "{\"kind\":\"\(kind.kind)List\",\"apiVersion\":\"\(kind.apiVersion)\",\"metadata\":"
      return listPieces(head, objects, metadata) {
        $0 == 0 ? Self.open : Self.next
      } _: {
        $0.pieces
      }
    case .metadata:
      let head = "{\"kind\":\"PartialObjectMetadataList\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":"
      return listPieces(head, objects, metadata) {
        $0 == 0 ? [] : Self.comma
      } _: {
        Self.metadataPieces(of: $0)
      }
    }
  }

  private func listPieces(
    _ head: String, _ objects: [StoredObject], _ metadata: JSON, _ separator: (Int) -> [UInt8],
    _ body: (StoredObject) -> [[UInt8]]
  ) -> [[UInt8]] {
    var pieces = [Array(head.utf8) + metadata.encoded + Array(",\"items\":[".utf8)]
    pieces.reserveCapacity(objects.count * 6 + 2)
    for (index, object) in objects.enumerated() {
      pieces.append(separator(index))
      pieces += body(object)
    }
    pieces.append(Array("]}".utf8))
    return pieces
  }

  /// One event of a watch.
  func eventPieces(_ type: String, _ object: StoredObject, hasColumns: Bool) -> [[UInt8]] {
    let head = Array("{\"type\":\"\(type)\",\"object\":".utf8)
    let body =
      form == .table
      ? [tableText([object], metadata: ["resourceVersion": version(object)], hasColumns: hasColumns)] : pieces(object)
    return [head] + body + [Self.endOfEvent]
  }

  private func version(_ object: StoredObject) -> JSON { .string(String(object.resourceVersion)) }

  private func tableText(_ objects: [StoredObject], metadata: JSON, hasColumns: Bool) -> [UInt8] {
    let columns = TableColumns.of(kind)
    var bytes = Array("{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":".utf8)
    metadata.encode(into: &bytes)
    bytes += ",\"columnDefinitions\":".utf8
    (hasColumns ? columns.definitions : JSON.array([])).encode(into: &bytes)
    bytes += ",\"rows\":[".utf8
    for (index, object) in objects.enumerated() {
      bytes += (index == 0 ? "{\"cells\":" : ",{\"cells\":").utf8
      JSON.array(columns.cells(object.object, now)).encode(into: &bytes)
      bytes += ",\"object\":".utf8
      for piece in rowPieces(of: object) { bytes += piece }
      bytes += "}".utf8
    }
    bytes += "]}".utf8
    return bytes
  }

  /// What a row says of its object besides the cells.
  private func rowPieces(of object: StoredObject) -> [[UInt8]] {
    switch rows {
    case .none: [Array("null".utf8)]
    case .metadata: Self.metadataPieces(of: object)
    case .object: [kind.head] + object.pieces
    }
  }

  private static func metadataPieces(of object: StoredObject) -> [[UInt8]] {
    [metadataHead] + object.metadataPieces + [metadataEnd]
  }

  private static let metadataHead = Array(
    "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",".utf8)
  private static let metadataEnd = Array("}".utf8)
  private static let open = Array("{".utf8)
  private static let next = Array(",{".utf8)
  private static let comma = Array(",".utf8)
  private static let endOfEvent = Array("}\n".utf8)
}
