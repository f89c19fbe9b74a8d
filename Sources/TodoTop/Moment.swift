import ClusterModel

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

/// How far the local time is from UTC at a moment, in seconds.
func utcOffset(at moment: Timestamp) -> Int {
  var seconds = time_t(moment.seconds)
  var parts = tm()
  localtime_r(&seconds, &parts)
  return parts.tm_gmtoff
}
