/// As much of OpenAPI v3 as kubectl needs before it applies a manifest: which kinds the server validates itself.
enum OpenAPI {
  /// `/openapi/v3`: where the documents of the groups are.
  static var index: JSON {
    let versions = Set(ResourceKind.all.map(path)).sorted()
    return [
      "paths": .object(
        versions.map { JSON.Member(name: $0, value: ["serverRelativeURL": .string("/openapi/v3/" + $0)]) })
    ]
  }

  /// The document of a group and version, named by its path such as `apis/apps/v1`; `nil` where none is served.
  static func document(_ name: String) -> JSON? {
    let kinds = ResourceKind.all.filter { path($0) == name }
    guard !kinds.isEmpty else { return nil }
    let paths = kinds.map { kind -> JSON.Member in
      let scope = kind.isNamespaced ? "namespaces/{namespace}/" : ""
      return JSON.Member(name: "/\(name)/\(scope)\(kind.plural)/{name}", value: ["patch": patch(kind)])
    }
    return [
      "openapi": "3.0.0", "info": .strings(["title": "Kubernetes", "version": "v1.32.0"]), "paths": .object(paths),
      // No schemas: `kubectl explain` says that it finds none.
      "components": ["schemas": [:]],
    ]
  }

  private static func path(_ kind: ResourceKind) -> String {
    (kind.group.isEmpty ? "api/" : "apis/\(kind.group)/") + kind.version
  }

  private static func patch(_ kind: ResourceKind) -> JSON {
    [
      "parameters": [["name": "fieldValidation", "in": "query", "schema": ["type": "string"]]],
      "responses": ["200": ["description": "OK"]], "x-kubernetes-action": "patch",
      "x-kubernetes-group-version-kind": .strings(["group": kind.group, "kind": kind.kind, "version": kind.version]),
    ]
  }
}
