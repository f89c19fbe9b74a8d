/// The few words that matter out of long messages of kubelet, container runtime and scheduler.
enum MessageEssence {
  /// Why an image cannot be pulled, and whether trying again will hardly help.
  static func imagePull(_ message: String) -> (words: String, isCertain: Bool) {
    let text = message.lowercased()
    let known: [(sign: String, words: String, isCertain: Bool)] = [
      ("toomanyrequests", "too many requests to the registry", false),
      ("429 too many requests", "too many requests to the registry", false),
      ("401 unauthorized", "access denied (401 Unauthorized)", true),
      ("403 forbidden", "access denied (403 Forbidden)", true),
      ("pull access denied", "access denied, or it does not exist", true),
      ("authorization failed", "access denied", true), ("denied", "access denied", true),
      ("unauthorized", "access denied", true),
      ("no such host", "the registry's host name is unknown", true),
      ("manifest unknown", "not found", true), ("not found", "not found", true),
      ("no match for platform", "no image for this kind of machine", true),
      ("x509", "the registry's certificate is not trusted", false),
      ("server gave http response to https", "the registry speaks HTTP, not HTTPS", false),
      ("connection refused", "the registry refuses connections", false),
      ("i/o timeout", "the registry does not answer", false),
      ("context deadline exceeded", "the registry does not answer in time", false),
      ("no space left", "no space left on the node's disk", false),
    ]
    if let match = known.first(where: { text.contains($0.sign) }) { return (match.words, match.isCertain) }
    return (lastPart(of: message), false)
  }

  /// Why a container could not be started, out of the runtime's nested message.
  static func start(_ message: String) -> String {
    var text = Substring(message)
    for wrapper in ["unable to start container process: ", "runc create failed: ", "failed to create shim task: "] {
      if let range = text.firstRange(of: wrapper) {
        text = text[range.upperBound...]
        break
      }
    }
    if text.hasSuffix(": unknown") { text = text.dropLast(": unknown".count) }
    // `exec: "/x": stat /x: no such file` says the name twice.
    guard text.hasPrefix("exec: \""), let end = text.firstRange(of: "\": ") else { return String(text) }
    return "exec " + text[text.index(text.startIndex, offsetBy: 6)..<end.upperBound] + lastPart(of: String(text))
  }

  /// What a probe met: `HTTP 503`, `connection refused`, `no answer in time`.
  static func probe(_ message: String) -> String {
    if let range = message.firstRange(of: "statuscode: ") { return "HTTP " + message[range.upperBound...].prefix(3) }
    let text = message.lowercased()
    if text.contains("context deadline exceeded") || text.contains("timed out") || text.contains("i/o timeout") {
      return "no answer in time"
    }
    let known = ["connection refused", "no route to host", "connection reset by peer", "EOF", "command not found"]
    if let match = known.first(where: { message.contains($0) }) { return match }
    guard let range = message.firstRange(of: "probe failed: ") else { return lastPart(of: message) }
    return String(message[range.upperBound...])
  }

  /// Why no node takes a pod, without the counts of preemption: `1 Insufficient cpu`.
  static func scheduling(_ message: String) -> (reasons: String, nodes: String) {
    guard let range = message.firstRange(of: " nodes are available: ") else { return (trimmed(message), "") }
    let nodes = String(message[..<range.lowerBound].split(separator: " ").last ?? "")
    var reasons = message[range.upperBound...]
    if let preemption = reasons.firstRange(of: " preemption: ") { reasons = reasons[..<preemption.lowerBound] }
    return (trimmed(String(reasons)), nodes)
  }

  /// Why a volume is not mounted: the volume and the reason.
  static func mount(_ message: String) -> (volume: String, reason: String)? {
    guard let start = message.firstRange(of: "for volume \"") else { return nil }
    let rest = message[start.upperBound...]
    guard let end = rest.firstIndex(of: "\"") else { return nil }
    let reason = rest[end...].dropFirst().drop { $0 == " " || $0 == ":" }
    return (String(rest[..<end]), trimmed(String(reason)))
  }

  /// A message without the full stop and blanks at its ends.
  static func trimmed(_ message: String) -> String {
    var text = Substring(message)
    while let last = text.last, last == "." || last.isWhitespace { text = text.dropLast() }
    return String(text.drop { $0.isWhitespace })
  }

  private static func lastPart(of message: String) -> String {
    guard let range = message.ranges(of: ": ").last else { return trimmed(message) }
    return trimmed(String(message[range.upperBound...]))
  }
}
