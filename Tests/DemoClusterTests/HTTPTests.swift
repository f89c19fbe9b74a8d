import Foundation
import Testing

@testable import DemoCluster

/// The server over real connections on the loopback address.
struct HTTPTests {
  /// A connection that speaks just enough HTTP.
  final class Connection {
    private let descriptor: Int32

    init(port: UInt16) throws {
      descriptor = try connectedSocket(port: port)
      var limit = timeval(tv_sec: 10, tv_usec: 0)
      setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    func send(_ text: String) {
      var bytes = Array(text.utf8)[...]
      while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { return }
        bytes = bytes.dropFirst(count)
      }
    }

    /// Reads until the text contains `end`, or the connection ends.
    func read(until end: String) -> String {
      var text = ""
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while !text.contains(end) {
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { break }
        text += String(decoding: buffer[..<count], as: UTF8.self)
      }
      return text
    }
  }

  private func serve(_ options: DemoOptions = DemoOptions(), _ body: (UInt16) throws -> Void) throws {
    let server = try DemoServer(options: options)
    let port = try server.start()
    defer { server.stop() }
    try body(port)
  }

  private func request(_ method: String, _ path: String, body: String = "", host: String = "127.0.0.1") -> String {
    "\(method) \(path) HTTP/1.1\r\nHost: \(host)\r\nContent-Type: application/json\r\n"
      + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  @Test func `nobody reaches it by another address of the machine`() throws {
    try serve { port in
      _ = try Connection(port: port)
      // 127.0.0.2 leads to this machine too, and so does every address of a network card.
      for address in ["127.0.0.2"] + addressesOfThisMachine() {
        #expect(throws: (any Error).self, "\(address)") { try connectedSocket(port: port, address: address) }
      }
    }
  }

  /// The addresses of the network cards, without loopback.
  private func addressesOfThisMachine() -> [String] {
    var first: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&first) == 0 else { return [] }
    defer { freeifaddrs(first) }
    return sequence(first: first, next: { $0?.pointee.ifa_next }).compactMap { entry in
      guard let address = entry?.pointee.ifa_addr, address.pointee.sa_family == sa_family_t(AF_INET) else { return nil }
      let text = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        String(cString: inet_ntoa($0.pointee.sin_addr))
      }
      return text.hasPrefix("127.") ? nil : text
    }
  }

  @Test func `several requests on one connection are answered one after the other`() throws {
    try serve { port in
      let connection = try Connection(port: port)
      connection.send(request("GET", "/readyz"))
      #expect(connection.read(until: "\r\n\r\nok").hasPrefix("HTTP/1.1 200 OK\r\n"))
      connection.send(request("GET", "/version"))
      #expect(connection.read(until: "linux/amd64\"}").contains("\"minor\":\"32\""))
      connection.send(request("GET", "/api/v1/namespaces/todo/pods/nope"))
      #expect(connection.read(until: "\"code\":404}").contains("HTTP/1.1 404 Not Found"))
    }
  }

  @Test func `a change reaches a watcher on another connection at once`() throws {
    try serve { port in
      let watcher = try Connection(port: port)
      watcher.send(request("GET", "/api/v1/namespaces/todo/configmaps?watch=1"))
      let initial = watcher.read(until: "todo-config")
      #expect(initial.contains("Transfer-Encoding: chunked"))
      let writer = try Connection(port: port)
      writer.send(
        request("POST", "/api/v1/namespaces/todo/configmaps", body: #"{"metadata":{"name":"new"},"data":{"a":"b"}}"#))
      #expect(writer.read(until: "\"name\":\"new\"").contains("201 Created"))
      #expect(watcher.read(until: "\"name\":\"new\"").contains("{\"type\":\"ADDED\""))
    }
  }

  @Test func `a body beyond the limit is refused`() throws {
    try serve { port in
      let connection = try Connection(port: port)
      let body = String(repeating: "x", count: Request.bodyLimit + 1)
      connection.send(request("POST", "/api/v1/namespaces/todo/configmaps", body: body))
      #expect(connection.read(until: "\"code\":413}").contains("HTTP/1.1 413"))
    }
  }

  @Test func `nonsense does not stop the server`() throws {
    try serve { port in
      for nonsense in [
        "\r\n\r\n", "GET\r\n\r\n", "\u{1}\u{2}\u{3}\r\n\r\n", "GET /%zz?%%%=&&& HTTP/1.1\r\nHost: x\r\n\r\n",
      ] {
        let connection = try Connection(port: port)
        connection.send(nonsense)
      }
      let connection = try Connection(port: port)
      connection.send(request("GET", "/readyz"))
      #expect(connection.read(until: "ok").contains("200 OK"))
    }
  }

  @Test func `the ingress host is answered by the application`() throws {
    try serve { port in
      let connection = try Connection(port: port)
      connection.send(request("GET", "/api/health", host: "todo.local"))
      #expect(connection.read(until: "}").contains("\"service\":\"todo-backend\""))
    }
  }

  @Test func `a large list arrives complete`() throws {
    try serve(DemoOptions(totalPods: 500)) { port in
      let connection = try Connection(port: port)
      connection.send("GET /api/v1/pods HTTP/1.0\r\nHost: localhost\r\n\r\n")
      let text = connection.read(until: "never")
      let body = text.split(separator: "\r\n\r\n", maxSplits: 1).last.map(String.init) ?? ""
      #expect(try JSON(parsing: body)["items"]?.elements.count == 500)
    }
  }

  @Test func `stopping ends open watches`() throws {
    let server = try DemoServer(options: DemoOptions())
    let watcher = try Connection(port: try server.start())
    watcher.send(request("GET", "/api/v1/pods?watch=1&resourceVersion=0"))
    _ = watcher.read(until: "ADDED")
    server.stop()
    #expect(!watcher.read(until: "never").contains("never"))
    server.runUntilStopped()
  }

  @Test func `a port in use is an error, and so are options out of range`() throws {
    try serve { port in
      let second = try DemoServer(options: DemoOptions(port: port))
      #expect(throws: DemoServerError.portUnavailable(port)) { try second.start() }
    }
    #expect(throws: DemoServerError.self) { try DemoServer(options: DemoOptions(totalPods: -1)) }
    #expect(throws: DemoServerError.self) { try DemoServer(options: DemoOptions(churnPerSecond: .infinity)) }
    #expect(throws: DemoServerError.self) { try DemoServer(options: DemoOptions(speed: 0)) }
  }
}
