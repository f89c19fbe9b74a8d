import Foundation
import Synchronization

/// A gate on loopback in front of the demo's API, that can be told to misbehave.
///
/// Each connection carries one request, so that the gate decides on each.
final class Gate: Sendable {
  /// What happens to a request.
  enum Manner: Equatable {
    case open
    /// Requests for a kind, such as `ingresses.networking.k8s.io`, are answered with 403 as Kubernetes does.
    case forbidding(String)
    /// Every request is answered with 500 in plain text.
    case failing
  }

  /// Where it listens.
  let port: Int
  private let listener: Int32
  private let upstream: Int
  private let manner: Mutex<Manner>
  private let connections = Mutex<Set<Int32>>([])
  private let refused = Mutex<[Date]>([])

  init(before demo: DemoProcess, _ manner: Manner = .open) throws {
    upstream = demo.port
    self.manner = Mutex(manner)
    let door = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopback(0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withSocketAddress(&address) {
      bind(door, $0, length) == 0 && listen(door, 64) == 0 && getsockname(door, $0, &length) == 0
    }
    guard isListening else { throw CocoaError(.executableLoad) }
    listener = door
    port = Int(UInt16(bigEndian: address.sin_port))
    let serve = serve
    Thread.detachNewThread {
      while case let client = accept(door, nil, nil), client >= 0 {
        Thread.detachNewThread { serve(client) }
      }
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  /// When requests came while the gate was failing.
  var refusals: [Date] { refused.withLock { $0 } }

  /// Behaves in another manner from now on, also to streams under way.
  func become(_ manner: Manner) {
    self.manner.withLock { $0 = manner }
    connections.withLock { for each in $0 { shutdown(each, Int32(SHUT_RDWR)) } }
  }

  /// A kubeconfig that leads through the gate.
  func kubeconfig() throws -> TemporaryFile {
    try TemporaryFile(
      """
      apiVersion: v1
      kind: Config
      current-context: gate
      contexts: [{name: gate, context: {cluster: gate, user: gate, namespace: todo}}]
      clusters: [{name: gate, cluster: {server: "http://127.0.0.1:\(port)"}}]
      users: [{name: gate, user: {}}]
      """)
  }

  /// Serves one request.
  private var serve: @Sendable (Int32) -> Void {
    { [weak self] client in
      defer { close(client) }
      guard let head = requestHead(client), let self else { return }
      let path = head.split(separator: " ").dropFirst().first.map(String.init) ?? ""
      let lines = head.components(separatedBy: "\r\n").filter { !$0.lowercased().hasPrefix("connection:") }
      switch manner.withLock({ $0 }) {
      case .failing:
        refused.withLock { $0.append(Date()) }
        answer(client, "500 Internal Server Error", "text/plain", "the gate is broken")
      case .forbidding(let kind) where path.contains("/\(kind.prefix { $0 != "." })"):
        answer(client, "403 Forbidden", "application/json", forbidden(kind))
      case .open, .forbidding: forward(([lines[0], "Connection: close"] + lines.dropFirst()), client)
      }
    }
  }

  private func forward(_ head: [String], _ client: Int32) {
    let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer {
      connections.withLock { $0.subtract([client, server]) }
      close(server)
    }
    var address = loopback(upstream)
    let isConnected = withSocketAddress(&address) {
      connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
    }
    guard isConnected else { return }
    connections.withLock { $0.formUnion([client, server]) }
    writeAll(server, Array(head.joined(separator: "\r\n").utf8))
    // The head has its own empty line at the end; requests here have no body.
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while case let count = read(server, &buffer, buffer.count), count > 0 {
      guard writeAll(client, Array(buffer.prefix(count))) else { return }
    }
  }

  private func answer(_ client: Int32, _ status: String, _ type: String, _ body: String) {
    let head = "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n"
    writeAll(client, Array("\(head)Connection: close\r\n\r\n\(body)".utf8))
  }

  private func forbidden(_ kind: String) -> String {
    let parts = kind.split(separator: ".", maxSplits: 1)
    let words = """
      \(kind) is forbidden: User \\"guest\\" cannot list resource \\"\(parts[0])\\" in API group \
      \\"\(parts.count > 1 ? parts[1] : "")\\" in the namespace \\"todo\\"
      """
    return """
      {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","reason":"Forbidden","code":403,\
      "message":"\(words)"}
      """
  }
}

/// The request up to and with its empty line.
private func requestHead(_ client: Int32) -> String? {
  var bytes: [UInt8] = []
  var byte: UInt8 = 0
  while bytes.count < 16 << 10, read(client, &byte, 1) == 1 {
    bytes.append(byte)
    if bytes.suffix(4) == [13, 10, 13, 10] { return String(decoding: bytes, as: UTF8.self) }
  }
  return nil
}

@discardableResult
private func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    guard count > 0 else { return false }
    rest = rest.dropFirst(count)
  }
  return true
}

private func loopback(_ port: Int) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = UInt16(port).bigEndian
  address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
  return address
}

private func withSocketAddress<Result>(
  _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) -> Result
) -> Result {
  withUnsafeMutablePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0) }
  }
}
