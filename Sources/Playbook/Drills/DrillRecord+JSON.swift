import ClusterModel

extension DrillRecord {
  /// The record as one line of JSON.
  package var line: String { document.text }

  /// The record for other eyes: without values that may be secrets.
  package var redacted: DrillRecord {
    guard let patch = change.patch, patch.edits.contains(where: \.isSecret) else { return self }
    var copy = self
    copy.isRedacted = true
    let edits = patch.edits.map { edit in
      edit.isSecret ? FieldEdit(edit.path, from: .text("redacted"), to: edit.after, isSecret: true) : edit
    }
    copy.change.patch = DrillPatch(
      patch.object, resourceVersion: patch.resourceVersion, anchors: patch.anchors, edits: edits,
      isKept: patch.isKept, ownersBefore: patch.ownersBefore)
    return copy
  }

  package var document: DocumentValue {
    var members: [(String, DocumentValue?)] = [
      ("v", .number(Self.version)), ("id", .text(id)), ("state", .text(state.rawValue)), ("drill", .text(kind)),
      ("at", .text(at.rfc3339WithNanoseconds)), ("target", .text(target)), ("namespace", .text(namespace)),
      (
        "cluster",
        .object(
          ("kubeSystemUID", .text(cluster.uid)), ("server", .text(cluster.server)), ("context", .text(cluster.context)))
      ),
      ("limitSeconds", .number(limitSeconds)), ("expect", .text(expectation)), ("by", .text(author)),
      ("fieldManager", .text(ChangeCommand.fieldManager)), ("isInjected", .bool(isInjected)),
      ("note", .text(note)),
      ("isRedacted", .bool(isRedacted)), ("injectedAt", injectedAt.map { .text($0.rfc3339WithNanoseconds) }),
      ("patch", change.patch?.document),
      ("strikes", .list(change.strikes.map(\.document))), ("cleanup", .list(change.cleanup.map(\.document))),
    ]
    if let creation = change.creation {
      members.append(
        (
          "create",
          .object(
            ("object", creation.object.document), ("manifest", creation.manifest), ("token", .text(creation.token)))
        ))
    }
    return .members(members.compactMap { name, value in value.map { DocumentValue.Member(name, $0) } })
  }

  /// Reads a record.
  ///
  /// - Throws: ``RecordProblem`` for what this program did not write, or would not carry out.
  package init(line: String) throws(RecordProblem) {
    guard let document = try? DocumentValue.read(Array(line.utf8)) else { throw RecordProblem("it is not JSON") }
    try self.init(document)
  }

  init(_ document: DocumentValue) throws(RecordProblem) {
    guard document["v"]?.asNumber == Self.version else {
      throw RecordProblem("it is of version \(document["v"]?.text ?? "none"), not \(Self.version)")
    }
    func text(_ name: String) throws(RecordProblem) -> String {
      guard let text = document[name]?.asText else { throw RecordProblem("it has no \(name)") }
      return text
    }
    let kind = try text("drill")
    guard DrillKind.named(kind)?.id == kind else { throw RecordProblem("it is of a drill that is not known") }
    guard let state = DrillState(rawValue: try text("state")), let at = Timestamp(try text("at")) else {
      throw RecordProblem("its state or its time is none")
    }
    guard let limit = document["limitSeconds"]?.asNumber, DrillLimit.allowed.contains(limit) else {
      throw RecordProblem("its time limit is none")
    }
    let namespace = try text("namespace")
    let id = try text("id")
    guard isObjectName(namespace), isObjectName(id), id.hasPrefix("d-") else {
      throw RecordProblem("its id or its namespace is none")
    }
    guard let uid = document[pointer: "/cluster/kubeSystemUID"]?.asText, !uid.isEmpty else {
      throw RecordProblem("it does not say which cluster it belongs to")
    }
    let cluster = Cluster(
      uid: uid, server: document[pointer: "/cluster/server"]?.asText ?? "",
      context: document[pointer: "/cluster/context"]?.asText ?? "")
    self.init(
      id: id, kind: kind, target: try text("target"), namespace: namespace, cluster: cluster,
      change: try DrillChange(document, namespace: namespace), limitSeconds: limit, expectation: try text("expect"),
      author: try text("by"), at: at)
    self.state = state
    injectedAt = document["injectedAt"]?.asText.flatMap { Timestamp($0) }
    isInjected = document["isInjected"] == .bool(true)
    isRedacted = document["isRedacted"] == .bool(true)
    note = document["note"]?.asText ?? ""
  }
}

/// Why a journal is not believed, in words that follow its name.
package struct RecordProblem: Error, Hashable, Sendable {
  package let sentence: String

  /// Why not.
  package init(_ sentence: String) { self.sentence = sentence }
}

extension DrillChange {
  fileprivate init(_ document: DocumentValue, namespace: String) throws(RecordProblem) {
    func objects(_ name: String) throws(RecordProblem) -> [DocumentValue] { document[name]?.elements ?? [] }
    var strikes: [DrillStrike] = []
    for value in try objects("strikes") { strikes.append(try DrillStrike(value, namespace: namespace)) }
    var cleanup: [DrillObject] = []
    for value in try objects("cleanup") { cleanup.append(try DrillObject(value, [.pods], namespace: namespace)) }
    var creation: DrillCreation?
    if let value = document["create"] {
      guard let manifest = value["manifest"], let token = value["token"]?.asText, let object = value["object"] else {
        throw RecordProblem("what it made is not told")
      }
      creation = DrillCreation(
        try DrillObject(object, [.networkPolicies], namespace: namespace), manifest, token: token)
    }
    var patch: DrillPatch?
    if let value = document["patch"] { patch = try DrillPatch(value, namespace: namespace) }
    self.init(patch: patch, creation: creation, strikes: strikes, cleanup: cleanup)
    guard subject != nil else { throw RecordProblem("it changes nothing") }
  }
}

extension DrillObject {
  fileprivate var document: DocumentValue {
    .object(
      ("apiVersion", .text(resource.apiVersion)), ("kind", .text(resource.kindName)), ("namespace", .text(namespace)),
      ("name", .text(name)), ("uid", .text(uid.value)))
  }

  fileprivate init(
    _ document: DocumentValue, _ allowed: [DrillResource], namespace: String
  ) throws(RecordProblem) {
    let kind = document["kind"]?.asText
    let version = document["apiVersion"]?.asText
    guard let resource = allowed.first(where: { $0.kindName == kind && $0.apiVersion == version }) else {
      throw RecordProblem("it is about an object that drills do not change")
    }
    guard let name = document["name"]?.asText, isObjectName(name),
      let place = document["namespace"]?.asText, place == (resource.isNamespaced ? namespace : "")
    else { throw RecordProblem("its object is not named, or is in another namespace") }
    self.init(resource, namespace: place, name: name, uid: UID(document["uid"]?.asText ?? ""))
    guard resource == .networkPolicies || !uid.value.isEmpty else {
      throw RecordProblem("it does not say which \(typedName) it means")
    }
  }
}

extension DrillStrike {
  fileprivate var document: DocumentValue {
    switch self {
    case .delete(let pod, let byForce):
      .object(("verb", .text(byForce ? "delete by force" : "delete")), ("object", pod.document))
    case .evict(let pod): .object(("verb", .text("evict")), ("object", pod.document))
    case .endProcess(let pod, let container):
      .object(("verb", .text("end process")), ("object", pod.document), ("container", .text(container)))
    }
  }

  fileprivate init(_ document: DocumentValue, namespace: String) throws(RecordProblem) {
    let pod = try DrillObject(document["object"] ?? .null, [.pods], namespace: namespace)
    switch document["verb"]?.asText {
    case "delete": self = .delete(pod, byForce: false)
    case "delete by force": self = .delete(pod, byForce: true)
    case "evict": self = .evict(pod)
    case "end process": self = .endProcess(pod, container: document["container"]?.asText ?? "")
    default: throw RecordProblem("it does something that drills do not do")
    }
  }
}

extension DrillPatch {
  fileprivate var document: DocumentValue {
    .object(
      ("object", object.document), ("resourceVersion", .text(resourceVersion)),
      ("anchors", .list(anchors.map(\.document))), ("edits", .list(edits.map(\.document))),
      ("isKept", .bool(isKept)), ("ownersBefore", .list(ownersBefore)))
  }

  fileprivate init(_ document: DocumentValue, namespace: String) throws(RecordProblem) {
    let resources: [DrillResource] = [.pods, .deployments, .services, .ingresses, .nodes]
    let object = try DrillObject(document["object"] ?? .null, resources, namespace: namespace)
    func edits(_ name: String) throws(RecordProblem) -> [FieldEdit] {
      var edits: [FieldEdit] = []
      for value in document[name]?.elements ?? [] { edits.append(try FieldEdit(value)) }
      return edits
    }
    self.init(
      object, resourceVersion: document["resourceVersion"]?.asText ?? "", anchors: try edits("anchors"),
      edits: try edits("edits"), isKept: document["isKept"] == .bool(true),
      ownersBefore: document["ownersBefore"]?.elements ?? [])
    guard !self.edits.isEmpty else { throw RecordProblem("its patch changes nothing") }
  }
}

extension FieldEdit {
  /// The only fields that drills ever write.
  private static let roots = ["/spec/", "/metadata/labels", "/metadata/annotations"]

  fileprivate var document: DocumentValue {
    let members: [(String, DocumentValue?)] = [
      ("path", .text(path)), ("before", before), ("after", after), ("isSecret", isSecret ? .bool(true) : nil),
    ]
    return .members(members.compactMap { name, value in value.map { DocumentValue.Member(name, $0) } })
  }

  fileprivate init(_ document: DocumentValue) throws(RecordProblem) {
    guard let path = document["path"]?.asText, Self.roots.contains(where: path.hasPrefix) else {
      throw RecordProblem("it changes a field that drills do not change")
    }
    self.init(
      path, from: document["before"], to: document["after"], isSecret: document["isSecret"] == .bool(true))
  }
}
