import Testing

@testable import DemoCluster

/// Faults of the API on purpose, set at the start and while it runs.
struct FaultTests {
  private typealias Connection = HTTPTests.Connection

  private func withFaults(_ faults: String) -> DemoOptions {
    var options = DemoOptions()
    options.faults = faults
    return options
  }

  private func serve(_ faults: String = "", _ body: (UInt16) throws -> Void) throws {
    let server = try DemoServer(options: withFaults(faults))
    let port = try server.start()
    defer { server.stop() }
    try body(port)
  }

  private func answer(_ port: UInt16, _ path: String, _ faults: String? = nil) throws -> String {
    let connection = try Connection(port: port)
    connection.send(request(path, faults))
    return connection.read(until: "never")
  }

  /// A request to a server that shall close the connection; with a body it is sent as POST.
  private func request(_ path: String, _ body: String? = nil) -> String {
    "\(body == nil ? "GET" : "POST") \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
      + "Content-Type: application/json\r\nContent-Length: \(body?.utf8.count ?? 0)\r\n\r\n\(body ?? "")"
  }

  @Test func `faults are read from words and from JSON, and unknown ones are refused`() throws {
    let faults = try #require(Faults("latency=200,refused=pods+events"))
    let json: JSON = ["latency": 200, "refused": ["events", "pods"]]
    #expect(faults.json == json)
    #expect(Faults(faults.json) == faults)
    #expect(Faults("") == Faults())
    for text in ["latency", "latency=x", "latency=-1", "latency=99999999", "nonsense=1"] {
      #expect(Faults(text) == nil)
    }
    let options = withFaults("nonsense=1")
    #expect(throws: DemoServerError.self) { try DemoServer(options: options) }
  }

  @Test func `requests are refused with the status that was asked for`() throws {
    try serve("throttled=7") { port in
      let throttled = try answer(port, "/api/v1/pods")
      #expect(throttled.hasPrefix("HTTP/1.1 429") && throttled.contains("Retry-After: 7\r\n"))
      #expect(try answer(port, Faults.path, #"{"errors":1}"#).contains(#"{"errors":1}"#))
      #expect(try answer(port, "/api/v1/pods").hasPrefix("HTTP/1.1 500"))
      #expect(try answer(port, Faults.path, #"{"refused":["pods"]}"#).hasPrefix("HTTP/1.1 200"))
      #expect(try answer(port, "/api/v1/namespaces/todo/pods").hasPrefix("HTTP/1.1 403"))
      #expect(try answer(port, "/api/v1/nodes").hasPrefix("HTTP/1.1 200"))
      #expect(try answer(port, Faults.path, #"{"gone":1}"#).hasPrefix("HTTP/1.1 200"))
      #expect(try answer(port, "/api/v1/pods?watch=1&resourceVersion=1").contains(#""code":410"#))
      #expect(try answer(port, Faults.path, #"{"nonsense":1}"#).hasPrefix("HTTP/1.1 400"))
    }
  }

  @Test func `an answer breaks off halfway`() throws {
    try serve { port in
      let whole = try answer(port, "/api/v1/pods").utf8.count
      _ = try answer(port, Faults.path, #"{"truncated":1}"#)
      let half = try answer(port, "/api/v1/pods").utf8.count
      #expect(half > whole / 4 && half < whole * 3 / 4)
    }
  }

  @Test func `a frozen server answers when it thaws, and dropped watches end`() throws {
    try serve("frozen=1") { port in
      let waiting = try Connection(port: port)
      waiting.send(request("/version"))
      let other = try Connection(port: port)
      other.send(request(Faults.path, #"{"dropped":1}"#))
      #expect(other.read(until: "never").hasPrefix("HTTP/1.1 200"))
      #expect(waiting.read(until: "linux/amd64").hasPrefix("HTTP/1.1 200"))
      let watcher = try Connection(port: port)
      watcher.send(request("/api/v1/namespaces?watch=1"))
      let text = watcher.read(until: "never")
      #expect(text.contains("ADDED") && !text.hasSuffix("0\r\n\r\n"))
    }
  }
}
