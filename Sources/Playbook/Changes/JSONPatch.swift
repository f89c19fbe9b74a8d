import ClusterModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// One operation of a JSON patch (RFC 6902).
package struct PatchOperation: Hashable, Sendable, Encodable {
  /// What a patch does.
  package enum Operation: String, Hashable, Sendable, Encodable { case test, add, replace, remove }

  /// A value that is tested or written.
  package enum Value: Hashable, Sendable, Encodable {
    case text(String)
    case number(Int)
    case boolean(Bool)
    case document(DocumentValue)

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let text): try container.encode(text)
      case .number(let number): try container.encode(number)
      case .boolean(let boolean): try container.encode(boolean)
      case .document(let document): try container.encode(document)
      }
    }
  }

  package let op: Operation
  package let path: String
  package let value: Value?

  /// An operation on a path: `/spec/replicas`.
  package init(_ op: Operation, _ path: String, _ value: Value? = nil) {
    self.op = op
    self.path = path
    self.value = value
  }
}

/// A value as JSON on one line, its keys in order.
func jsonText(_ value: some Encodable) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  // Only what JSON knows is ever encoded: none of it can fail.
  return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
}
