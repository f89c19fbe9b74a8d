import CMicrohttpd

/// One request on a connection, from its headers to the end of its answer.
///
/// A class because the C library carries a pointer to it between callbacks.
final class Exchange {
  private let connection: OpaquePointer
  private let method: String
  private let url: String
  private unowned let server: HTTPServer
  private var body: [UInt8] = []
  private var isTooLarge = false
  private var pieces = PendingBytes()
  /// The stream that the answer consists of, if it is one.
  private(set) var stream: (any ResponseStream)?
  /// Whether the library waits for this exchange to be resumed.
  private(set) var isSuspended = false
  private var isEnding = false
  private let begin = ContinuousClock.now
  /// Whether the answer is held back by a fault.
  private(set) var isHeld = false
  /// The command that takes the connection over, if one does.
  private var command: RemoteCommand?
  /// Bytes after which the answer breaks off, if it does.
  private var breaksAfter: Int?
  private var isBroken = false

  init(connection: OpaquePointer, method: String, url: String, server: HTTPServer) {
    self.connection = connection
    self.method = method
    self.url = url
    self.server = server
  }

  /// Takes a part of the body.
  func receive(_ part: UnsafeRawBufferPointer) {
    if body.count + part.count > Request.bodyLimit {
      isTooLarge = true
      body = []
    } else if !isTooLarge {
      body.append(contentsOf: part)
    }
  }

  /// Answers the complete request.
  func answer() -> MHD_Result {
    if mustWait {
      isHeld = true
      isSuspended = true
      server.keep(self)
      MHD_suspend_connection(connection)
      return .YES
    }
    isHeld = false
    server.advance()
    let answer = isTooLarge ? Refusal.tooLarge.answer : server.answer(request)
    if case .command(let command, let key) = answer.content { return upgrade(to: command, key: key) }
    return send(answer)
  }

  private func send(_ answer: Answer) -> MHD_Result {
    let response: OpaquePointer?
    // The response holds a reference of its own until the library frees it.
    let context = Unmanaged.passRetained(self).toOpaque()
    switch answer.content {
    case .pieces(let list):
      for piece in list { pieces.append(piece) }
      let size = list.reduce(0) { $0 + $1.count }
      if server.faults.isTruncating, url != Faults.path { breaksAfter = size / 2 }
      response = MHD_create_response_from_callback(UInt64(size), 64 << 10, readPieces, context, releaseExchange)
    case .stream(let stream):
      self.stream = stream
      server.keep(self)
      response = MHD_create_response_from_callback(cm_size_unknown(), 64 << 10, readOnward, context, releaseExchange)
    case .command: response = nil
    }
    guard let response else {
      Unmanaged<Exchange>.fromOpaque(context).release()
      return .NO
    }
    MHD_add_response_header(response, "Content-Type", answer.contentType)
    MHD_add_response_header(response, "Cache-Control", "no-cache, private")
    if let seconds = answer.retryAfterSeconds { MHD_add_response_header(response, "Retry-After", String(seconds)) }
    let result = MHD_queue_response(connection, UInt32(answer.status), response)
    MHD_destroy_response(response)
    return result
  }

  /// Ends HTTP on this connection and begins WebSocket.
  private func upgrade(to command: RemoteCommand, key: String) -> MHD_Result {
    // The library keeps this exchange until the connection is over, so the response needs no reference of its own.
    let context = Unmanaged.passUnretained(self).toOpaque()
    guard server.takesUpgrades else { return send(Refusal.throttled(1).answer) }
    guard let accept = WebSocket.accept(key: key), let response = MHD_create_response_for_upgrade(takeSocket, context)
    else { return .NO }
    self.command = command
    MHD_add_response_header(response, "Upgrade", "websocket")
    MHD_add_response_header(response, "Sec-WebSocket-Accept", accept)
    MHD_add_response_header(response, "Sec-WebSocket-Protocol", RemoteCommand.subprotocol)
    let result = MHD_queue_response(connection, 101, response)
    MHD_destroy_response(response)
    return result
  }

  /// Takes the socket of the connection, which speaks WebSocket from now on.
  func takeOver(_ socket: Int32, _ handle: OpaquePointer, early: UnsafeRawBufferPointer) {
    guard let command else { return cm_close_upgraded(handle) }
    server.keep(UpgradedConnection(descriptor: socket, handle: handle, command: command, early: early))
  }

  private var request: Request {
    var arguments = QueryArguments()
    withUnsafeMutablePointer(to: &arguments) { pointer in
      _ = MHD_get_connection_values(connection, .GET_ARGUMENT_KIND, collectArgument, pointer)
    }
    var request = Request(method, url, query: arguments.values)
    request.commands = arguments.commands
    let key = header("Sec-WebSocket-Key")
    if header("Upgrade").lowercased() == "websocket", !key.isEmpty {
      let names = header("Sec-WebSocket-Protocol").split(separator: ",").map { String($0).trimmed }
      request.upgrade = Request.Upgrade(key: key, subprotocols: names)
    }
    request.host = header("Host")
    request.accept = header("Accept")
    request.contentType = header("Content-Type")
    request.userAgent = header("User-Agent")
    request.body = body
    return request
  }

  private func header(_ name: String) -> String {
    MHD_lookup_connection_value(connection, .HEADER_KIND, name).map { String(cString: $0) } ?? ""
  }

  /// Writes a part of an answer whose length is known.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard let left = breaksAfter else {
      let written = pieces.copy(into: buffer)
      return written > 0 ? written : cm_end_of_stream()
    }
    guard left > 0 else { return cm_end_with_error() }
    let written = pieces.copy(into: UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(left)))
    breaksAfter = left - written
    return written
  }

  /// Whether a fault holds the answer back at this moment.
  var mustWait: Bool {
    guard url != Faults.path, !isEnding else { return false }
    guard let delay = server.faults.delay else { return true }
    return age < delay
  }

  /// Seconds since the request came.
  var age: Double { (ContinuousClock.now - begin) / .seconds(1) }

  /// Writes what the stream has now, or suspends the connection until there is more.
  func readStream(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard !isBroken else { return cm_end_with_error() }
    guard !isEnding, let stream else { return cm_end_of_stream() }
    switch server.faults.isFrozen ? .nothingYet : stream.read(into: buffer, from: server.api.world) {
    case .bytes(let count): return count
    case .end: return cm_end_of_stream()
    case .overrun: return cm_end_with_error()
    case .nothingYet:
      isSuspended = true
      MHD_suspend_connection(connection)
      return 0
    }
  }

  /// Lets the library ask the stream again.
  func resume(ending: Bool) {
    isEnding = ending
    guard isSuspended else { return }
    isSuspended = false
    MHD_resume_connection(connection)
  }

  /// Ends the connection of a client that does not read.
  func breakConnection() {
    isBroken = true
    // A connection that is suspended notices only when it goes on.
    if isSuspended { resume(ending: false) } else { cm_break(connection) }
  }

  /// The request is over, well or not.
  func complete() { server.forget(self) }
}
