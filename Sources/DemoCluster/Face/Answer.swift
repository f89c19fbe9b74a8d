/// What the API answers, before it becomes HTTP.
struct Answer {
  let status: Int
  let contentType: String
  let content: Content
  /// Seconds after which the client shall ask again.
  var retryAfterSeconds: Int?

  /// The body of an answer.
  enum Content {
    /// Pieces that are sent one after the other without being copied together.
    case pieces([[UInt8]])
    /// A body that goes on until the stream ends.
    case stream(any ResponseStream)
    /// A command that takes the connection over; `key` is the client's key of the WebSocket.
    case command(RemoteCommand, key: String)
  }

  /// A JSON document.
  static func json(_ value: JSON, status: Int = 200) -> Answer {
    Answer(status: status, contentType: "application/json", content: .pieces([value.encoded, [0x0A]]))
  }

  /// A JSON document in pieces.
  static func json(_ pieces: [[UInt8]]) -> Answer {
    Answer(status: 200, contentType: "application/json", content: .pieces(pieces + [[0x0A]]))
  }

  /// Plain text.
  static func text(_ text: String, status: Int = 200, contentType: String = "text/plain; charset=utf-8") -> Answer {
    Answer(status: status, contentType: contentType, content: .pieces([Array(text.utf8)]))
  }

  /// The whole body of an answer in pieces; empty for a stream.
  var bytes: [UInt8] {
    guard case .pieces(let pieces) = content else { return [] }
    return Array(pieces.joined())
  }
}

/// What reading from a stream brought.
enum StreamReading: Equatable {
  /// So many bytes were written.
  case bytes(Int)
  /// Nothing now; more may come.
  case nothingYet
  case end
  /// The client is too slow and loses the connection.
  case overrun
}

/// A body that is made while it is sent.
protocol ResponseStream: AnyObject {
  /// Writes what is there now into `buffer`.
  func read(into buffer: UnsafeMutableRawBufferPointer, from world: World) -> StreamReading
  /// Whether reading would bring something, or end.
  func isReady(in world: World) -> Bool
  /// Whether the client has fallen behind what is kept.
  func isOverrun(in world: World) -> Bool
}

/// Bytes that wait to be copied to a buffer, piece by piece.
struct PendingBytes {
  private var pieces: [[UInt8]] = []
  private var next = 0
  private var offset = 0

  /// Whether nothing waits.
  var isEmpty: Bool { next == pieces.count }

  /// Adds a piece at the end.
  mutating func append(_ piece: [UInt8]) { if !piece.isEmpty { pieces.append(piece) } }

  /// Copies as much as fits, and returns how much that was.
  mutating func copy(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    var written = 0
    while written < buffer.count, next < pieces.count {
      let piece = pieces[next]
      let count = min(piece.count - offset, buffer.count - written)
      piece.withUnsafeBytes { source in
        let target = UnsafeMutableRawBufferPointer(rebasing: buffer[written..<(written + count)])
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[offset..<(offset + count)]))
      }
      written += count
      offset += count
      if offset == piece.count {
        pieces[next] = []
        next += 1
        offset = 0
      }
    }
    if isEmpty {
      pieces.removeAll(keepingCapacity: true)
      next = 0
    }
    return written
  }
}
