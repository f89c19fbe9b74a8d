import CMicrohttpd

/// Serves an ``API`` on the loopback address.
///
/// Everything happens inside ``run(milliseconds:)``, on the thread that calls it: requests, the passing of time and
/// the waking of watchers need no locks. A class because the C library keeps a pointer to it.
final class HTTPServer {
  /// The most connections at one time; further ones are refused.
  static let connectionLimit: UInt32 = 512
  /// The buffer of a connection, which bounds the size of the headers and of one chunk.
  static let connectionMemory = 96 << 10
  /// Seconds after which a silent connection is closed; waiting watches are exempt.
  static let timeoutSeconds: UInt32 = 300

  /// The API that answers.
  var api: API
  /// What goes wrong on purpose.
  var faults: Faults
  /// The port that is listened on.
  private(set) var port: UInt16 = 0
  private var daemon: OpaquePointer?
  private let clock: () -> Moment
  private var exchanges: [ObjectIdentifier: Exchange] = [:]
  private var upgraded: [UpgradedConnection] = []
  /// How long the world may happen at a stretch before requests are looked at again.
  static let longestAdvance = Duration.milliseconds(50)
  /// How long a round waits at most while commands run, whose sockets the library does not watch, in milliseconds.
  static let waitWithCommands: Int32 = 5

  /// A server that does not listen yet; `clock` tells the world's time.
  init(api: API, faults: Faults = Faults(), clock: @escaping () -> Moment) {
    self.api = api
    self.faults = faults
    self.clock = clock
  }

  /// Begins to listen; port 0 takes any free one.
  ///
  /// - Returns: `false` where the port cannot be used.
  func listen(port: UInt16) -> Bool {
    let context = Unmanaged.passUnretained(self).toOpaque()
    daemon = cm_start(
      port, Self.connectionLimit, Self.connectionMemory, Self.timeoutSeconds, handleRequest, completeRequest, context)
    guard let daemon else { return false }
    self.port = cm_port(daemon)
    return true
  }

  /// Serves what there is, for at most so many milliseconds, and lets time pass in the world.
  ///
  /// It waits no longer than until the world's next change, so that watchers hear of it at once.
  func run(milliseconds: Int32) {
    guard let daemon else { return }
    let untilNextChange = api.world.nextMoment.map { $0.seconds(since: clock()) * 1000 } ?? Double(milliseconds)
    let longest = upgraded.isEmpty ? milliseconds : min(milliseconds, Self.waitWithCommands)
    _ = cm_run(daemon, Int32(max(1, min(Double(longest), untilNextChange))))
    advance()
    runCommands()
    wakeStreams()
  }

  /// Ends all connections and stops listening.
  func close() {
    guard let daemon else { return }
    for exchange in exchanges.values { exchange.resume(ending: true) }
    for connection in upgraded { connection.close() }
    upgraded = []
    MHD_stop_daemon(daemon)
    self.daemon = nil
  }

  /// Lets the world happen up to now.
  ///
  /// A world in which too much happens falls behind the clock: requests are answered all the same.
  func advance() {
    let moment = clock()
    let begin = ContinuousClock.now
    while !api.world.advance(to: moment, steps: 8), ContinuousClock.now - begin < Self.longestAdvance {}
  }

  private func runCommands() {
    guard !faults.isFrozen else { return }
    for connection in upgraded {
      let isDropped = faults.streamSeconds.map { connection.age >= $0 } ?? false
      if !isDropped, connection.advance(in: &api.world) { continue }
      upgraded.removeAll { $0 === connection }
      connection.close()
    }
  }

  private func wakeStreams() {
    for exchange in exchanges.values {
      if exchange.isHeld, exchange.isSuspended, !exchange.mustWait { exchange.resume(ending: false) }
      guard let stream = exchange.stream, !faults.isFrozen else { continue }
      if let seconds = faults.streamSeconds, exchange.age >= seconds {
        exchange.breakConnection()
        continue
      }
      if exchange.isSuspended {
        if stream.isReady(in: api.world) { exchange.resume(ending: false) }
      } else if stream.isOverrun(in: api.world) {
        // The client does not read, so the library does not ask for more: only breaking the connection helps.
        exchange.breakConnection()
      }
    }
  }

  /// Remembers a request whose answer is a stream.
  func keep(_ exchange: Exchange) { exchanges[ObjectIdentifier(exchange)] = exchange }

  /// Whether one more connection may leave HTTP.
  var takesUpgrades: Bool { upgraded.count < UpgradedConnection.limit }

  /// Remembers a connection that has left HTTP.
  func keep(_ connection: UpgradedConnection) { upgraded.append(connection) }

  /// Forgets a request that is over.
  func forget(_ exchange: Exchange) { exchanges[ObjectIdentifier(exchange)] = nil }
}
