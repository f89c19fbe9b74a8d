import Testing

@testable import ClusterAccess
@testable import ClusterModel

@Suite struct RecordedWatchTests {
  /// The lines of a recorded watch as the server sent them.
  func lines(_ name: String) throws -> [[UInt8]] {
    String(decoding: try fixture("watch/\(name).jsonl"), as: UTF8.self).split(separator: "\n").compactMap { line in
      line.firstRange(of: "\"event\": ").map { Array(line[$0.upperBound...].dropLast().utf8) }
    }
  }

  @Test func `a recorded watch goes through line by line and ends where the server was`() throws {
    var decoder = ClusterDecoder()
    var machine = WatchMachine(.pods)
    let now = Timestamp(seconds: 0)
    _ = machine.handle(.start, at: now)
    let list = try decoder.page(.pods, try fixture("lists/raw-pods-limit2.json"))
    #expect(machine.handle(.page(list), at: now) == [.list(continueToken: list.continueToken)])
    let last = ListPage(objects: [], resourceVersion: list.resourceVersion, continueToken: "")
    _ = machine.handle(.page(last), at: now)
    var changes = 0
    for line in try lines("pods-scale") {
      let outputs = machine.handle(.line(try line.withUnsafeBytes { try decoder.watchLine(.pods, $0) }), at: now)
      changes += outputs.count { if case .emit = $0 { true } else { false } }
    }
    #expect(try changes == lines("pods-scale").count)
    guard case .watch(let version) = machine.handle(.ended(.finished), at: Timestamp(seconds: 300)).first else {
      Issue.record("the watch is not resumed")
      return
    }
    #expect(Int(version) ?? 0 > Int(list.resourceVersion) ?? .max)
  }

  @Test func `an expired version in a recorded stream lists anew`() throws {
    var decoder = ClusterDecoder()
    var machine = WatchMachine(.pods)
    let now = Timestamp(seconds: 0)
    _ = machine.handle(.start, at: now)
    _ = machine.handle(.page(ListPage(objects: [], resourceVersion: "1", continueToken: "")), at: now)
    let line = Array(try RecordedCommand("gone-410-watch-raw").stdout.utf8)
    let outputs = machine.handle(.line(try line.withUnsafeBytes { try decoder.watchLine(.pods, $0) }), at: now)
    #expect(outputs.first == .cancel)
    #expect(outputs.last == .list(continueToken: ""))
  }

  @Test func `a refusal in JSON and the proxy's plain text are both understood`() {
    var decoder = ClusterDecoder()
    func end(_ status: Int, _ body: String) -> RequestEnd {
      RequestEnd(HTTPAnswer(status: status, body: Array(body.utf8), latency: .zero), &decoder)
    }
    #expect(end(200, "") == .finished)
    #expect(
      end(403, #"{"kind":"Status","status":"Failure","message":"no","reason":"Forbidden","code":403}"#)
        == .refused(APIStatus(code: 403, reason: "Forbidden", message: "no"), retryAfter: nil))
    #expect(
      end(500, "dial tcp 127.0.0.1:6555: connect: connection refused\n")
        == .refused(
          APIStatus(
            code: 500, reason: "",
            message: "the API server refuses connections: dial tcp 127.0.0.1:6555: connect: connection refused"),
          retryAfter: nil))
  }
}
