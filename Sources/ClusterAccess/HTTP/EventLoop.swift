import CCurl
import ClusterModel
import Subprocess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The loop of one thread: requests, descriptors and timers, each with what to do when it is its turn.
///
/// A class because everything on the thread shares it. Nothing here may be used from another thread. What is to be
/// done runs between the steps of curl, so that it may begin and cancel anything.
final class EventLoop {
  /// A request, descriptor or timer that waits; never used twice.
  typealias Ticket = Int

  private let multi: UnsafeMutableRawPointer
  /// Memory for the bodies of answers.
  let buffers = BodyBuffers()
  private var transfers: [Ticket: Transfer] = [:]
  private var tickets: [UnsafeMutableRawPointer: Ticket] = [:]
  private var watched: [(descriptor: Int32, isReady: () -> Void)] = []
  private var timers: [(ticket: Ticket, deadline: Duration, body: () -> Void)] = []
  private var lastTicket = 0
  private var isStopped = false
  /// Runs after each turn: the place to hand over what was gathered.
  var afterTurn: () -> Void = {}

  /// The longest time without a look around.
  private static let longestTurn: Duration = .seconds(60)

  /// A loop with nothing to do.
  init() {
    _ = curlIsReady
    guard let multi = curl_multi_init() else { preconditionFailure("out of memory") }
    self.multi = multi
  }

  deinit {
    for transfer in transfers.values { curl_multi_remove_handle(multi, transfer.handle) }
    transfers = [:]
    curl_multi_cleanup(multi)
  }

  /// The wall clock; only for what people see.
  var now: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  /// Sends a request whose whole body comes at the end, or, with `onLine`, line by line.
  ///
  /// `onEnd` is called once, later, unless the request is cancelled.
  @discardableResult
  func send(
    _ request: HTTPRequest, onOpened: (() -> Void)? = nil,
    onLine: ((UnsafeRawBufferPointer, _ isCut: Bool) -> Void)? = nil, onEnd: @escaping (HTTPAnswer) -> Void
  ) -> Ticket {
    let ticket = nextTicket()
    guard let transfer = Transfer(request, buffers, onOpened: onOpened, onLine: onLine, onEnd: onEnd) else {
      return ticket
    }
    transfers[ticket] = transfer
    tickets[transfer.handle] = ticket
    curl_multi_add_handle(multi, transfer.handle)
    return ticket
  }

  /// Calls `body` after a time, once.
  @discardableResult
  func after(_ delay: Duration, _ body: @escaping () -> Void) -> Ticket {
    let ticket = nextTicket()
    timers.append((ticket, monotonicTime() + delay, body))
    return ticket
  }

  /// Forgets a request or a timer; nothing is called for it any more.
  func cancel(_ ticket: Ticket?) {
    guard let ticket else { return }
    timers.removeAll { $0.ticket == ticket }
    guard let transfer = transfers.removeValue(forKey: ticket) else { return }
    transfer.isCancelled = true
    tickets[transfer.handle] = nil
    curl_multi_remove_handle(multi, transfer.handle)
  }

  /// Calls `isReady` whenever a descriptor can be read.
  func watch(_ descriptor: Int32, _ isReady: @escaping () -> Void) { watched.append((descriptor, isReady)) }

  /// Forgets a descriptor; call it before the descriptor is closed.
  func unwatch(_ descriptor: Int32) { watched.removeAll { $0.descriptor == descriptor } }

  /// Ends ``run()`` after this turn.
  func stop() { isStopped = true }

  /// Does what there is to do until ``stop()``.
  func run() {
    while !isStopped {
      turn()
      afterTurn()
    }
  }

  private func turn() {
    var descriptors = watched.map { curl_waitfd(fd: $0.descriptor, events: Int16(CURL_WAIT_POLLIN), revents: 0) }
    let first = timers.map(\.deadline).min()
    let wait = min(Self.longestTurn, first.map { max(.zero, $0 - monotonicTime()) } ?? Self.longestTurn)
    curl_multi_poll(multi, &descriptors, UInt32(descriptors.count), wait.pollMilliseconds, nil)
    for descriptor in descriptors where descriptor.revents != 0 {
      // One that is ready may have been forgotten by the one before.
      watched.first { $0.descriptor == descriptor.fd }?.isReady()
    }
    runTransfers()
    runTimers()
  }

  private func runTransfers() {
    var running: Int32 = 0
    curl_multi_perform(multi, &running)
    for transfer in Array(transfers.values) { transfer.deliver() }
    var result = CURLE_OK
    while let handle = cc_next_finished(multi, &result) {
      guard let ticket = tickets.removeValue(forKey: handle), let transfer = transfers.removeValue(forKey: ticket)
      else { continue }
      curl_multi_remove_handle(multi, handle)
      transfer.finish(result)
    }
  }

  private func runTimers() {
    let now = monotonicTime()
    let due = timers.filter { $0.deadline <= now }.sorted { $0.deadline < $1.deadline }
    for timer in due where timers.contains(where: { $0.ticket == timer.ticket }) {
      timers.removeAll { $0.ticket == timer.ticket }
      timer.body()
    }
  }

  private func nextTicket() -> Ticket {
    lastTicket += 1
    return lastTicket
  }
}

/// Set up once, before any thread uses curl.
private let curlIsReady: Void = {
  curl_global_init(Int(CURL_GLOBAL_DEFAULT))
}()
