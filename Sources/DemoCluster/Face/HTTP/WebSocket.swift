import CMicrohttpd

/// The framing of WebSocket (RFC 6455) as a server needs it: what a client sent becomes messages, answers become frames.
struct WebSocket {
  /// The longest message that is read, in bytes.
  static let messageLimit = 256 << 10

  /// What a client sent.
  enum Message: Equatable {
    case binary([UInt8])
    case ping([UInt8])
    /// The client ends the connection.
    case close
  }

  /// Why a connection ends that the client did not end.
  enum CloseCode: UInt16, Error {
    case normal = 1000
    case protocolError = 1002
    case tooLarge = 1009
  }

  private var bytes: [UInt8] = []
  private var fragments: [UInt8] = []
  private var isFragmented = false

  /// The value of `Sec-WebSocket-Accept` for a client's key; `nil` where it cannot be computed.
  static func accept(key: String) -> String? {
    let text = Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)
    var digest = [UInt8](repeating: 0, count: 20)
    return cm_sha1(text, text.count, &digest) != 0 ? Base64.paddedText(digest) : nil
  }

  /// Takes bytes from the connection.
  mutating func receive(_ part: UnsafeRawBufferPointer) { bytes.append(contentsOf: part) }

  /// The next complete message; `nil` until more bytes have come.
  mutating func nextMessage() throws(CloseCode) -> Message? {
    while let frame = try nextFrame() {
      switch frame.code {
      case 0x8: return .close
      case 0x9: return .ping(frame.content)
      case 0xA: continue
      case 0x1, 0x2:
        guard !isFragmented else { throw .protocolError }
        if frame.isLast { return .binary(frame.content) }
        isFragmented = true
        fragments = frame.content
      case 0x0:
        guard isFragmented else { throw .protocolError }
        guard fragments.count + frame.content.count <= Self.messageLimit else { throw .tooLarge }
        fragments += frame.content
        guard frame.isLast else { continue }
        isFragmented = false
        defer { fragments = [] }
        return .binary(fragments)
      default: throw .protocolError
      }
    }
    return nil
  }

  private struct Frame {
    let code: UInt8
    let isLast: Bool
    let content: [UInt8]
  }

  private mutating func nextFrame() throws(CloseCode) -> Frame? {
    guard bytes.count >= 2 else { return nil }
    // No extension was agreed on, and every frame of a client is masked.
    guard bytes[0] & 0x70 == 0, bytes[1] & 0x80 != 0 else { throw .protocolError }
    let short = Int(bytes[1] & 0x7F)
    let extra = short == 126 ? 2 : short == 127 ? 8 : 0
    guard bytes.count >= 2 + extra + 4 else { return nil }
    let size = extra == 0 ? short : bytes[2..<(2 + extra)].reduce(0) { $0 &<< 8 | Int($1) }
    guard (0...Self.messageLimit).contains(size) else { throw .tooLarge }
    let code = bytes[0] & 0x0F
    guard code < 8 || (size <= 125 && bytes[0] & 0x80 != 0) else { throw .protocolError }
    let start = 2 + extra + 4
    guard bytes.count >= start + size else { return nil }
    let mask = Array(bytes[(start - 4)..<start])
    let content = bytes[start..<(start + size)].enumerated().map { $1 ^ mask[$0 & 3] }
    let isLast = bytes[0] & 0x80 != 0
    bytes.removeFirst(start + size)
    return Frame(code: code, isLast: isLast, content: content)
  }

  /// The frame of a binary message.
  static func frame(_ content: [UInt8]) -> [UInt8] { frame(0x2, content) }

  /// The answer to a ping.
  static func pong(_ content: [UInt8]) -> [UInt8] { frame(0xA, content) }

  /// The last frame.
  static func close(_ code: CloseCode) -> [UInt8] {
    frame(0x8, [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xFF)])
  }

  private static func frame(_ code: UInt8, _ content: [UInt8]) -> [UInt8] {
    var head = [0x80 | code]
    if content.count < 126 {
      head.append(UInt8(content.count))
    } else if content.count < 1 << 16 {
      head += [126, UInt8(content.count >> 8), UInt8(content.count & 0xFF)]
    } else {
      head.append(127)
      for shift in stride(from: 56, through: 0, by: -8) { head.append(UInt8(content.count >> shift & 0xFF)) }
    }
    return head + content
  }
}
