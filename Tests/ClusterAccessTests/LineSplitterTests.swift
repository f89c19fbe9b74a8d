import Testing

@testable import ClusterAccess

@Suite struct LineSplitterTests {
  /// The lines of a text that comes in parts of some size; cut ones end with `…`.
  func lines(_ text: String, inPartsOf size: Int, limit: Int = 1_000) -> [String] {
    var splitter = LineSplitter(maximumLineBytes: limit)
    var lines: [String] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      Array(rest.prefix(size)).withUnsafeBytes { part in
        splitter.take(part) { line, isCut in lines.append(String(decoding: line, as: UTF8.self) + (isCut ? "…" : "")) }
      }
      rest = rest.dropFirst(size)
    }
    return lines + (splitter.isInsideLine ? ["(open)"] : [])
  }

  @Test func `gives the same lines wherever the stream was split`() {
    let text = "one\n\nthree é\nfour"
    for size in 1...text.utf8.count {
      #expect(lines(text, inPartsOf: size) == ["one", "", "three é", "(open)"])
    }
    #expect(lines("a\n", inPartsOf: 1) == ["a"])
  }

  @Test func `a line that is too long is cut once and its rest thrown away`() {
    let text = "ok\n" + String(repeating: "x", count: 50) + "\nnext\n1234567890\n12345678901\n"
    for size in 1...text.utf8.count {
      #expect(
        lines(text, inPartsOf: size, limit: 10) == ["ok", "xxxxxxxxxx…", "next", "1234567890", "1234567890…"],
        "in parts of \(size)")
    }
  }
}
