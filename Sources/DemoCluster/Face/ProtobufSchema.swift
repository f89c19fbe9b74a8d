/// The parts of Kubernetes' messages that kubectl sends in protobuf when it creates objects without a file.
///
/// What is not listed is skipped: the demo gives such fields their defaults.
indirect enum ProtobufType: Sendable {
  case text, bytes, number, flag
  /// A quantity, which is a message with one text.
  case quantity
  /// A number or a text.
  case numberOrText
  case message([Int: ProtobufField])
  /// A map from texts.
  case map(ProtobufType)
  case list(ProtobufType)
}

/// A field of a message.
struct ProtobufField: Sendable {
  let name: String
  let type: ProtobufType

  init(_ name: String, _ type: ProtobufType) {
    self.name = name
    self.type = type
  }
}

extension ProtobufType {
  private static let metadata = ProtobufField(
    "metadata",
    .message([
      1: .init("name", .text), 2: .init("generateName", .text), 3: .init("namespace", .text),
      11: .init("labels", .map(.text)), 12: .init("annotations", .map(.text)),
    ]))
  private static let selector = ProtobufType.message([1: .init("matchLabels", .map(.text))])
  private static let container = ProtobufType.message([
    1: .init("name", .text), 2: .init("image", .text), 3: .init("command", .list(.text)),
    4: .init("args", .list(.text)),
    6: .init(
      "ports",
      .list(.message([1: .init("name", .text), 3: .init("containerPort", .number), 4: .init("protocol", .text)]))),
    7: .init("env", .list(.message([1: .init("name", .text), 2: .init("value", .text)]))),
    14: .init("imagePullPolicy", .text),
  ])
  private static let template = ProtobufField(
    "template",
    .message([
      1: metadata,
      2: .init("spec", .message([2: .init("containers", .list(container)), 3: .init("restartPolicy", .text)])),
    ]))

  /// The message of each kind that can be read.
  static let kinds: [ResourceKind: ProtobufType] = [
    .namespaces: .message([1: metadata]),
    .serviceAccounts: .message([1: metadata]),
    .configMaps: .message([1: metadata, 2: .init("data", .map(.text)), 3: .init("binaryData", .map(.bytes))]),
    .secrets: .message([1: metadata, 2: .init("data", .map(.bytes)), 3: .init("type", .text)]),
    .resourceQuotas: .message([
      1: metadata,
      2: .init("spec", .message([1: .init("hard", .map(.quantity)), 2: .init("scopes", .list(.text))])),
    ]),
    .podDisruptionBudgets: .message([
      1: metadata,
      2: .init(
        "spec",
        .message([
          1: .init("minAvailable", .numberOrText), 2: .init("selector", selector),
          3: .init("maxUnavailable", .numberOrText),
        ])),
    ]),
    .deployments: .message([
      1: metadata,
      2: .init("spec", .message([1: .init("replicas", .number), 2: .init("selector", selector), 3: template])),
    ]),
    .jobs: .message([1: metadata, 2: .init("spec", .message([6: template]))]),
  ]
}
