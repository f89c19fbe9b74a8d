/// As much of OpenAPI v2 as kubectl before 1.27 needs: it reads the document in protobuf before it applies anything, to
/// learn which kinds know dry runs. Schemas are left out, so that it validates nothing itself.
extension OpenAPI {
  /// `/openapi/v2`.
  static var secondVersion: Answer {
    Answer(
      status: 200, contentType: "application/com.github.proto-openapi.spec.v2.v1.0+protobuf",
      content: .pieces([field(1, Array("2.0".utf8)) + field(8, ResourceKind.all.flatMap(pathField))]))
  }

  /// The entry of `Paths` for the objects of a kind.
  private static func pathField(_ kind: ResourceKind) -> [UInt8] {
    let prefix = kind.group.isEmpty ? "/api/" : "/apis/\(kind.group)/"
    let scope = kind.isNamespaced ? "namespaces/{namespace}/" : ""
    let name = "\(prefix)\(kind.version)/\(scope)\(kind.plural)/{name}"
    return field(2, field(1, Array(name.utf8)) + field(2, field(8, patchOperation(kind))))
  }

  private static func patchOperation(_ kind: ResourceKind) -> [UInt8] {
    // A parameter of the query by that name, inside the three messages that say that it is one.
    let parameter = field(
      8, field(1, field(2, field(3, field(2, Array("query".utf8)) + field(4, Array("dryRun".utf8))))))
    let yaml = "group: \"\(kind.group)\"\nkind: \(kind.kind)\nversion: \(kind.version)\n"
    let extensionName = field(1, Array("x-kubernetes-group-version-kind".utf8))
    return parameter + field(13, extensionName + field(2, field(2, Array(yaml.utf8))))
  }

  /// A field of a protobuf message that holds bytes: its number, their count, and they.
  private static func field(_ number: Int, _ content: [UInt8]) -> [UInt8] {
    varint(number << 3 | 2) + varint(content.count) + content
  }

  private static func varint(_ number: Int) -> [UInt8] {
    number < 0x80 ? [UInt8(number)] : [UInt8(number & 0x7F) | 0x80] + varint(number >> 7)
  }
}
