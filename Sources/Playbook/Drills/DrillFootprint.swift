import ClusterModel

/// What drills of one kind can have changed: the closed list that the record of a lock is held against.
///
/// Whoever may make a Lease can write a record, but need not have the right to what its undo would do.
struct DrillFootprint {
  /// A field that a drill sets; `#` in its path stands for a place in a list, `*` for any name.
  struct Field {
    let path: String
    /// Whether it is only ever set where it was absent.
    var isNew = false
    /// Whether it is a value that the drill can have set.
    let sets: (DocumentValue) -> Bool
  }

  var resource: DrillResource?
  var fields: [Field] = []
  /// How many fields a drill sets.
  var counts = 1...1
  /// Whether its patch stays, and whether the pod that was patched is deleted at the end.
  var isKept = false
  var cleansPod = false
  var isCreation = false
  var strikesPods = false

  /// Whether a change can be that of a drill of this kind.
  func covers(_ change: DrillChange) -> Bool {
    guard strikesPods || change.strikes.isEmpty, isCreation == (change.creation != nil) else { return false }
    if let creation = change.creation {
      let isNamed = !creation.token.isEmpty && creation.object.name == "todotop-\(creation.token)"
      return isNamed && change.patch == nil && change.cleanup.isEmpty
    }
    guard let patch = change.patch else { return resource == nil && change.cleanup.isEmpty }
    return patch.object.resource == resource && patch.isKept == isKept
      && change.cleanup == (cleansPod ? [patch.object] : []) && counts.contains(patch.edits.count)
      && Set(patch.edits.map(\.path)).count == patch.edits.count && patch.edits.allSatisfy(covers)
  }

  private func covers(_ edit: FieldEdit) -> Bool {
    guard let after = edit.after else { return false }
    return fields.contains { field in
      Self.matches(edit.path, field.path) && field.sets(after) && (!field.isNew || edit.before == nil)
    }
  }

  /// Whether a path is one of a pattern's.
  private static func matches(_ path: String, _ pattern: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let wanted = pattern.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == wanted.count
      && zip(parts, wanted).allSatisfy { part, wanted in
        switch wanted {
        case "#": !part.isEmpty && part.allSatisfy { $0.isASCII && $0.isNumber }
        case "*": !part.isEmpty
        default: part == wanted
        }
      }
  }
}

extension DrillFootprint {
  /// That of a kind, by its id; one that is not named here changes nothing that a lock could have undone.
  static func of(_ id: String) -> DrillFootprint {
    switch id {
    case "D01":
      let name = "kubectl.kubernetes.io/restartedAt"
      return DrillFootprint(resource: .deployments, fields: annotation(name, of: "\(template)/metadata"), isKept: true)
    case "D02", "D03", "D04", "D05", "D06": return DrillFootprint(strikesPods: true)
    case "D07": return podImage { $0.asText == "registry.k8s.io/pause:3.9" }
    case "D08": return podImage { $0.asText == "todotop.invalid/none:0" }
    case "D09": return pod(Field(path: "/metadata/labels/*") { $0.hasPrefix("quarantine-") })
    case "D10": return pod(Field(path: "/spec/activeDeadlineSeconds") { $0.asNumber == 1 })
    case "D14": return deployment(Field(path: "\(container)/image") { $0.hasPrefix("todotop.invalid/") })
    case "D16":
      return deployment(Field(path: "\(container)/command") { $0.text.contains("echo todotop: crash; exit 1") })
    case "D17": return DrillFootprint(resource: .deployments, fields: memory, counts: 1...2)
    case "D18": return DrillFootprint(resource: .deployments, fields: probe("\(container)/readinessProbe"))
    case "D19": return DrillFootprint(resource: .deployments, fields: probe("\(container)/livenessProbe"))
    case "D20": return DrillFootprint(resource: .deployments, fields: missingSource)
    case "D21":
      return deployment(
        Field(path: "\(template)/spec/hostAliases") { $0.elements.last?["ip"]?.asText == "192.0.2.1" })
    case "D22": return DrillFootprint(resource: .deployments, fields: variable)
    case "D24": return paced(Field(path: "/spec/minReadySeconds") { $0.asNumber == 45 })
    case "D25": return paced(Field(path: "/spec/paused") { $0 == .bool(true) })
    case "D26": return deployment(Field(path: "/spec/replicas") { $0.asNumber == 0 })
    case "D27":
      let field = Field(path: "/spec/selector/todotop~1blackhole") { $0.asText != nil }
      return DrillFootprint(resource: .services, fields: [field])
    case "D28": return ingress(Field(path: "\(backend)/name") { $0.asText == "todotop-missing" })
    case "D29": return ingress(Field(path: "\(backend)/port") { $0["number"]?.asNumber == 9 })
    case "D30": return DrillFootprint(isCreation: true)
    case "D32":
      let field = Field(path: "/spec/unschedulable") { $0 == .bool(true) }
      return DrillFootprint(resource: .nodes, fields: [field], strikesPods: true)
    default: return DrillFootprint(counts: 0...0)
    }
  }

  private static let template = "/spec/template"
  private static let container = "/spec/template/spec/containers/#"
  private static let backend = "/spec/rules/#/http/paths/#/backend/service"

  private static func deployment(_ field: Field) -> DrillFootprint {
    DrillFootprint(resource: .deployments, fields: [field])
  }

  private static func ingress(_ field: Field) -> DrillFootprint {
    DrillFootprint(resource: .ingresses, fields: [field])
  }

  private static func pod(_ field: Field) -> DrillFootprint {
    DrillFootprint(resource: .pods, fields: [field], isKept: true, cleansPod: true)
  }

  private static func podImage(_ sets: @escaping (DocumentValue) -> Bool) -> DrillFootprint {
    let fields = [Field(path: "/spec/containers/#/image", sets: sets)]
    let mark = annotation("todotop/original-image", of: "/metadata")
    return DrillFootprint(resource: .pods, fields: fields + mark, counts: 2...2, cleansPod: true)
  }

  /// A change of the pace together with a mark that makes new pods.
  private static func paced(_ field: Field) -> DrillFootprint {
    let mark = annotation("todotop/roll", of: "\(template)/metadata")
    return DrillFootprint(resource: .deployments, fields: [field] + mark, counts: 2...2)
  }

  /// An annotation, alone or with the map that it is the first of.
  private static func annotation(_ name: String, of metadata: String) -> [Field] {
    [
      Field(path: "\(metadata)/annotations/\(pointerPart(name))") { $0.asText != nil },
      Field(path: "\(metadata)/annotations", isNew: true) { $0.fields.map(\.name) == [name] },
    ]
  }

  private static var memory: [Field] {
    let parts = ["limits", "requests"].flatMap { part in
      [
        Field(path: "\(container)/resources/\(part)/memory") { $0.asText != nil },
        Field(path: "\(container)/resources/\(part)", isNew: true) { $0.fields.map(\.name) == ["memory"] },
      ]
    }
    return parts + [
      Field(path: "\(container)/resources", isNew: true) { value in
        value.fields.count == 1 && value.fields.allSatisfy { $0.value.fields.map(\.name) == ["memory"] }
      }
    ]
  }

  private static func probe(_ probe: String) -> [Field] {
    ["httpGet", "tcpSocket", "grpc"].map { way in Field(path: "\(probe)/\(way)/port") { $0.asNumber == 9 } } + [
      Field(path: "\(probe)/exec/command") { $0.elements.first?.asText == "/todotop-missing" },
      Field(path: probe, isNew: true) { $0[pointer: "/httpGet/port"]?.asNumber == 9 },
    ]
  }

  private static var missingSource: [Field] {
    func isMissing(_ value: DocumentValue?) -> Bool { value?.hasPrefix("todotop-missing-") ?? false }
    func isSource(_ value: DocumentValue?) -> Bool { isMissing(value?[pointer: "/secretRef/name"]) }
    let names = ["envFrom/#/secretRef", "envFrom/#/configMapRef", "env/#/valueFrom/secretKeyRef"]
    return names.map { name in Field(path: "\(container)/\(name)/name") { isMissing($0) } } + [
      Field(path: "\(container)/envFrom/#", isNew: true) { isSource($0) },
      Field(path: "\(container)/envFrom", isNew: true) { $0.elements.count == 1 && isSource($0.elements.first) },
    ]
  }

  private static var variable: [Field] {
    func isWrong(_ value: DocumentValue?) -> Bool {
      value?["name"]?.asText == "DATABASE_URL" && value?["value"]?.hasPrefix("postgresql://todotop@192.0.2.1") ?? false
    }
    return [
      Field(path: "\(container)/env/#") { isWrong($0) },
      Field(path: "\(container)/env", isNew: true) { $0.elements.count == 1 && isWrong($0.elements.first) },
    ]
  }
}

extension DocumentValue {
  fileprivate func hasPrefix(_ prefix: String) -> Bool { asText?.hasPrefix(prefix) ?? false }
}
