import ClusterAccess
import Subprocess
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is to be shown, found before anything is read: the cluster, and the demo if there is one.
struct Opened: Sendable {
  var source: FeedConfiguration.Source
  var title: String
  var demo: DemoChild?

  /// Finds what the arguments mean; may start the demo and ask kubectl, so it can take seconds.
  static func open(_ arguments: Arguments) throws -> Opened {
    if !arguments.from.isEmpty { return Opened(source: .recording(arguments.from), title: "recording", demo: nil) }
    guard arguments.demo else {
      let target = try target(arguments, nil)
      return Opened(source: source(arguments, target, nil), title: target.namespace ?? target.context, demo: nil)
    }
    let demo = try DemoChild(arguments)
    do {
      let target = try target(arguments, demo)
      return Opened(source: source(arguments, target, demo), title: "Todo AI Chatbot", demo: demo)
    } catch {
      demo.stop()
      throw error
    }
  }

  private static func target(_ arguments: Arguments, _ demo: DemoChild?) throws -> ClusterTarget {
    do {
      var target = try ClusterTarget.resolve(TargetOptions(arguments, demo))
      if demo != nil, arguments.namespace == nil, !arguments.allNamespaces { target.namespace = "todo" }
      return target
    } catch {
      guard let demo, error.reason == .kubectlNotFound else { throw error }
      // Without kubectl the demo still runs, on a socket of its own.
      return ClusterTarget(
        kubectl: [], context: "todotop-demo", namespace: arguments.allNamespaces ? nil : arguments.namespace ?? "todo",
        server: demo.server)
    }
  }

  private static func source(_ arguments: Arguments, _ target: ClusterTarget, _ demo: DemoChild?)
    -> FeedConfiguration.Source
  {
    if let demo, target.kubectl.isEmpty { return .direct(target, base: demo.server) }
    if let period = arguments.pollPeriod { return .poll(target, every: period) }
    return .watch(target)
  }
}

/// Opens beside the screen, so that a kubectl that hangs never holds up a key.
///
/// A class because a thread and the run loop share it.
final class Opening: Sendable {
  private let result = Mutex<Result<Opened, any Error>?>(nil)
  private let pipe = WakePipe()

  /// Readable when the result is there.
  var descriptor: Int32 { pipe.descriptor }

  /// Begins.
  init(_ arguments: Arguments) {
    startThread { [self] in
      let found = Result { try Opened.open(arguments) }
      result.withLock { $0 = found }
      pipe.wake()
    }
  }

  /// What was found, once.
  func take() throws -> Opened? {
    try result.withLock { $0.take() }?.get()
  }
}

/// Runs a closure on a thread of its own.
private func startThread(_ body: @escaping @Sendable () -> Void) {
  let box = Unmanaged.passRetained(ThreadBody(body))
  var thread = pthread_t()
  let code = pthread_create(&thread, nil, runThreadBody, box.toOpaque())
  guard code == 0 else {
    // Without a thread it is done here: slower to the eye, but done.
    box.takeRetainedValue().body()
    return
  }
  pthread_detach(thread)
}

private final class ThreadBody: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private nonisolated func runThreadBody(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let pointer else { return nil }
  Unmanaged<ThreadBody>.fromOpaque(pointer).takeRetainedValue().body()
  return nil
}
