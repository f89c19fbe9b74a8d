import ClusterModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// One line of a recorded session after the first: what was learned at a moment.
package struct RecordedLine: Codable, Hashable, Sendable {
  /// How many objects and lines of output are in one line at most, so that each stays small.
  static let itemsMax = 100
  /// How many bytes of output count as one more item.
  static let bytesOfItem = 4_096

  package var at: Timestamp
  package var events: [ClusterEvent] = []
  /// The beginning of a list whose end is in a later line.
  var part: Part?
  /// Why the recording ends here; only in the last line.
  package var end: String?

  /// A part of a list.
  struct Part: Codable, Hashable, Sendable {
    var kind: ResourceKind
    var objects: [ClusterObject]
  }

  private init(at moment: Timestamp, _ events: [ClusterEvent] = [], part: Part? = nil, end: String? = nil) {
    (at, self.events, self.part, self.end) = (moment, events, part, end)
  }

  /// The last line.
  package static func end(_ sentence: String, at moment: Timestamp) -> RecordedLine {
    RecordedLine(at: moment, end: sentence)
  }

  /// Cuts what came at a moment into lines of bounded size, and gives them one by one.
  package static func forEach(
    _ events: [ClusterEvent], at moment: Timestamp, _ take: (RecordedLine) throws -> Void
  ) rethrows {
    var gathered: [ClusterEvent] = []
    var items = 0
    func flush() throws {
      guard !gathered.isEmpty else { return }
      try take(RecordedLine(at: moment, gathered))
      (gathered, items) = ([], 0)
    }
    for piece in events.lazy.flatMap(pieces) {
      switch piece {
      case .part(let part):
        try flush()
        try take(RecordedLine(at: moment, part: part))
      case .event(let event, let count):
        gathered.append(event)
        items += count
        if items >= itemsMax { try flush() }
      }
    }
    try flush()
  }

  /// An event, or the part of one that is a line of its own.
  private enum Piece {
    case part(Part)
    case event(ClusterEvent, items: Int)
  }

  private static func pieces(of event: ClusterEvent) -> [Piece] {
    switch event {
    case .listed(let kind, let objects):
      let parts = stride(from: 0, to: objects.count - itemsMax, by: itemsMax).map { start in
        Piece.part(Part(kind: kind, objects: Array(objects[start..<start + itemsMax])))
      }
      let rest = Array(objects.dropFirst(parts.count * itemsMax))
      return parts + [.event(.listed(kind, rest), items: rest.count)]
    case .logged(let lines): return pieces(of: lines)
    default: return [.event(event, items: 1)]
    }
  }

  /// Output in pieces of bounded size, each by its own.
  private static func pieces(of lines: [LogLine]) -> [Piece] {
    var pieces: [Piece] = []
    var part: [LogLine] = []
    var items = 0
    for line in lines {
      part.append(line)
      items += 1 + line.text.utf8.count / bytesOfItem
      guard items >= itemsMax else { continue }
      pieces.append(.event(.logged(part), items: items))
      (part, items) = ([], 0)
    }
    return part.isEmpty ? pieces : pieces + [.event(.logged(part), items: items)]
  }

  /// Changes every event; the part of a list as a list.
  package mutating func change(_ change: (ClusterEvent) -> ClusterEvent) {
    events = events.map(change)
    guard let part, case .listed(let kind, let objects) = change(.listed(part.kind, part.objects)) else { return }
    self.part = Part(kind: kind, objects: objects)
  }

  /// The line that is written, with its end.
  package func line() throws -> [UInt8] { try recordedLine(self) }
}

/// Puts the lines of a session together again.
struct RecordedLines {
  private var parts: [ResourceKind: [ClusterObject]] = [:]
  private let decoder = JSONDecoder()

  /// Reads one line; the parts of a list are kept until its end comes.
  mutating func read(_ bytes: ArraySlice<UInt8>) throws -> RecordedLine {
    var line = try decoder.decode(RecordedLine.self, from: Data(bytes))
    if let part = line.part { parts[part.kind, default: []] += part.objects }
    line.events = line.events.map { event in
      guard case .listed(let kind, let objects) = event, let before = parts.removeValue(forKey: kind) else {
        return event
      }
      return .listed(kind, before + objects)
    }
    return line
  }
}
