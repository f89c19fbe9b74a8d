import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Runs a closure on a thread of its own.
package func startThread(_ body: @escaping @Sendable () -> Void) {
  let box = Unmanaged.passRetained(ThreadBody(body))
  #if canImport(Darwin)
    var thread: pthread_t?
  #else
    var thread = pthread_t()
  #endif
  guard pthread_create(&thread, nil, runThreadBody, box.toOpaque()) == 0 else {
    // Without a thread it is done here: slower to the eye, but done.
    box.takeRetainedValue().body()
    return
  }
  #if canImport(Darwin)
    if let thread { pthread_detach(thread) }
  #else
    pthread_detach(thread)
  #endif
}

private final class ThreadBody: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

#if canImport(Darwin)
  private nonisolated func runThreadBody(_ pointer: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    runBody(pointer)
  }
#else
  private nonisolated func runThreadBody(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    pointer.flatMap(runBody)
  }
#endif

private nonisolated func runBody(_ pointer: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
  Unmanaged<ThreadBody>.fromOpaque(pointer).takeRetainedValue().body()
  return nil
}

/// The results of a function for each input in their order, some at a time on threads of their own.
///
/// - Parameter width: How many at a time; the thread that calls is one of them.
package func inParallel<Input: Sendable, Result: Sendable>(
  _ inputs: [Input], width: Int, _ body: @escaping @Sendable (Input) -> Result
) -> [Result] {
  let work = SharedWork(inputs, body)
  for _ in 1..<max(1, min(width, inputs.count)) { startThread { work.carryOn() } }
  work.carryOn()
  return work.wait()
}

/// Inputs of which threads take one after the other.
///
/// A class because threads share it.
private final class SharedWork<Input: Sendable, Result: Sendable>: Sendable {
  private struct State: Sendable {
    var next = 0
    var results: [Result?]
    var left: Int
  }

  private let inputs: [Input]
  private let body: @Sendable (Input) -> Result
  private let state: Mutex<State>
  private let pipe = WakePipe()

  init(_ inputs: [Input], _ body: @escaping @Sendable (Input) -> Result) {
    self.inputs = inputs
    self.body = body
    state = Mutex(State(results: Array(repeating: nil, count: inputs.count), left: inputs.count))
  }

  /// Takes inputs until there are none left.
  func carryOn() {
    while let index = takeNext() {
      let result = body(inputs[index])
      let isLast = state.withLock { state in
        state.results[index] = result
        state.left -= 1
        return state.left == 0
      }
      if isLast { pipe.wake() }
    }
  }

  private func takeNext() -> Int? {
    state.withLock { state in
      guard state.next < inputs.count else { return nil }
      state.next += 1
      return state.next - 1
    }
  }

  /// Waits until all are done.
  func wait() -> [Result] {
    while state.withLock({ $0.left }) > 0 {
      var waiting = pollfd(fd: pipe.descriptor, events: Int16(POLLIN), revents: 0)
      poll(&waiting, 1, 1_000)
    }
    return state.withLock { $0.results.compactMap(\.self) }
  }
}
