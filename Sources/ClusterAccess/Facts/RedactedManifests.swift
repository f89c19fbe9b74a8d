import ClusterModel

/// What stands for a value that is hidden.
private let hidden = "•••"

/// Manifests as helm prints them, with the values of Secrets and what looks like a secret elsewhere hidden.
///
/// Keys stay, and so does whether a value is empty: checks ask for both.
func redactedManifests(_ text: String) -> String {
  var documents: [[Substring]] = [[]]
  for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
    if line.hasPrefix("---") { documents.append([]) }
    documents[documents.count - 1].append(line)
  }
  return redacted(documents.flatMap(hidingSecret).joined(separator: "\n"))
}

private func hidingSecret(_ lines: [Substring]) -> [String] {
  let isSecret = lines.contains { line in
    line.filter { !" \"'\t\r".contains($0) }.prefix { $0 != "#" }.hasSuffix("kind:Secret")
  }
  let isFlow = lines.contains { $0.hasPrefix("{") || $0.hasPrefix("[") }
  guard isSecret || isFlow else { return lines.map(String.init) }
  // A document written as JSON is not taken apart.
  if isFlow { return ["---", "# a document in the form of JSON is hidden"] }
  var result: [String] = []
  var isInData = false
  var keyIndent: Int?
  for line in lines {
    let indent = line.prefix { $0 == " " }.count
    let isBlank = line.allSatisfy(\.isWhitespace)
    let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
    let name = parts.first?.filter { !" \"'".contains($0) } ?? ""
    if indent == 0, !isBlank {
      isInData = ["data", "stringData"].contains(name)
      keyIndent = nil
      let rest = parts.dropFirst().first.map { $0.filter { !$0.isWhitespace } } ?? ""
      result.append(isInData && !rest.isEmpty && !rest.hasPrefix("#") ? "\(name): \(hidden)" : String(line))
    } else if isInData, !isBlank {
      if keyIndent == nil { keyIndent = indent }
      // What stands deeper is the rest of a value.
      guard indent == keyIndent, parts.count == 2 || line.hasSuffix(":") else { continue }
      let value = parts.dropFirst().first.map { $0.filter { !$0.isWhitespace } } ?? ""
      let isEmpty = ["", "\"\"", "''", "null", "~"].contains(value)
      result.append("\(String(repeating: " ", count: indent))\(name): \(isEmpty ? "\"\"" : hidden)")
    } else if !isInData {
      result.append(String(line))
    }
  }
  return result
}
