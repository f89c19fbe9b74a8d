/// What a request wants to do with a resource, as the API server's authorisation sees it.
struct Access: Equatable {
  /// Who everybody is: the demo has one user.
  static let user = "demo"

  var verb = ""
  var group = ""
  var resource = ""
  var subresource = ""
  var namespace = ""
  var name = ""

  /// Reads a request; `nil` for paths that are no resources.
  init?(_ request: Request) {
    var parts = request.segments[...]
    switch parts.popFirst() {
    case "api": guard parts.popFirst() != nil else { return nil }
    case "apis":
      guard let group = parts.popFirst(), parts.popFirst() != nil else { return nil }
      self.group = group
    default: return nil
    }
    if parts.first == "namespaces", parts.count >= 3 {
      parts.removeFirst()
      namespace = parts.removeFirst()
    }
    guard let resource = parts.popFirst() else { return nil }
    self.resource = resource
    name = parts.popFirst() ?? ""
    subresource = parts.popFirst() ?? ""
    verb = Self.verb(request, isNamed: !name.isEmpty)
  }

  /// Reads the attributes that an access review asks about.
  init(_ attributes: JSON) {
    func text(_ name: String) -> String { attributes[name]?.string ?? "" }
    (verb, group, resource) = (text("verb"), text("group"), text("resource"))
    (subresource, namespace, name) = (text("subresource"), text("namespace"), text("name"))
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

  private var fullResource: String { subresource.isEmpty ? resource : resource + "/" + subresource }

  /// Whether the resource, or this part of it, is one of the kinds.
  func isRefused(_ kinds: Set<String>) -> Bool { kinds.contains(resource) || kinds.contains(fullResource) }

  /// The refusal in the API server's words.
  var refusal: Refusal {
    let qualified = group.isEmpty ? resource : resource + "." + group
    let place = namespace.isEmpty ? "at the cluster scope" : "in the namespace \"\(namespace)\""
    var details: JSON = .object([])
    if !name.isEmpty { details["name"] = .string(name) }
    if !group.isEmpty { details["group"] = .string(group) }
    details["kind"] = .string(resource)
    return Refusal(
      code: 403, reason: "Forbidden",
      message: "\(qualified)\(name.isEmpty ? "" : " \"\(name)\"") is forbidden: User \"\(Self.user)\" cannot \(verb) "
        + "resource \"\(fullResource)\" in API group \"\(group)\" \(place)", details: details)
  }
}
