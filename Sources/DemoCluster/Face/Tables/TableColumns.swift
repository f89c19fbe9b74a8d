/// One column of a table for people.
struct TableColumn: Sendable {
  let name: String
  let type: String
  let format: String
  /// 0 for columns that always show, 1 for those of `-o wide`.
  let priority: Int

  init(_ name: String, type: String = "string", format: String = "", priority: Int = 0) {
    self.name = name
    self.type = type
    self.format = name == "Name" ? "name" : format
    self.priority = priority
  }
}

/// The table of a kind: its columns, and the cells of an object.
struct TableColumns: Sendable {
  let columns: [TableColumn]
  let cells: @Sendable (JSON, Moment) -> [JSON]

  /// The column definitions as the server sends them.
  var definitions: JSON {
    .array(
      columns.map { column in
        [
          "name": .string(column.name), "type": .string(column.type), "format": .string(column.format),
          "description": "", "priority": .integer(column.priority),
        ]
      })
  }

  /// The table of a kind; name and age for kinds without one of their own.
  static func of(_ kind: ResourceKind) -> TableColumns { tables[kind] ?? nameAndAge }

  private static let tables: [ResourceKind: TableColumns] = [
    .pods: pods, .deployments: deployments, .replicaSets: replicaSets, .daemonSets: daemonSets, .services: services,
    .nodes: nodes, .events: events, .ingresses: ingresses, .namespaces: namespaces, .configMaps: configMaps,
    .secrets: secrets, .horizontalPodAutoscalers: autoscalers, .podDisruptionBudgets: budgets,
    .endpointSlices: endpointSlices, .ingressClasses: ingressClasses,
  ]

  /// A table of the name, some columns and the age.
  init(_ columns: [TableColumn], _ cells: @escaping @Sendable (JSON, Moment) -> [JSON]) {
    self.columns = columns
    self.cells = cells
  }

  private static let nameAndAge = TableColumns([TableColumn("Name"), TableColumn("Created At", type: "date")]) {
    object, _ in
    [object["metadata", "name"] ?? "", object["metadata", "creationTimestamp"] ?? ""]
  }
}

/// Words that several tables share.
enum Cell {
  /// The age of an object.
  static func age(_ object: JSON, _ now: Moment) -> JSON {
    guard let created = object["metadata", "creationTimestamp"]?.string.flatMap({ Moment($0) }) else {
      return "<unknown>"
    }
    return .string(duration(now.seconds(since: created)))
  }

  /// The name of an object.
  static func name(_ object: JSON) -> JSON { object["metadata", "name"] ?? "" }

  /// A duration as kubectl shortens it.
  static func duration(_ seconds: Double) -> String {
    let total = max(0, Int(seconds))
    let (minutes, hours, days) = (total / 60, total / 3600, total / 86_400)
    if total < 120 { return "\(total)s" }
    if minutes < 10 { return total % 60 == 0 ? "\(minutes)m" : "\(minutes)m\(total % 60)s" }
    if minutes < 180 { return "\(minutes)m" }
    if hours < 8 { return minutes % 60 == 0 ? "\(hours)h" : "\(hours)h\(minutes % 60)m" }
    if hours < 48 { return "\(hours)h" }
    if hours < 192 { return hours % 24 == 0 ? "\(days)d" : "\(days)d\(hours % 24)h" }
    if days < 730 { return "\(days)d" }
    return "\(days / 365)y"
  }

  /// The names or images of the containers of a template, with commas.
  static func containers(_ object: JSON, _ member: String) -> JSON {
    let containers = object.value(at: "spec.template.spec.containers")?.elements ?? []
    return .string(containers.compactMap { $0[member]?.string }.joined(separator: ","))
  }

  /// A selector as text.
  static func selector(_ labels: JSON?) -> JSON {
    let pairs = labels?.stringMembers.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" } ?? []
    return pairs.isEmpty ? "<none>" : .string(pairs.joined(separator: ","))
  }

  /// A number of the status, 0 where it is missing.
  static func count(_ object: JSON, _ name: String) -> Int { object["status", name]?.integer ?? 0 }
}
