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
