import Foundation
import Testing

@testable import DemoCluster

/// A server and its clients on one thread: real connections on the loopback address, but time passes only when a test
/// says so, and nothing happens behind its back.
final class HTTPRig {
  let server: HTTPServer
  private let clock: Clock

  private final class Clock {
    var now: Moment
    init(_ now: Moment) { self.now = now }
  }

  init(_ world: World = testWorld()) throws {
    let clock = Clock(world.now)
    self.clock = clock
    server = HTTPServer(api: API(world: world), clock: { clock.now })
    try #require(server.listen(port: 0))
  }

  deinit { server.close() }

  /// Lets seconds pass in the world.
  func advance(_ seconds: Double) {
    clock.now = clock.now + seconds
    repeat { pump() } while server.api.world.now < clock.now
  }

  /// Lets the server do what there is to do.
  func pump(rounds: Int = 3) { for _ in 0..<rounds { server.run(milliseconds: 1) } }

  func client() throws -> Client { try Client(port: server.port) }

  /// Sends a request on a connection of its own and returns everything that comes back.
  func answer(_ text: String) throws -> String {
    let client = try client()
    client.send(text)
    for _ in 0..<2000 where !client.hasEnded {
      pump(rounds: 1)
      client.drain()
    }
    return client.text
  }

  /// A request that asks the server to close the connection behind its answer.
  static func request(
    _ method: String, _ path: String, body: String = "", type: String = "application/json", version: String = "1.1"
  ) -> String {
    "\(method) \(path) HTTP/\(version)\r\nHost: localhost\r\nConnection: close\r\nContent-Type: \(type)\r\n"
      + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  /// A connection that never waits.
  final class Client {
    private let descriptor: Int32
    private(set) var received: [UInt8] = []
    /// Whether the server has closed the connection.
    private(set) var hasEnded = false
    private var unsent: [UInt8] = []

    init(port: UInt16) throws {
      descriptor = try connectedSocket(port: port)
      _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    deinit { close(descriptor) }

    var text: String { String(decoding: received, as: UTF8.self) }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
      unsent += bytes
      flush()
    }

    private func flush() {
      while !unsent.isEmpty {
        #if os(Linux)
          let count = Foundation.send(descriptor, unsent, unsent.count, Int32(MSG_NOSIGNAL))
        #else
          let count = Foundation.send(descriptor, unsent, unsent.count, 0)
        #endif
        guard count > 0 else { return }
        unsent.removeFirst(count)
      }
    }

    /// Takes what has come.
    ///
    /// - Returns: Whether there was anything.
    @discardableResult
    func drain() -> Bool {
      flush()
      var buffer = [UInt8](repeating: 0, count: 256 << 10)
      var any = false
      while !hasEnded {
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count > 0 {
          received += buffer[..<count]
          any = true
        } else if count == 0 || (errno != EAGAIN && errno != EWOULDBLOCK) {
          hasEnded = true
        } else {
          break
        }
      }
      return any
    }

    /// The body of a chunked answer, as far as it has come.
    var chunkedBody: [UInt8] {
      let end = Array("\r\n\r\n".utf8)
      guard let head = received.firstRange(of: end) else { return [] }
      var body: [UInt8] = []
      var rest = received[head.upperBound...]
      while let line = rest.firstRange(of: [0x0D, 0x0A]),
        let size = Int(String(decoding: rest[..<line.lowerBound], as: UTF8.self), radix: 16), size > 0,
        rest.endIndex >= line.upperBound + size
      {
        body += rest[line.upperBound..<(line.upperBound + size)]
        rest = rest[min(rest.endIndex, line.upperBound + size + 2)...]
      }
      return body
    }
  }
}

/// A socket that is connected to a port, of the loopback address unless another is given.
func connectedSocket(port: UInt16, address text: String = "127.0.0.1") throws -> Int32 {
  #if os(Linux)
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  #else
    let descriptor = socket(AF_INET, SOCK_STREAM, 0)
  #endif
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = inet_addr(text)
  let result = withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
  guard result == 0 else {
    close(descriptor)
    throw CocoaError(.fileReadUnknown)
  }
  return descriptor
}
