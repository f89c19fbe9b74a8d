import Foundation
import Synchronization
import Testing

@testable import DemoCluster

/// A moment at which test worlds start: 2026-11-21T04:00:00Z.
let testStart = Moment(milliseconds: 1_795_233_600_000)

/// The worlds that tests have asked for: a world is a value, so each test gets its own.
private let worlds = Mutex<[String: World]>([:])

/// A small world at ``testStart``.
func testWorld(
  _ scenario: DemoScenario = .healthy, seed: UInt64 = 7, pods: Int = 0, churn: Double = 0
) -> World {
  worlds.withLock { worlds in
    let name = "\(scenario.name) \(seed) \(pods) \(churn)"
    if let world = worlds[name] { return world }
    let world = World.demo(
      seed: seed, start: testStart, scenario: scenario, totalPods: pods, churnPerSecond: churn)
    worlds[name] = world
    return world
  }
}

/// A recorded answer of a real API server.
func recording(_ name: String) throws -> JSON {
  try JSON(parsing: recordedText(name))
}

func recordedText(_ name: String) throws -> String {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
  return try String(contentsOf: folder.appending(path: name), encoding: .utf8)
}

extension API {
  /// The JSON of an answer to a GET, whatever its status.
  mutating func get(_ path: String, _ query: [String: String] = [:], accept: String = "") throws -> JSON {
    var request = Request("GET", path, query: query)
    request.accept = accept
    return try JSON(parsing: answer(request).bytes)
  }

  /// The answer to a request with a JSON body.
  mutating func send(_ method: String, _ path: String, _ body: JSON, contentType: String = "application/json") -> Answer
  {
    var request = Request(method, path)
    request.body = body.encoded
    request.contentType = contentType
    return answer(request)
  }

  /// The answer to a request without a body.
  mutating func status(of method: String, _ path: String, _ query: [String: String] = [:]) -> Int {
    answer(Request(method, path, query: query)).status
  }
}

extension JSON {
  /// The names of the items of a list.
  var itemNames: [String] { self["items"]?.elements.compactMap { $0["metadata", "name"]?.string } ?? [] }

  /// The paths of all members, with elements of arrays merged: the shape of a value.
  func shape(_ prefix: String = "") -> Set<String> {
    switch self {
    case .object(let members):
      members.reduce(into: []) { paths, member in
        paths.insert(prefix + member.name)
        paths.formUnion(member.value.shape(prefix + member.name + "."))
      }
    case .array(let elements): elements.reduce(into: []) { $0.formUnion($1.shape(prefix)) }
    default: []
    }
  }
}

/// Everything a stream has to say now, as lines.
func lines(of answer: Answer, in world: World) throws -> [JSON] {
  guard case .stream(let stream) = answer.content else { return [] }
  return try lines(of: stream, in: world)
}

func lines(of stream: any ResponseStream, in world: World) throws -> [JSON] {
  try text(of: stream, in: world).split(separator: "\n").map { try JSON(parsing: String($0)) }
}

func text(of stream: any ResponseStream, in world: World) -> String {
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1000)  // Smaller than one event, so that events come in parts.
  while case .bytes(let count) = buffer.withUnsafeMutableBytes({ stream.read(into: $0, from: world) }) {
    bytes += buffer[..<count]
  }
  return String(decoding: bytes, as: UTF8.self)
}
