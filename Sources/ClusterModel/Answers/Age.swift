/// Ages as kubectl prints them.
public enum Age {
  /// The age of something since a moment: `37m`; `<unknown>` without the moment.
  public static func text(since moment: Timestamp?, at now: Timestamp) -> String {
    guard let moment else { return "<unknown>" }
    return text(of: now.since(moment))
  }

  /// A duration in kubectl's short form: two units where the first is small, else one.
  ///
  /// - Returns: `<invalid>` for durations of minus two seconds and below, which a clock that is behind makes.
  public static func text(of duration: Duration) -> String {
    let seconds = duration.components.seconds
    if seconds < -1 { return "<invalid>" }
    if seconds < 0 { return "0s" }
    if seconds < 120 { return "\(seconds)s" }
    let minutes = seconds / 60
    if minutes < 10 { return pair(minutes, "m", seconds % 60, "s") }
    if minutes < 180 { return "\(minutes)m" }
    let hours = minutes / 60
    if hours < 8 { return pair(hours, "h", minutes % 60, "m") }
    if hours < 48 { return "\(hours)h" }
    let days = hours / 24
    if hours < 24 * 8 { return pair(days, "d", hours % 24, "h") }
    if hours < 24 * 365 * 2 { return "\(days)d" }
    if hours < 24 * 365 * 8 { return pair(days / 365, "y", days % 365, "d") }
    return "\(days / 365)y"
  }

  private static func pair(_ large: Int64, _ largeUnit: String, _ small: Int64, _ smallUnit: String) -> String {
    small == 0 ? "\(large)\(largeUnit)" : "\(large)\(largeUnit)\(small)\(smallUnit)"
  }
}
