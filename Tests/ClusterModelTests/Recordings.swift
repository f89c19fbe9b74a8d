import ClusterModel
import Foundation
import JSON
import Testing

/// The recorded answers beside the tests.
enum Recordings {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")

  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appendingPathComponent(path)))
  }

  static func dump(_ path: String) throws -> [ClusterObject] {
    var decoder = ClusterDecoder()
    return try bytes(path).withUnsafeBytes { try decoder.dump($0) }.objects
  }

  /// The moment at which kubectl printed the answers of a folder.
  static func now(_ folder: String) throws -> Timestamp {
    var reader = JSONReader()
    let text = try reader.read(try bytes("answers/\(folder)/pods.expected.json")) { $0["now"]?.string }
    return try #require(text.flatMap { Timestamp($0) })
  }

  /// Everything recorded of one namespace, in one snapshot.
  static func snapshot(_ folder: String) throws -> Snapshot {
    let objects = try ["nodes", "workloads", "others", "pods"].flatMap { try dump("answers/\(folder)/\($0).json") }
    return snapshot(of: objects, at: try now(folder))
  }

  /// A snapshot in which every kind has a complete list.
  static func snapshot(of objects: [ClusterObject], at now: Timestamp) -> Snapshot {
    var snapshot = Snapshot()
    for kind in ResourceKind.allCases {
      _ = snapshot.apply(.streamChanged(kind, .live), at: now)
      _ = snapshot.apply(.listed(kind, objects.filter { $0.kind == kind }), at: now)
    }
    return snapshot
  }
}
