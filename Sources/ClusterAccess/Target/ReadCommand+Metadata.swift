import ClusterModel

/// What is asked of objects whose contents must not come here: kubectl itself picks out the parts.
extension ReadCommand {
  static func secretShapeWords(_ name: String, _ namespace: String) throws(AccessProblem) -> [String] {
    try checkName(namespace, as: "namespace")
    try checkName(name, as: "Secret")
    return [
      "--namespace=\(namespace)", timeOption, "get", "secret/\(name)", "-o", "go-template=\(secretShapeTemplate)",
    ]
  }

  static func ownershipWords(_ key: ObjectKey) throws(AccessProblem) -> [String] {
    if key.kind.isNamespaced { try checkName(key.namespace, as: "namespace") }
    try checkName(key.name, as: key.kind.kindName)
    let place = key.kind.isNamespaced ? ["--namespace=\(key.namespace)"] : []
    return place + [timeOption, "get", "\(list([key.kind]))/\(key.name)", "-o", "jsonpath=\(ownershipPath)"]
  }

  /// The annotations that say which release of Helm an object belongs to.
  static let helmAnnotations = ["meta.helm.sh/release-name", "meta.helm.sh/release-namespace"]

  /// One line a part.
  ///
  /// An object's other annotations are left out: the last applied one of a Secret holds its values.
  private static let ownershipPath =
    #"{.metadata.labels}{"\n"}{.metadata.annotations.meta\.helm\.sh/release-name}{"\n"}"#
    + #"{.metadata.annotations.meta\.helm\.sh/release-namespace}{"\n"}{.metadata.managedFields}"#

  /// One line a key: `KEY<tab>LENGTH<tab>ok` or `placeholder`.
  ///
  /// It must never fail: kubectl would print the whole object then. So every `slice` stands behind an `if` of its own:
  /// `and` of older kubectls evaluates all its words.
  static let secretShapeTemplate =
    #"{{range $key, $value := .data}}{{$text := base64decode $value}}{{$size := len $text}}{{$word := "ok"}}"#
    + "{{if eq $text \(placeholders.map { "\"\($0)\"" }.joined(separator: " "))}}{{$word = \"placeholder\"}}{{end}}"
    + beginnings.map { text in
      "{{if ge $size \(text.utf8.count)}}{{if eq (slice $text 0 \(text.utf8.count)) \"\(text)\"}}"
        + #"{{$word = "placeholder"}}{{end}}{{end}}"#
    }.joined()
    + #"{{$key}}{{"\t"}}{{$size}}{{"\t"}}{{$word}}{{"\n"}}{{end}}"#

  /// Values that people put where a secret belongs.
  private static let placeholders = [
    "changeme", "CHANGEME", "ChangeMe", "placeholder", "PLACEHOLDER", "example", "secret", "password", "todo", "TODO",
    "tbd", "TBD", "none", "null", "xxx", "XXX", "xxxx", "XXXX", "dummy", "test", "fixme", "FIXME", "sk-...", "...",
  ]

  /// Beginnings of such values: `your-key-here`, `<key>`, `${KEY}`, `replace-me`, `change-me`.
  private static let beginnings = [
    "your-", "your_", "YOUR-", "YOUR_", "Your-", "<", "${", "replace-", "replace_", "REPLACE_", "REPLACE-",
    "change-", "change_", "CHANGE_", "CHANGE-", "insert-", "INSERT_",
  ]
}
