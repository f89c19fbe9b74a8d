import ClusterModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What `todotop snapshot --format json` prints; described in docs/snapshot.md and stable.
///
/// Lists are ordered by namespace and name. Text is as the cluster gave it. A member without a value is left out.
struct SnapshotDocument: Codable, Equatable {
  struct VerdictPart: Codable, Equatable {
    var word: String
    var reason: String
    var since: String?
    var users: String?
  }
  struct Pod: Codable, Equatable {
    var namespace: String
    var name: String
    var uid: String
    var ready: String
    var status: String
    var restarts: String
    var age: String
    var health: String
    var why: String
    var whySince: String?
    var node: String?
    var owner: String?
    var cpuMillicores: Int?
    var memoryBytes: Int?
  }
  struct Workload: Codable, Equatable {
    var namespace: String
    var kind: String
    var name: String
    var ready: String
    var rolloutStatus: String
    var health: String
    var why: String
    var images: [String]
    var revision: String?
    var age: String
  }
  struct IngressPart: Codable, Equatable {
    struct Path: Codable, Equatable {
      var host: String
      var path: String
      var service: String?
      var readyEndpoints: Int
      var totalEndpoints: Int
      var firstFailing: String?
      var layers: [Layer]
      var status: Int?
      var latencyMilliseconds: Double?
    }
    struct Layer: Codable, Equatable {
      var name: String
      var state: String
      var detail: String
    }
    var namespace: String
    var name: String
    var className: String?
    var addresses: [String]
    var paths: [Path]
  }
  struct Node: Codable, Equatable {
    var name: String
    var ready: Bool
    var schedulable: Bool
    var version: String
    var pods: Int
    var cpuMillicores: Int?
    var memoryBytes: Int?
    var allocatableCPUMillicores: Int?
    var allocatableMemoryBytes: Int?
  }
  struct Event: Codable, Equatable {
    var namespace: String
    var type: String
    var reason: String
    var object: String
    var message: String
    var count: Int
    var lastSeen: String?
  }
  struct Feed: Codable, Equatable {
    var kind: String
    var state: String
    var ageSeconds: Double?
    var reason: String?
  }

  var verdict: VerdictPart
  var context: String?
  var namespace: String?
  var serverVersion: String?
  var feed: String
  var time: String
  var pods: [Pod]
  var workloads: [Workload]
  var ingresses: [IngressPart]
  var nodes: [Node]
  var events: [Event]
  var feeds: [Feed]

  /// The text of the document, with a line end.
  func text() throws -> String { try documentText(self) }
}

/// A document as JSON, in an order that does not change.
func documentText(_ document: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  return escaped(String(decoding: try encoder.encode(document), as: UTF8.self)) + "\n"
}

/// JSON with what could disturb a terminal that shows it written as escapes: C1 controls and marks of direction.
private func escaped(_ json: String) -> String {
  func disturbs(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x7F...0x9F, 0x61C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
  guard json.unicodeScalars.contains(where: disturbs) else { return json }
  var result = String.UnicodeScalarView()
  for scalar in json.unicodeScalars {
    guard disturbs(scalar) else {
      result.append(scalar)
      continue
    }
    let digits = String(scalar.value, radix: 16)
    result.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).unicodeScalars)
  }
  return String(result)
}
