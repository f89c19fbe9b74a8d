/// What a template reads of the values: `.Values.a.b` is `a.b`, and all below it.
func valuesRead(in text: String) -> Set<String> {
  var found: Set<String> = []
  var rest = text[...]
  while let start = rest.firstRange(of: ".Values") {
    rest = rest[start.upperBound...]
    if rest.first == "." {
      var name = rest.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
      while name.last == "." { name.removeLast() }
      found.insert(String(name))
    } else {
      // index .Values "a" "b"
      var names: [String] = []
      var tail = rest.drop { $0 == " " }
      while tail.first == "\"", let end = tail.dropFirst().firstIndex(of: "\"") {
        names.append(String(tail.dropFirst()[..<end]))
        tail = tail[tail.index(after: end)...].drop { $0 == " " }
      }
      if !names.isEmpty { found.insert(names.joined(separator: ".")) }
    }
  }
  return found
}
