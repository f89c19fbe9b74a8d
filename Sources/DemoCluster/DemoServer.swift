import Dispatch
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A demo cluster that runs in this process, on a thread of its own, and listens on the loopback address only.
///
/// A class because it owns a thread and a socket.
package final class DemoServer: Sendable {
  private let options: DemoOptions
  private let isStopping = Atomic<Bool>(false)
  private let hasStarted = Atomic<Bool>(false)
  private let loop = DispatchGroup()

  /// The longest the world waits for a request before it looks at the clock, in milliseconds.
  static let longestWait: Int32 = 40

  /// Checks the options; nothing is started.
  package init(options: DemoOptions) throws(DemoServerError) {
    guard options.totalPods >= 0, options.totalPods <= World.podLimit else {
      throw .invalidOption("--pods must be from 0 to \(World.podLimit)")
    }
    guard options.churnPerSecond >= 0, options.churnPerSecond <= World.churnLimit else {
      throw .invalidOption("--churn must be from 0 to 10000")
    }
    guard options.speed > 0, options.speed <= 1000 else { throw .invalidOption("the speed must be from 0 to 1000") }
    guard Faults(options.faults) != nil else {
      throw .invalidOption("--fault knows latency, frozen, throttled, errors, truncated, dropped, gone and refused")
    }
    self.options = options
  }

  /// Builds the world and begins to serve it.
  ///
  /// - Returns: The port.
  package func start() throws(DemoServerError) -> UInt16 {
    guard !hasStarted.exchange(true, ordering: .acquiringAndReleasing) else { throw .alreadyStarted }
    let clock = WorldClock(speed: options.speed)
    let world = World.demo(
      seed: options.seed, start: clock.now, scenario: options.scenario, totalPods: options.totalPods,
      churnPerSecond: options.churnPerSecond)
    let server = HTTPServer(
      api: API(world: world), faults: Faults(options.faults) ?? Faults(), clock: { clock.now })
    guard server.listen(port: options.port) else { throw .portUnavailable(options.port) }
    let port = server.port
    if let path = options.kubeconfigPath {
      do {
        try kubeconfig(server: "http://127.0.0.1:\(port)").write(toFile: path, atomically: true, encoding: .utf8)
      } catch {
        server.close()
        throw .kubeconfigNotWritable(path: path)
      }
    }
    launch(server)
    return port
  }

  /// Stops serving, and returns when it has.
  package func stop() {
    isStopping.store(true, ordering: .releasing)
    loop.wait()
  }

  /// Waits until another thread calls ``stop()``.
  package func runUntilStopped() { loop.wait() }

  /// Only the new thread touches the server from here on.
  private func launch(_ server: HTTPServer) {
    let owned = Owned(server)
    DispatchQueue(label: "todotop-demo").async(group: loop) { [self] in
      while !isStopping.load(ordering: .acquiring) {
        owned.value.run(milliseconds: Self.longestWait)
      }
      owned.value.close()
    }
  }
}

/// A value that is handed to another thread and used only there.
private struct Owned<Value>: @unchecked Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
}

/// The world's time: it begins at the real time and passes at a pace of its own.
struct WorldClock: Sendable {
  private let origin: Moment
  private let begin = ContinuousClock.now
  private let speed: Double

  /// A clock that starts now.
  init(speed: Double) {
    self.speed = speed
    origin = Moment(milliseconds: Int(Date().timeIntervalSince1970 * 1000))
  }

  /// The present moment of the world.
  var now: Moment {
    let elapsed = ContinuousClock.now - begin
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    return origin + seconds * speed
  }
}
