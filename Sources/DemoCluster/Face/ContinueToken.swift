/// Where the next page of a list begins, and the version of its first page.
struct ContinueToken: Equatable {
  let version: Int
  let start: ObjectKey

  /// The token as the API server writes it: base64 of JSON, without padding.
  var text: String {
    let place = start.namespace.isEmpty ? start.name : "/" + start.namespace + "/" + start.name
    let json: JSON = ["v": "meta.k8s.io/v1", "rv": .integer(version), "start": .string(place + "\0")]
    return Base64.text(json.encoded)
  }

  init(version: Int, start: ObjectKey) {
    self.version = version
    self.start = start
  }

  /// Reads a token; `nil` for anything else.
  init?(_ text: String) {
    guard let bytes = Base64.bytes(text), let json = try? JSON(parsing: bytes), let version = json["rv"]?.integer,
      json["v"]?.string == "meta.k8s.io/v1", let place = json["start"]?.string
    else { return nil }
    let parts = place.replacing("\0", with: "").split(separator: "/").map(String.init)
    guard let name = parts.last, parts.count <= 2 else { return nil }
    self.version = version
    start = ObjectKey(namespace: parts.count == 2 ? parts[0] : "", name: name)
  }
}

/// Base64 for URLs, without padding.
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  static func text(_ bytes: [UInt8]) -> String {
    var characters: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for index in 0...group.count { characters.append(alphabet[bits >> (18 - 6 * index) & 63]) }
    }
    return String(decoding: characters, as: UTF8.self)
  }

  static func bytes(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var bits = 0
    var count = 0
    for character in text.utf8 where character != UInt8(ascii: "=") {
      guard let value = alphabet.firstIndex(of: character) else { return nil }
      bits = (bits << 6 | value) & 0xFFFFFF
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    return bytes
  }
}
