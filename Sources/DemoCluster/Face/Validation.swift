/// What the API server refuses to store: the few rules that people at a keyboard run into.
enum Validation {
  /// Checks an object with its defaults; `before` is what it replaces.
  static func check(_ object: JSON, _ kind: ResourceKind, before: JSON? = nil) throws(Refusal) {
    if let large = object.largeNumber(at: "") {
      throw Refusal.badRequest(
        "\(kind.kind) in version \"\(kind.version)\" cannot be handled as a \(kind.kind): json: cannot unmarshal number "
          + "\(large.number) into Go struct field \(kind.kind)\(large.path) of type int32")
    }
    var causes = names(object)
    if [.deployments, .replicaSets, .statefulSets, .daemonSets].contains(kind) {
      causes += workload(object, kind, before: before)
    }
    if kind == .pods { causes += before.map { podChange(object, before: $0) } ?? pod(object["spec"], "spec") }
    guard causes.isEmpty else {
      throw Refusal.invalid(kind.kind, group: kind.group, object["metadata", "name"]?.string ?? "", causes)
    }
  }

  private static func names(_ object: JSON) -> [Refusal.Cause] {
    let name = object["metadata", "name"]?.string ?? "a"
    let isGood =
      name.utf8.count <= 253
      && name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
        !part.isEmpty && part.first != "-" && part.last != "-"
          && part.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
      }
    guard !isGood else { return [] }
    return [
      .value(
        quoted(name),
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start "
          + "and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
          + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')", field: "metadata.name")
    ]
  }

  private static func workload(_ object: JSON, _ kind: ResourceKind, before: JSON?) -> [Refusal.Cause] {
    var causes: [Refusal.Cause] = []
    if let replicas = object["spec", "replicas"]?.integer, replicas < 0 {
      causes.append(.value(String(replicas), "must be greater than or equal to 0", field: "spec.replicas"))
    }
    let wanted = object.value(at: "spec.selector.matchLabels")?.stringMembers ?? [:]
    let labels = object.value(at: "spec.template.metadata.labels")?.stringMembers ?? [:]
    if wanted.contains(where: { labels[$0.key] != $0.value }) {
      let text = labels.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
      causes.append(
        .value(
          "map[string]string{\(text.joined(separator: ", "))}", "`selector` does not match template `labels`",
          field: "spec.template.metadata.labels"))
    }
    if let before, before["spec", "selector"]?.sorted != object["spec", "selector"]?.sorted {
      let text = String(decoding: (object["spec", "selector"] ?? .null).encoded, as: UTF8.self)
      causes.append(.value(text, "field is immutable", field: "spec.selector"))
    }
    return causes + pod(object.value(at: "spec.template.spec"), "spec.template.spec")
  }

  /// A pod that exists keeps its spec, all but a few fields.
  private static func podChange(_ object: JSON, before: JSON) -> [Refusal.Cause] {
    guard fixed(object["spec"])?.sorted != fixed(before["spec"])?.sorted else { return [] }
    return [
      Refusal.Cause(
        "FieldValueForbidden",
        "Forbidden: pod updates may not change fields other than `spec.containers[*].image`,"
          + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing "
          + "tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)",
        field: "spec")
    ]
  }

  private static func fixed(_ spec: JSON?) -> JSON? {
    guard var spec else { return nil }
    for name in ["activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds"] { spec[name] = nil }
    for list in ["initContainers", "containers"] {
      guard let containers = spec[list]?.elements else { continue }
      spec[list] = .array(
        containers.map { container in
          var container = container
          container["image"] = nil
          return container
        })
    }
    return spec
  }

  private static func pod(_ spec: JSON?, _ path: String) -> [Refusal.Cause] {
    let containers = spec?["containers"]?.elements ?? []
    guard !containers.isEmpty else {
      return [Refusal.Cause("FieldValueRequired", "Required value", field: path + ".containers")]
    }
    return containers.enumerated().flatMap { index, container in
      container["resources", "limits"]?.members.compactMap { limit -> Refusal.Cause? in
        guard let asked = container["resources", "requests"]?[limit.name], let most = Quantity(limit.value),
          let least = Quantity(asked), least.amount > most.amount
        else { return nil }
        return .value(
          quoted(least.text), "must be less than or equal to \(limit.name) limit of \(most.text)",
          field: "\(path).containers[\(index)].resources.requests")
      } ?? []
    }
  }

  private static func quoted(_ text: String) -> String { "\"\(text)\"" }
}

extension JSON {
  /// The first number below a path that does not fit into 32 bits, as nearly all numbers of objects have to.
  fileprivate func largeNumber(at path: String) -> (path: String, number: String)? {
    let bounds = Double(Int32.min)...Double(Int32.max)
    switch self {
    case .integer, .fraction:
      guard !bounds.contains(number ?? 0) else { return nil }
      return (path, String(decoding: encoded, as: UTF8.self))
    case .array(let elements): return elements.lazy.compactMap { $0.largeNumber(at: path) }.first
    case .object(let members):
      return members.lazy.filter { $0.name != "sizeBytes" }.compactMap {
        $0.value.largeNumber(at: path + "." + $0.name)
      }
      .first
    default: return nil
    }
  }
}

/// An amount as Kubernetes writes it, such as `250m` and `16Mi`.
struct Quantity {
  let text: String
  let amount: Double

  init?(_ value: JSON) {
    text = value.string ?? value.integer.map(String.init) ?? ""
    let digits = text.prefix { $0.isNumber || $0 == "." }
    let suffixes: [String: Double] = [
      "": 1, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "Ki": 1024, "Mi": 1_048_576, "Gi": 1_073_741_824,
      "Ti": 1_099_511_627_776,
    ]
    guard let number = Double(digits), let factor = suffixes[String(text.dropFirst(digits.count))] else { return nil }
    amount = number * factor
  }
}

extension Refusal {
  /// One thing that is wrong with an object.
  struct Cause {
    let reason: String
    let message: String
    let field: String

    init(_ reason: String, _ message: String, field: String) {
      self.reason = reason
      self.message = message
      self.field = field
    }

    /// A value that is not allowed.
    static func value(_ value: String, _ words: String, field: String) -> Cause {
      Cause("FieldValueInvalid", "Invalid value: \(value): \(words)", field: field)
    }

    var json: JSON { .strings(["reason": reason, "message": message, "field": field]) }
  }

  /// The object says what it must not say.
  static func invalid(_ kind: String, group: String, _ name: String, _ causes: [Cause]) -> Refusal {
    let words = causes.map { "\($0.field): \($0.message)" }
    var details: JSON = ["name": .string(name)]
    if !group.isEmpty { details["group"] = .string(group) }
    details["kind"] = .string(kind)
    details["causes"] = .array(causes.map(\.json))
    return Refusal(
      code: 422, reason: "Invalid",
      message: "\(kind)\(group.isEmpty ? "" : "." + group) \"\(name)\" is invalid: "
        + (words.count == 1 ? words[0] : "[" + words.joined(separator: ", ") + "]"), details: details)
  }

  /// A patch cannot be applied: a test fails, or what it names is missing.
  static let patchFailed = Refusal(
    code: 422, reason: "Invalid", message: "the server rejected our request due to an error in our request",
    details: [:])
}
