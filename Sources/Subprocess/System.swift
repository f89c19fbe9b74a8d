import CSpawn

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the system calls an error code: `No such file or directory`.
package func systemMessage(_ code: Int32) -> String {
  var buffer = [CChar](repeating: 0, count: 256)
  guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
  return buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "error \(code)" }
}

/// The time since some moment in the past, which no change of the clock disturbs; a machine that sleeps stops it.
package func monotonicTime() -> Duration {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
}

/// The time since the machine was started, awake or asleep, which no change of the clock disturbs.
///
/// For what must come to its end although nobody was awake, and for what is measured against that.
package func timeSinceBoot() -> Duration {
  var time = timespec()
  #if os(Linux)
    clock_gettime(CLOCK_BOOTTIME, &time)
  #else
    // Only on Linux a monotonic clock stands still in sleep.
    clock_gettime(CLOCK_MONOTONIC_RAW, &time)
  #endif
  return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
}

/// Gives memory that is free but held back by the allocator to the system.
package func releaseFreeMemory() { cs_release_memory() }

/// From now on memory in blocks of so many bytes goes back to the system as soon as it is free.
///
/// Otherwise the allocator learns to keep blocks of the largest size it has seen.
package func returnLargeBlocks(ofBytes count: Int) { cs_return_large_blocks(count) }

/// Where on PATH a program is, as a shell finds it; a name with a slash stands for itself.
package func programPath(_ name: String) throws(SpawnProblem) -> String {
  let candidates: [String]
  if name.contains("/") {
    candidates = [name]
  } else {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    candidates = path.split(separator: ":", omittingEmptySubsequences: false).map {
      $0.isEmpty ? name : "\($0)/\(name)"
    }
  }
  var isPresent = false
  for candidate in candidates where !name.isEmpty {
    var status = stat()
    guard stat(candidate, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
    if access(candidate, X_OK) == 0 { return candidate }
    isPresent = true
  }
  throw isPresent ? .notExecutable(name) : .notFound(name)
}

extension Duration {
  /// Whole milliseconds for `poll`, rounded up, so that nothing wakes before its time; at most a day.
  package var pollMilliseconds: Int32 {
    let parts = components
    guard parts.seconds < 86_400 else { return 86_400_000 }
    let milliseconds = parts.seconds * 1_000 + (parts.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return Int32(max(0, milliseconds))
  }
}
