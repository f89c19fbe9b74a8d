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

/// A field of a message; one without a name adds its members to those around it.
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

  private static let backend = ProtobufType.message([
    4: .init(
      "service",
      .message([
        1: .init("name", .text),
        2: .init("port", .message([1: .init("name", .text), 2: .init("number", .number)])),
      ]))
  ])
  private static let ingressPath = ProtobufType.message([
    1: .init("path", .text), 2: .init("backend", backend), 3: .init("pathType", .text),
  ])

  /// A HorizontalPodAutoscaler of `autoscaling/v1`.
  static let firstAutoscaler = ProtobufType.message([
    1: metadata,
    2: .init(
      "spec",
      .message([
        1: .init(
          "scaleTargetRef", .message([1: .init("kind", .text), 2: .init("name", .text), 3: .init("apiVersion", .text)])),
        2: .init("minReplicas", .number), 3: .init("maxReplicas", .number),
        4: .init("targetCPUUtilizationPercentage", .number),
      ])),
  ])

  /// The reviews that say what they ask about, by their names in paths.
  static let reviews: [String: ProtobufType] = [
    "selfsubjectaccessreviews": .message([
      2: .init(
        "spec",
        .message([
          1: .init(
            "resourceAttributes",
            .message([
              1: .init("namespace", .text), 2: .init("verb", .text), 3: .init("group", .text),
              4: .init("version", .text), 5: .init("resource", .text), 6: .init("subresource", .text),
              7: .init("name", .text),
            ])),
          2: .init("nonResourceAttributes", .message([1: .init("path", .text), 2: .init("verb", .text)])),
        ]))
    ]),
    "selfsubjectrulesreviews": .message([2: .init("spec", .message([1: .init("namespace", .text)]))]),
    "selfsubjectreviews": .message([:]),
  ]

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
    .services: .message([
      1: metadata,
      2: .init(
        "spec",
        .message([
          1: .init(
            "ports",
            .list(
              .message([
                1: .init("name", .text), 2: .init("protocol", .text), 3: .init("port", .number),
                4: .init("targetPort", .numberOrText), 5: .init("nodePort", .number),
              ]))),
          2: .init("selector", .map(.text)), 3: .init("clusterIP", .text), 4: .init("type", .text),
          10: .init("externalName", .text),
        ])),
    ]),
    .cronJobs: .message([
      1: metadata,
      2: .init(
        "spec",
        .message([
          1: .init("schedule", .text), 3: .init("concurrencyPolicy", .text),
          5: .init(
            "jobTemplate", .message([1: metadata, 2: .init("spec", .message([6: template]))])),
        ])),
    ]),
    .ingresses: .message([
      1: metadata,
      2: .init(
        "spec",
        .message([
          1: .init("defaultBackend", backend), 4: .init("ingressClassName", .text),
          2: .init("tls", .list(.message([1: .init("hosts", .list(.text)), 2: .init("secretName", .text)]))),
          3: .init(
            "rules",
            .list(
              .message([
                1: .init("host", .text),
                2: .init("", .message([1: .init("http", .message([1: .init("paths", .list(ingressPath))]))])),
              ]))),
        ])),
    ]),
    .jobs: .message([1: metadata, 2: .init("spec", .message([6: template]))]),
  ]
}
