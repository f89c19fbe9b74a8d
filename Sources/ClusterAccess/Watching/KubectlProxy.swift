import Subprocess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `kubectl proxy` on a private socket: started, waited for, and started again when it ends.
///
/// A class because its child's descriptors call back.
final class KubectlProxy {
  /// How long the proxy may take to accept; a wrapper may have to download kubectl first.
  static let startLimit: Duration = .seconds(30)
  /// How often in a row it may fail to start before another way is tried.
  static let maximumStarts = 3
  private static let acceptGlance: Duration = .milliseconds(10)

  private let context: FeedContext
  private let folder: PrivateFolder
  private var child: Child?
  private var words = OutputCapture(limitBytes: 16 << 10)
  private var timer: EventLoop.Ticket?
  private var failedStarts = 0
  private var backoff = Backoff()
  private var isAccepting = false
  private var deadline: Duration = .zero
  /// Called when requests can be sent.
  var onReady: () -> Void = {}
  /// Called when the proxy ended: why.
  var onLost: (String) -> Void = { _ in }
  /// Called when it cannot be started: why.
  var onGivenUp: (String) -> Void = { _ in }

  /// A proxy that is not started; throws when there is no place for its socket.
  init(_ context: FeedContext) throws(AccessProblem) {
    self.context = context
    folder = try PrivateFolder(longestName: Self.socketName)
  }

  private static let socketName = "api.sock"

  /// Where it listens.
  var socketPath: String { "\(folder.path)/\(Self.socketName)" }

  /// Starts the proxy.
  func start() {
    timer = nil
    do {
      let argv = try ReadCommand.proxy(socket: socketPath).argv(for: context.target)
      let child = try Child(argv)
      self.child = child
      words = OutputCapture(limitBytes: 16 << 10)
      isAccepting = false
      deadline = monotonicTime() + Self.startLimit
      context.loop.watch(child.output) { [unowned self] in readOutput() }
      context.loop.watch(child.errorOutput) { [unowned self] in readErrors() }
      lookWhetherItAccepts()
    } catch let problem as SpawnProblem {
      onGivenUp("\(AccessProblem.recognise(problem))")
    } catch {
      onGivenUp("\(error)")
    }
  }

  /// Ends the proxy and removes its socket.
  func stop() {
    release()
    folder.remove(Self.socketName)
  }

  /// Ends a proxy that hangs and starts another; one that comes up has a limit of its own.
  func renew() {
    guard isAccepting else { return }
    release()
    isAccepting = false
    onLost("kubectl proxy does not answer and is started anew")
    start()
  }

  private func release() {
    context.loop.cancel(timer)
    timer = nil
    guard let child else { return }
    context.loop.unwatch(child.output)
    context.loop.unwatch(child.errorOutput)
    child.stop()
    self.child = nil
  }

  private func lookWhetherItAccepts() {
    timer = nil
    if canConnect(to: socketPath) {
      isAccepting = true
      failedStarts = 0
      backoff.succeeded()
      return onReady()
    }
    if child?.reap() != nil || monotonicTime() > deadline { return ended() }
    timer = context.loop.after(Self.acceptGlance) { [unowned self] in lookWhetherItAccepts() }
  }

  private func readOutput() {
    guard let child else { return }
    if !readWaiting(child.output, { _ in }) { ended() }
  }

  private func readErrors() {
    guard let child else { return }
    words.take(from: child.errorOutput)
    if !words.isOpen { context.loop.unwatch(child.errorOutput) }
  }

  /// The proxy ended or does not come up: try again, or give up.
  private func ended() {
    if let child { words.take(from: child.errorOutput) }
    let essence = AccessProblem.essence(of: String(decoding: words.bytes, as: UTF8.self))
    let reason = essence.isEmpty ? "kubectl proxy ended" : "kubectl proxy ended: \(essence)"
    release()
    if !isAccepting { failedStarts += 1 }
    guard failedStarts < Self.maximumStarts else { return onGivenUp(reason) }
    onLost(reason)
    timer = context.loop.after(backoff.failed(jitter: context.jitter)) { [unowned self] in start() }
  }
}
