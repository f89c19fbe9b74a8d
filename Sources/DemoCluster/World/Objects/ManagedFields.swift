/// Who manages which fields of an object, as `metadata.managedFields` says on every object of a real server.
///
/// They are a third of what a client has to read, so a demo without them would make every client look better than it
/// is. As long as no client has written an object they are derived from it: its maker manages `metadata` and `spec`,
/// its controller `status`. From then on the entries of clients are kept (``FieldManager``), and only the
/// controller's is derived.
struct ManagedFields {
  private var bytes: [UInt8] = []
  /// Objects and lists that were there before the manager that is written added to them.
  private var alwaysPresent = Self.alwaysPresent

  /// The member `managedFields` of an object, with the comma before it; `clients` are the entries that are not derived.
  static func text(_ kind: ResourceKind, _ object: JSON, clients: [FieldManager]? = nil) -> [UInt8] {
    var writer = ManagedFields()
    writer.bytes.reserveCapacity(2048)
    writer.bytes += ",\"managedFields\":[".utf8
    if let clients {
      let reported = controllers(kind, object)
      let entries = (clients + reported).sorted(by: FieldManager.isShownBefore)
      writer.bytes += entries.map { String(decoding: $0.json.encoded, as: UTF8.self) }.joined(separator: ",").utf8
    } else {
      writer.makers(kind, object)
      writer.controllers(kind, object, separator: ",")
    }
    writer.bytes += "]".utf8
    return writer.bytes
  }

  /// The entries of clients as far as they can be derived: the maker's.
  static func makers(_ kind: ResourceKind, _ object: JSON) -> [FieldManager] {
    var writer = ManagedFields()
    writer.makers(kind, object)
    return entries(writer.bytes)
  }

  private static func controllers(_ kind: ResourceKind, _ object: JSON) -> [FieldManager] {
    var writer = ManagedFields()
    writer.controllers(kind, object, separator: "")
    return entries(writer.bytes)
  }

  private static func entries(_ text: [UInt8]) -> [FieldManager] {
    guard !text.isEmpty, let entry = try? JSON(parsing: text) else { return [] }
    return FieldManager(entry).map { [$0] } ?? []
  }

  private mutating func makers(_ kind: ResourceKind, _ object: JSON) {
    open(manager: Self.maker(kind, object), kind, time: object["metadata", "creationTimestamp"]?.string ?? "")
    members(Self.own(kind, object))
    bytes += "}".utf8
  }

  private mutating func controllers(_ kind: ResourceKind, _ object: JSON, separator: String) {
    guard let status = object["status"], !status.members.isEmpty else { return }
    let created = object["metadata", "creationTimestamp"]?.string ?? ""
    bytes += separator.utf8
    // The scheduler and the kubelet's first report make a list of conditions that the kubelet then adds to.
    if kind == .pods || kind == .nodes { alwaysPresent.insert("conditions") }
    if kind == .deployments, Self.hasOwnAnnotations(object) { alwaysPresent.insert("annotations") }
    open(manager: Self.controller(kind), kind, time: max(created, Self.latestTime(in: status)))
    members(Self.reported(kind, object, status))
    bytes += ",\"subresource\":\"status\"}".utf8
  }

  private mutating func open(manager: String, _ kind: ResourceKind, time: String) {
    bytes += "{\"manager\":".utf8
    JSON.encode(manager, into: &bytes)
    bytes += ",\"operation\":\"Update\",\"apiVersion\":\"\(kind.apiVersion)\",\"time\":\"\(time)\"".utf8
    bytes += ",\"fieldsType\":\"FieldsV1\",\"fieldsV1\":".utf8
  }

  /// Writes the fields of an object; `prefix` stands for the object itself where it can be absent.
  private mutating func members(_ members: [JSON.Member], prefix: Bool = false) {
    bytes += prefix ? "{\".\":{}".utf8 : "{".utf8
    for (index, member) in members.sorted(by: { $0.name < $1.name }).enumerated() {
      if index > 0 || prefix { bytes.append(UInt8(ascii: ",")) }
      JSON.encode("f:" + member.name, into: &bytes)
      bytes.append(UInt8(ascii: ":"))
      value(member)
    }
    bytes += "}".utf8
  }

  private mutating func value(_ member: JSON.Member) {
    switch member.value {
    case .object(let fields) where !fields.isEmpty && !MergeRules.atomicObjects.contains(member.name):
      members(fields, prefix: !alwaysPresent.contains(member.name))
    case .array(let elements):
      if let keys = MergeRules.keys(of: elements, member.name) {
        list(elements, keys, member.name)
      } else {
        bytes += "{}".utf8
      }
    default: bytes += "{}".utf8
    }
  }

  /// Writes a list whose elements are told apart by some of their fields.
  private mutating func list(_ elements: [JSON], _ keys: [String], _ name: String) {
    let hasPrefix = !alwaysPresent.contains(name)
    bytes += hasPrefix ? "{\".\":{}".utf8 : "{".utf8
    for (index, element) in elements.enumerated() {
      if index > 0 || hasPrefix { bytes.append(UInt8(ascii: ",")) }
      JSON.encode(MergeRules.pathElement(of: element, keys), into: &bytes)
      bytes.append(UInt8(ascii: ":"))
      if name == "ownerReferences" { bytes += "{}".utf8 } else { members(element.members, prefix: true) }
    }
    bytes += "}".utf8
  }

  /// Objects and lists that are there without anybody having set them.
  private static let alwaysPresent: Set<String> = [
    "metadata", "spec", "status", "template", "strategy", "containers", "initContainers", "securityContext", "source",
    "data", "loadBalancer",
  ]
  /// Metadata that the server writes and nobody manages.
  static let ofServer: Set<String> = [
    "name", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp",
    "deletionGracePeriodSeconds", "managedFields",
  ]
  /// What admission and the scheduler add to a pod, which no manager owns.
  private static let ofAdmission: Set<String> = [
    "nodeName", "priority", "preemptionPolicy", "serviceAccount", "serviceAccountName", "tolerations",
  ]
  private static let tokenPrefix = "kube-api-access-"
  private static let revision = "deployment.kubernetes.io/revision"

  /// The fields that the maker of an object manages.
  private static func own(_ kind: ResourceKind, _ object: JSON) -> [JSON.Member] {
    object.members.compactMap { member in
      switch member.name {
      case "status", "kind", "apiVersion": return nil
      case "metadata":
        let fields = withoutServerFields(member.value, kind)
        return fields.isEmpty ? nil : JSON.Member(name: "metadata", value: .object(fields))
      case "spec" where kind == .pods:
        return JSON.Member(name: "spec", value: withoutAdmission(member.value))
      case "spec" where member.value["template"] != nil:
        var spec = member.value
        spec["template", "metadata"] = spec["template", "metadata"].map {
          .object($0.members.filter { !Self.ofServer.contains($0.name) })
        }
        return JSON.Member(name: "spec", value: spec)
      default: return member
      }
    }
  }

  private static func withoutServerFields(_ metadata: JSON, _ kind: ResourceKind) -> [JSON.Member] {
    metadata.members.compactMap { member in
      guard !ofServer.contains(member.name) else { return nil }
      guard kind == .deployments, member.name == "annotations" else { return member }
      let annotations = member.value.members.filter { $0.name != revision }
      return annotations.isEmpty ? nil : JSON.Member(name: member.name, value: .object(annotations))
    }
  }

  private static func hasOwnAnnotations(_ object: JSON) -> Bool {
    (object["metadata", "annotations"]?.members ?? []).contains { $0.name != revision }
  }

  private static func withoutAdmission(_ spec: JSON) -> JSON {
    func withoutToken(_ object: JSON, _ list: String) -> JSON {
      var object = object
      let kept = (object[list]?.elements ?? []).filter { $0["name"]?.string?.hasPrefix(tokenPrefix) != true }
      object[list] = kept.isEmpty ? nil : .array(kept)
      return object
    }
    var spec = withoutToken(.object(spec.members.filter { !ofAdmission.contains($0.name) }), "volumes")
    for list in ["initContainers", "containers"] where spec[list] != nil {
      spec[list] = .array((spec[list]?.elements ?? []).map { withoutToken($0, "volumeMounts") })
    }
    return spec
  }

  /// The fields that the controller of a kind manages.
  private static func reported(_ kind: ResourceKind, _ object: JSON, _ status: JSON) -> [JSON.Member] {
    var status = status
    var fields: [JSON.Member] = []
    switch kind {
    case .pods:
      status["qosClass"] = nil
      // The scheduler's condition comes with the binding, which is no update of the object.
      let conditions = (status["conditions"]?.elements ?? []).filter { $0["type"] != "PodScheduled" }
      status["conditions"] = conditions.isEmpty ? nil : .array(conditions)
    case .deployments where object["metadata", "annotations"]?[revision] != nil:
      fields = [
        JSON.Member(name: "metadata", value: ["annotations": .object([JSON.Member(name: revision, value: "")])])
      ]
    default: break
    }
    return fields + [JSON.Member(name: "status", value: status)]
  }

  private static func maker(_ kind: ResourceKind, _ object: JSON) -> String {
    switch kind {
    case .events:
      object["reportingComponent"]?.string ?? object["source", "component"]?.string ?? "kube-controller-manager"
    case .nodes: "kubelet"
    case .replicaSets, .endpointSlices, .serviceAccounts, .configMaps: "kube-controller-manager"
    case .pods where object["metadata", "ownerReferences"] != nil: "kube-controller-manager"
    default: "kubectl-client-side-apply"
    }
  }

  private static func controller(_ kind: ResourceKind) -> String {
    switch kind {
    case .pods, .nodes: "kubelet"
    case .ingresses: "nginx-ingress-controller"
    default: "kube-controller-manager"
    }
  }

  /// The latest time in a status; times of this form are in order as texts are.
  private static func latestTime(in status: JSON) -> String {
    (status["conditions"]?.elements ?? []).reduce("") { latest, condition in
      max(
        latest, condition["lastTransitionTime"]?.string ?? "", condition["lastUpdateTime"]?.string ?? "")
    }
  }
}
