import ClusterModel

/// Who manages which fields of an object, and how fields that a drill took are given back.
struct Ownership {
  /// The entries of the object itself: what writes its status is left out.
  private let entries: [DocumentValue]

  init(_ document: DocumentValue) { self.init(Self.entries(of: document)) }

  init(_ entries: [DocumentValue]) { self.entries = entries }

  /// The entries of an object that may hold fields of its specification.
  static func entries(of document: DocumentValue) -> [DocumentValue] {
    all(of: document).filter { ($0["subresource"]?.asText ?? "").isEmpty }
  }

  private static func all(of document: DocumentValue) -> [DocumentValue] {
    document[pointer: "/metadata/managedFields"]?.elements ?? []
  }

  /// Whether one of the fields is noted as written by this program.
  func isOurs(_ paths: [String], in document: DocumentValue) -> Bool {
    let ours = entries.filter { $0["manager"]?.asText == ChangeCommand.fieldManager }
    return paths.contains { path in
      let steps = Self.steps(to: path, in: document)
      return ours.contains { Self.holds($0["fieldsV1"], steps[...]) }
    }
  }

  /// Who wrote a field, and when: `kubectl-edit, 2026-11-21T03:00:00Z`.
  func writer(of path: String, in document: DocumentValue) -> String {
    let holder = holder(of: path, in: document)
    // Of a field that is gone, only the last writer of anything is known.
    return holder.isEmpty ? Self.latest(of: entries) : holder
  }

  /// Who manages a field now, and since when; empty where nobody does.
  func holder(of path: String, in document: DocumentValue) -> String {
    let steps = Self.steps(to: path, in: document)
    return Self.latest(of: entries.filter { Self.holds($0["fieldsV1"], steps[...]) })
  }

  private static func latest(of entries: [DocumentValue]) -> String {
    let latest = entries.max { ($0["time"]?.asText ?? "") < ($1["time"]?.asText ?? "") }
    return [latest?["manager"]?.asText, latest?["time"]?.asText].compactMap { $0 }.joined(separator: ", ")
  }

  /// What gives back the fields that we took from those who managed them; `nil` where there is nothing to give back.
  ///
  /// Everybody's entry stays as it is but for the fields that we hold and they held before; our own entry goes, unless
  /// we had one. A request that changes nothing but this list makes nobody a manager.
  static func returning(
    to before: [DocumentValue], in document: DocumentValue, uid: UID
  ) -> [PatchOperation]? {
    let current = all(of: document)
    func isOurs(_ entry: DocumentValue) -> Bool {
      entry["manager"]?.asText == ChangeCommand.fieldManager && (entry["subresource"]?.asText ?? "").isEmpty
    }
    let taken = Set(current.filter(isOurs).flatMap { leaves($0["fieldsV1"]) })
    guard !taken.isEmpty, let version = document[pointer: "/metadata/resourceVersion"] else { return nil }
    var entries = current.filter { !isOurs($0) }
    for old in before {
      if isOurs(old) {
        entries.append(old)
        continue
      }
      let lost = Set(leaves(old["fieldsV1"]))
      if let index = entries.firstIndex(where: { isSameManager($0, old) }) {
        let present = Set(leaves(entries[index]["fieldsV1"]))
        let back = withParents(of: lost.subtracting(present).intersection(taken), in: lost)
        guard !back.isEmpty else { continue }
        entries[index] =
          present.union(back) == lost ? old : entries[index].with("fieldsV1", tree(of: present.union(back)))
      } else if !lost.isDisjoint(with: taken) {
        entries.append(old.with("fieldsV1", tree(of: withParents(of: lost.intersection(taken), in: lost))))
      }
    }
    // An empty list would mean: forget who manages what.
    guard !entries.isEmpty else { return nil }
    return [
      PatchOperation(.test, "/metadata/uid", .text(uid.value)),
      PatchOperation(.replace, "/metadata/resourceVersion", .document(version)),
      PatchOperation(.replace, "/metadata/managedFields", .document(.list(entries))),
    ]
  }

  /// Paths with the marks of the values that they lie in, which go with the last field of such a value.
  private static func withParents(of paths: Set<[String]>, in all: Set<[String]>) -> Set<[String]> {
    paths.union(all.filter { mark in mark.last == "." && paths.contains { $0.starts(with: mark.dropLast()) } })
  }

  private static func isSameManager(_ left: DocumentValue, _ right: DocumentValue) -> Bool {
    ["manager", "operation", "apiVersion", "subresource"].allSatisfy { left[$0] == right[$0] }
  }

  /// The paths of all that is managed, each as its steps.
  private static func leaves(_ fields: DocumentValue?, _ path: [String] = []) -> [[String]] {
    guard case .members(let members) = fields, !members.isEmpty else { return path.isEmpty ? [] : [path] }
    return members.flatMap { leaves($0.value, path + [$0.name]) }
  }

  private static func tree(of paths: Set<[String]>) -> DocumentValue {
    let groups = Dictionary(grouping: paths.filter { !$0.isEmpty }) { $0[0] }
    return .members(
      groups.sorted { $0.key < $1.key }.map { name, paths in
        DocumentValue.Member(name, tree(of: Set(paths.map { Array($0.dropFirst()) })))
      })
  }

  /// The steps to a field as the entries name it: elements of lists by their key.
  private static func steps(to pointer: String, in document: DocumentValue) -> [String] {
    var steps: [String] = []
    var path = ""
    for part in pointer.split(separator: "/").map(String.init) {
      if Int(part) != nil, case .list? = document[pointer: path] {
        let name = document[pointer: "\(path)/\(part)/name"]?.asText
        guard let name else { return steps }
        steps.append("k:\(DocumentValue.object(("name", .text(name))).text)")
      } else {
        steps.append("f:" + part.replacing("~1", with: "/").replacing("~0", with: "~"))
      }
      path += "/\(part)"
    }
    return steps
  }

  /// Whether an entry holds a field, a part of it, or the whole it belongs to where that is one piece.
  private static func holds(_ fields: DocumentValue?, _ steps: ArraySlice<String>) -> Bool {
    guard let fields else { return false }
    guard let step = steps.first else { return true }
    guard case .members(let members) = fields else { return false }
    if members.isEmpty { return true }
    return members.first { $0.name == step }.map { holds($0.value, steps.dropFirst()) } ?? false
  }
}

extension DocumentValue {
  /// The same with another value for one member.
  func with(_ name: String, _ value: DocumentValue) -> DocumentValue {
    .members(fields.filter { $0.name != name } + [Member(name, value)])
  }
}
