/// How bad a line says that things are.
package enum LogLevel: UInt8, Comparable, Sendable {
  case none, trace, debug, info, warning, error

  /// Orders by how bad.
  package static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
}

/// Where an entry stands among all: its place in the order of the screen, and its bytes.
///
/// Refs are ordered as the entries are shown, and stay valid while lines come and go.
package struct LogRef: Hashable, Comparable, Sendable {
  /// What the entry is sorted by, in nanoseconds.
  package var key: Int64
  /// The chunk in the upper half, the offset of the bytes in it in the lower one: the order of arrival.
  package var place: UInt64

  /// A place among the entries.
  package init(key: Int64, place: UInt64) {
    self.key = key
    self.place = place
  }

  /// Behind every entry.
  package static let end = LogRef(key: .max, place: .max)

  /// Orders by time, then by arrival.
  package static func < (left: LogRef, right: LogRef) -> Bool {
    left.key == right.key ? left.place < right.place : left.key < right.key
  }

  /// The chunk that holds the bytes.
  package var chunk: Int { Int(place >> 32) }
  /// Where in the chunk they begin.
  package var offset: Int { Int(place & 0xFFFF_FFFF) }
}

/// A line, or what stands between lines; its bytes are in a chunk of the store.
package struct LogEntry: Sendable {
  /// What an entry is.
  package enum Kind: UInt8, Sendable {
    case line
    /// What the program says of the stream of lines.
    case seam
    /// A mark that a person set.
    case mark
  }

  package var ref: LogRef
  /// The server's time stamp in nanoseconds; `Int64.min` where there is none.
  var nanoseconds: Int64
  package var length: UInt32
  package var run: UInt16
  package var level: LogLevel
  package var kind: Kind

  /// The server's time stamp; `nil` where there is none.
  package var time: Timestamp? { nanoseconds == .min ? nil : Timestamp(nanoseconds: nanoseconds) }
}

/// A run of a container that lines come from.
package struct LogRun: Hashable, Sendable {
  package var namespace: String
  package var pod: String
  package var container: String
  /// How often the container had been restarted before this run.
  package var restart: Int

  /// A run of a container.
  package init(namespace: String, pod: String, container: String, restart: Int) {
    self.namespace = namespace
    self.pod = pod
    self.container = container
    self.restart = restart
  }
}
