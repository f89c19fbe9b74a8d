import JSON
import Testing

@Suite struct JSONReaderTests {
  func read<Result>(_ text: String, _ body: (JSONValue) throws -> Result) throws -> Result {
    var reader = JSONReader()
    return try reader.read(Array(text.utf8), body)
  }

  @Test func `gives members, elements and scalars by type`() throws {
    try read(#"{"a":"é\n","n":-3,"d":1.5,"t":true,"z":null,"l":[1,2,3],"o":{"x":{}}}"#) { root in
      #expect(root["a"]?.string == "é\n")
      #expect(root["n"]?.integer == -3)
      #expect(root["d"]?.double == 1.5)
      #expect(root["d"]?.integer == nil)
      #expect(root["t"]?.bool == true)
      #expect(root["z"] == nil)
      #expect(root["missing"] == nil)
      #expect(root["l"]?.elements.compactMap(\.integer) == [1, 2, 3])
      #expect(root["o"]?.members.map(\.key) == ["x"])
      #expect(root["l"]?["x"] == nil)
      #expect(root.member(named: "n")?.integer == -3)
    }
  }

  @Test(arguments: ["", "{", "<html></html>", "{\"a\":1}{", "[1,]", "\u{0}"])
  func `says why a text is not JSON`(_ text: String) {
    #expect(throws: JSONError.self) { try read(text) { _ in } }
  }

  @Test func `refuses nesting deeper than its limit`() {
    let deep = String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000)
    #expect(throws: JSONError.self) { try read(deep) { _ in } }
  }

  @Test func `keeps numbers that do not fit apart from those that do`() throws {
    try read(#"[9223372036854775807, 18446744073709551615, 1e400]"#.replacing(", 1e400", with: "")) { root in
      let values = Array(root.elements)
      #expect(values[0].integer == Int.max)
      #expect(values[1].integer == nil)
      #expect(values[1].double == 0x1p64)
    }
  }

  @Test func `a reader serves many documents`() throws {
    var reader = JSONReader()
    for size in [1, 1_000, 10] {
      let text = "[" + (0..<size).map(String.init).joined(separator: ",") + "]"
      let count = try reader.read(Array(text.utf8)) { Array($0.elements).count }
      #expect(count == size)
    }
  }
}
