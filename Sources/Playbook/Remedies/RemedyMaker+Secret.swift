import ClusterModel

extension RemedyMaker {
  /// Makes the Secret of the profile; its values go by standard input alone.
  func createSecret(_ given: [String: String]?) throws(RemedyProblem) -> [RemedyCommand] {
    guard let secret = context.profile.secret else {
      throw RemedyProblem("the profile names no Secret; name it under secret")
    }
    guard isObjectName(secret.name), (secret.required + secret.optional).allSatisfy(Self.isKey) else {
      throw RemedyProblem("the Secret of the profile, or one of its keys, has a name that Kubernetes does not allow")
    }
    let namespace = try checkedNamespace()
    guard let values = given ?? (programs.isPlayed ? Self.invented(secret.required) : nil) else {
      throw RemedyProblem(
        "the Secret \(secret.name) needs \(secret.required.joined(separator: ", ")): type them (v in the deploy view), or "
          + "give lines KEY=value to todotop deploy --secrets -")
    }
    let missing = secret.required.filter { values[$0, default: ""].isEmpty }
    guard missing.isEmpty else {
      throw RemedyProblem("the Secret \(secret.name) needs values for \(missing.joined(separator: ", "))")
    }
    let known = Set(secret.required + secret.optional)
    let object = SecretObject(secret.name, namespace, values.filter { known.contains($0.key) && !$0.value.isEmpty })
    return try namespaceCommands() + [
      try kubectl(
        [
          "--namespace=\(namespace)", "apply", "--server-side", "--field-manager=\(ChangeCommand.fieldManager)",
          "--filename=-",
        ], input: jsonText(object) + "\n", isInputSecret: true)
    ]
  }

  /// Values for the demo, which nobody can take for real ones.
  private static func invented(_ keys: [String]) -> [String: String] {
    Dictionary(
      keys.map { key in
        (
          key,
          key.hasSuffix("_URL")
            ? "postgresql://demo:not-a-real-password@db.example.invalid/todo" : "not-a-real-\(key.lowercased())"
        )
      }
    ) { first, _ in first }
  }

  private static func isKey(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 253
      && name.utf8.allSatisfy {
        (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || "-_.".utf8.contains($0)
      }
  }
}

/// A Secret, as the API server takes it.
private struct SecretObject: Encodable {
  struct Metadata: Encodable { let name: String, namespace: String }

  let apiVersion = "v1"
  let kind = "Secret"
  let metadata: Metadata
  let type = "Opaque"
  let stringData: [String: String]

  init(_ name: String, _ namespace: String, _ values: [String: String]) {
    metadata = Metadata(name: name, namespace: namespace)
    stringData = values
  }
}
