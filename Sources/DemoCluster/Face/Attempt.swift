/// What a request tries to do, as the API server's authorizer sees it.
struct Attempt {
  let verb: String
  let group: String
  /// The kind by its name in paths, such as `pods`.
  let kind: String
  let namespace: String?
  let name: String?
  private let subresource: String?

  /// Reads a request for objects; `nil` for any other.
  init?(_ request: Request) {
    let segments = request.segments
    switch segments.first {
    case "api" where segments.count > 2: group = ""
    case "apis" where segments.count > 3: group = segments[1]
    default: return nil
    }
    var rest = segments.dropFirst(group.isEmpty ? 2 : 3)
    if rest.count > 2, rest.first == "namespaces", !["status", "finalize"].contains(rest[rest.startIndex + 2]) {
      namespace = rest[rest.startIndex + 1]
      rest = rest.dropFirst(2)
    } else {
      namespace = nil
    }
    guard let kind = rest.popFirst() else { return nil }
    self.kind = kind
    name = rest.popFirst()
    subresource = rest.popFirst()
    verb = Self.verb(request, isNamed: name != nil)
  }

  private static func verb(_ request: Request, isNamed: Bool) -> String {
    switch request.method {
    case "POST": "create"
    case "PUT": "update"
    case "PATCH": "patch"
    case "DELETE": isNamed ? "delete" : "deletecollection"
    default: request.isSet("watch") ? "watch" : isNamed ? "get" : "list"
    }
  }

  /// The kind, with the part of it that is asked for, such as `pods/log`.
  var resource: String { subresource.map { kind + "/" + $0 } ?? kind }

  /// The refusal of a user who may not do it.
  var refusal: Refusal {
    let qualified = group.isEmpty ? kind : kind + "." + group
    let scope = namespace.map { "in the namespace \"\($0)\"" } ?? "at the cluster scope"
    var details: JSON = [:]
    if let name { details["name"] = .string(name) }
    if !group.isEmpty { details["group"] = .string(group) }
    details["kind"] = .string(kind)
    return Refusal(
      code: 403, reason: "Forbidden",
      message: qualified + (name.map { " \"\($0)\"" } ?? "") + " is forbidden: User \"demo\" cannot \(verb) resource "
        + "\"\(resource)\" in API group \"\(group)\" \(scope)", details: details)
  }
}
