import CMicrohttpd

/// A connection that speaks WebSocket for a command that runs in a container.
///
/// The library hands over the socket, so reading and writing happen here, without waiting. A class because the server
/// keeps it from round to round.
final class UpgradedConnection {
  /// The most such connections at one time.
  static let limit = 32
  /// Bytes that may wait for a client; until some are read, the command neither runs nor gets input.
  static let outputLimit = 1 << 20
  /// Bytes that are read in one round.
  private static let readSize = 16 << 10

  private let descriptor: Int32
  private let handle: OpaquePointer
  private var command: RemoteCommand
  private var socket = WebSocket()
  private var output: [UInt8] = []
  private var isEnding = false
  private let begin = ContinuousClock.now

  /// Takes a connection over; `early` are bytes that came right behind the request.
  init(descriptor: Int32, handle: OpaquePointer, command: RemoteCommand, early: UnsafeRawBufferPointer) {
    self.descriptor = descriptor
    self.handle = handle
    self.command = command
    socket.receive(early)
  }

  /// Seconds since the command began.
  var age: Double { (ContinuousClock.now - begin) / .seconds(1) }

  /// Reads, lets the command run and writes.
  ///
  /// - Returns: Whether the connection goes on.
  func advance(in world: inout World) -> Bool {
    guard write() else { return false }
    if isEnding { return !output.isEmpty }
    guard output.count < Self.outputLimit else { return true }
    guard read() else { return false }
    do throws(WebSocket.CloseCode) {
      while !isEnding, let message = try socket.nextMessage() { take(message) }
    } catch {
      end(error)
    }
    if !isEnding {
      for message in command.run(in: &world) { output += WebSocket.frame(message) }
      if command.isOver { end(.normal) }
    }
    return write()
  }

  /// Gives the connection back to the library, which closes it.
  func close() { cm_close_upgraded(handle) }

  private func take(_ message: WebSocket.Message) {
    switch message {
    case .binary(let content): command.receive(content)
    case .ping(let content): output += WebSocket.pong(content)
    case .close: end(.normal)
    }
  }

  private func end(_ code: WebSocket.CloseCode) {
    output += WebSocket.close(code)
    isEnding = true
  }

  private func read() -> Bool {
    guard command.takesInput else { return true }
    var buffer = [UInt8](repeating: 0, count: Self.readSize)
    let count = cm_receive(descriptor, &buffer, buffer.count)
    if count > 0 { buffer.withUnsafeBytes { socket.receive(UnsafeRawBufferPointer(rebasing: $0[..<count])) } }
    return count >= 0
  }

  private func write() -> Bool {
    while !output.isEmpty {
      let count = cm_send(descriptor, output, output.count)
      guard count >= 0 else { return false }
      guard count > 0 else { return true }
      output.removeFirst(count)
    }
    return true
  }
}
