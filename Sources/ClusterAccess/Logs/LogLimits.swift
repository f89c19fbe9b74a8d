import ClusterModel

/// The limits of following logs.
enum LogLimits {
  /// A longer line is cut, in bytes with its time stamp.
  static let maximumLineBytes = 4 << 20
  /// How long the last lines of a container are waited for.
  static let tailTime: Duration = .seconds(15)
  /// How long the output of a container that nobody wants any more is read on, for its last words.
  static let leavingTime: Duration = .seconds(10)
}

/// Where a connection to the output of a container begins, and whether it goes on.
package struct LogOpening: Hashable, Sendable {
  /// Where it begins.
  package enum Begin: Hashable, Sendable {
    case start(LogStart)
    /// With the lines of this moment, which were read before.
    case at(Timestamp)
  }

  package var begin: Begin
  /// Whether lines are sent as they come, or only those that there are.
  package var follows: Bool

  /// A way to open.
  package init(_ begin: Begin, follows: Bool = true) {
    self.begin = begin
    self.follows = follows
  }

  /// As the API takes it in a query.
  var query: String {
    let words: String? =
      switch begin {
      case .at(let time): "sinceTime=\(queryEscaped(time.rfc3339WithNanoseconds))"
      case .start(.tail(let lines)): "tailLines=\(lines)"
      case .start(.since(let seconds)): "sinceSeconds=\(seconds)"
      case .start(.beginning): nil
      }
    return (follows ? "follow=true&" : "") + "timestamps=true" + (words.map { "&" + $0 } ?? "")
  }

  /// As kubectl takes it.
  var words: [String] {
    let words: [String] =
      switch begin {
      case .at(let time): ["--since-time=\(time.rfc3339WithNanoseconds)"]
      case .start(.tail(let lines)): ["--tail=\(lines)"]
      case .start(.since(let seconds)): ["--since=\(seconds)s"]
      case .start(.beginning): []
      }
    return (follows ? ["--follow"] : []) + ["--timestamps"] + words
  }
}
