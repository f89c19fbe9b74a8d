import CMicrohttpd

// The functions the C library calls: free functions, for a closure would be tied to where it was written.

/// The library has the headers, a part of the body, or all of a request.
nonisolated func handleRequest(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ url: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ part: UnsafePointer<CChar>?,
  _ partSize: UnsafeMutablePointer<Int>?, _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let context, let connection, let url, let method, let partSize, let state else { return .NO }
  guard let known = state.pointee else {
    let server = Unmanaged<HTTPServer>.fromOpaque(context).takeUnretainedValue()
    let exchange = Exchange(
      connection: connection, method: String(cString: method), url: String(cString: url), server: server)
    state.pointee = Unmanaged.passRetained(exchange).toOpaque()
    return .YES
  }
  let exchange = Unmanaged<Exchange>.fromOpaque(known).takeUnretainedValue()
  guard partSize.pointee > 0 else { return exchange.answer() }
  exchange.receive(UnsafeRawBufferPointer(start: part, count: partSize.pointee))
  partSize.pointee = 0
  return .YES
}

/// A request is over; the library forgets it.
nonisolated func completeRequest(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ reason: MHD_RequestTerminationCode
) {
  guard let state, let known = state.pointee else { return }
  let exchange = Unmanaged<Exchange>.fromOpaque(known).takeRetainedValue()
  exchange.complete()
  state.pointee = nil
}

/// The library wants the next bytes of an answer whose length is known.
nonisolated func readPieces(
  _ context: UnsafeMutableRawPointer?, _ position: UInt64, _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int
) -> Int {
  guard let context else { return cm_end_with_error() }
  let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
  return exchange.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size))
}

/// The library wants the next bytes of a stream.
nonisolated func readOnward(
  _ context: UnsafeMutableRawPointer?, _ position: UInt64, _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int
) -> Int {
  guard let context else { return cm_end_with_error() }
  let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
  return exchange.readStream(into: UnsafeMutableRawBufferPointer(start: buffer, count: size))
}

/// The library has freed a response.
nonisolated func releaseExchange(_ context: UnsafeMutableRawPointer?) {
  guard let context else { return }
  Unmanaged<Exchange>.fromOpaque(context).release()
}

/// The library lists one parameter of the query.
nonisolated func collectArgument(
  _ context: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ name: UnsafePointer<CChar>?,
  _ value: UnsafePointer<CChar>?
) -> MHD_Result {
  guard let context, let name else { return .NO }
  let arguments = context.assumingMemoryBound(to: QueryArguments.self)
  arguments.pointee.add(String(cString: name), value.map { String(cString: $0) } ?? "")
  return .YES
}

/// The parameters of a query: the last value of each name, and all words of a command.
struct QueryArguments {
  private(set) var values: [String: String] = [:]
  private(set) var commands: [String] = []

  /// Adds a parameter.
  mutating func add(_ name: String, _ value: String) {
    values[name] = value
    if name == "command" { commands.append(value) }
  }
}

/// The library has sent the answer that ends HTTP on a connection, and hands its socket over.
nonisolated func takeSocket(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ state: UnsafeMutableRawPointer?,
  _ early: UnsafePointer<CChar>?, _ earlySize: Int, _ socket: Int32, _ handle: OpaquePointer?
) {
  guard let context, let handle else { return }
  let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
  exchange.takeOver(socket, handle, early: UnsafeRawBufferPointer(start: early, count: earlySize))
}
