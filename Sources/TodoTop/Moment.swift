import ClusterModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The moment now: the only place where the program reads the clock.
func currentMoment() -> Timestamp {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
}

/// A moment as RFC 3339 has it; `nil` for anything else.
func moment(_ text: String) -> Timestamp? { Timestamp(text) }

/// A variable of the environment; empty where it is not set.
func environment(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }

extension Timestamp {
  /// The moment to the second, in UTC: `2026-11-21T03:07:32Z`.
  var rfc3339: String { Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601) }
}
