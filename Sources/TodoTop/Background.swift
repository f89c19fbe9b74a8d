import Subprocess
import Synchronization

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
