import Subprocess
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Something that is found out beside the screen, so that a kubectl that hangs never holds up a key.
///
/// A class because a thread and the run loop share it.
final class Background<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let pipe = WakePipe()

  /// Readable when the result is there.
  var descriptor: Int32 { pipe.descriptor }

  /// Begins.
  init(_ find: @escaping @Sendable () throws -> Value) {
    startThread { [self] in
      let found = Result { try find() }
      result.withLock { $0 = found }
      pipe.wake()
    }
  }

  /// What was found, once.
  func take() throws -> Value? {
    let taken = result.withLock { result in
      defer { result = nil }
      return result
    }
    guard let taken else { return nil }
    pipe.drain()
    return try taken.get()
  }
}

/// Runs a closure on a thread of its own.
func startThread(_ body: @escaping @Sendable () -> Void) {
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
