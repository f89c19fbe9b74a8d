import YAML

/// Events that keep coming at a fixed rate.
struct EventFlood: Sendable {
  /// The Deployment whose pods they are about.
  let deployment: ObjectKey
  let perSecond: Double
  let isWarning: Bool
  let reason: String
  let message: TextTemplate
}

extension EventFlood {
  /// The most events a second.
  static let rateLimit = 200.0

  /// Reads the floods of a scenario.
  static func list(_ node: YAMLNode?, namespace: String) throws(YAMLError) -> [EventFlood] {
    try (try node?.elements() ?? []).map { node throws(YAMLError) in
      let fields = try node.fields(["on", "perSecond", "type", "reason", "message"])
      let target = try fields.required("on")
      let head = "deployment/"
      let name = try target.text()
      guard name.hasPrefix(head) else { throw target.expected("deployment/NAME") }
      return EventFlood(
        deployment: ObjectKey(namespace: namespace, name: String(name.dropFirst(head.count))),
        perSecond: try fields.required("perSecond").number(0.01...rateLimit),
        isWarning: try fields["type"]?.text() == "Warning", reason: try fields.required("reason").text(),
        message: try TextTemplate(try fields.required("message"), words: [:]))
    }
  }
}
