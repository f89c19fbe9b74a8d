/// What the user may do, as `kubectl auth can-i --list` says.
public struct Rights: Hashable, Sendable {
  /// Verbs by resource with its group: `deployments.apps` → get, list, watch; `*` stands for all.
  public var verbs: [String: Set<String>]

  /// Rights from verbs by resource.
  public init(verbs: [String: Set<String>]) { self.verbs = verbs }

  /// Whether all objects of a resource may be treated so: `allows("list", "deployments.apps")`.
  public func allows(_ verb: String, _ resource: String) -> Bool {
    let group = resource.split(separator: ".", maxSplits: 1).dropFirst().first
    let names = [resource, "*.*", group.map { "*.\($0)" } ?? "*"]
    return names.contains { verbs[$0].map { $0.contains(verb) || $0.contains("*") } ?? false }
  }

  /// Whether a kind can be read by the watch feed: listed and watched.
  public func allowsWatching(_ kind: ResourceKind) -> Bool {
    allows("list", kind.qualifiedResource) && (!kind.isWatched || allows("watch", kind.qualifiedResource))
  }

  /// Reads the table that `kubectl auth can-i --list` prints.
  ///
  /// Rows for single objects and for paths that are no resources are passed over.
  public init(table: String) {
    verbs = [:]
    let lines = table.split(whereSeparator: \.isNewline)
    guard let header = lines.first(where: { $0.hasPrefix("Resources") }),
      let paths = header.firstRange(of: "Non-Resource URLs")
    else { return }
    let resourceWidth = header.distance(from: header.startIndex, to: paths.lowerBound)
    for line in lines where line != header {
      let resource = line.prefix(resourceWidth).prefix { $0 != " " }
      let brackets = Self.brackets(in: line.dropFirst(resourceWidth))
      guard !resource.isEmpty, brackets.count == 3, brackets[1].isEmpty else { continue }
      verbs[String(resource), default: []].formUnion(brackets[2].split(separator: " ").map(String.init))
    }
  }

  /// The texts between `[` and `]`, in order.
  private static func brackets(in line: Substring) -> [Substring] {
    var found: [Substring] = []
    var rest = line
    while let start = rest.firstIndex(of: "["), let end = rest[start...].firstIndex(of: "]") {
      found.append(rest[rest.index(after: start)..<end])
      rest = rest[rest.index(after: end)...]
    }
    return found
  }
}
