import Testing

@testable import YAML

private func read(_ text: String, _ limits: YAMLLimits = YAMLLimits()) throws(YAMLError) -> [YAMLNode] {
  try yamlDocuments(Array(text.utf8), limits: limits)
}

/// The words of the error that reading, or using what was read, ends with.
private func problem(
  _ text: String, _ limits: YAMLLimits = YAMLLimits(), _ use: (YAMLNode) throws(YAMLError) -> Void = { _ in }
) -> String? {
  do {
    for document in try read(text, limits) { try use(document) }
    return nil
  } catch {
    return error.description
  }
}

struct YAMLTests {
  @Test func `documents, lists, mappings and every style of text have their places`() throws {
    let documents = try read("# first\na: 1\nlist:\n- x\n- 'y'\n---\ntext: |\n  one\n  two\n---\n{b: [c, \"d\\n\"]}\n")
    #expect(documents.count == 3)
    let first = try documents[0].fields(["a", "list"])
    #expect(first.keys == ["a", "list"])
    #expect(try first.required("a").integer() == 1)
    let list = try first.required("list").elements()
    #expect(list.map(\.place) == [YAMLPlace(line: 4, column: 3), YAMLPlace(line: 5, column: 3)])
    #expect(list[0].content == .scalar(text: "x", isQuoted: false))
    #expect(list[1].content == .scalar(text: "y", isQuoted: true))
    #expect(try documents[1].fields(["text"]).required("text").text() == "one\ntwo\n")
    #expect(try documents[2].members()[0].value.elements().map { try $0.text() } == ["c", "d\n"])
    #expect(documents[2].place.line == 11)
  }

  @Test(arguments: ["", "\n\n", "# only words\n", "---\n", "---\n...\n---\n", "~\n"])
  func `a text without content has no documents`(text: String) throws {
    #expect(try read(text).isEmpty)
  }

  @Test(arguments: [
    ("no", YAMLValue.text("no")), ("yes", .text("yes")), ("on", .text("on")), ("true", .boolean(true)),
    ("\"true\"", .text("true")), ("False", .boolean(false)), ("null", .null), ("~", .null), ("'~'", .text("~")),
    ("12", .integer(12)), ("-3", .integer(-3)), ("0", .integer(0)), ("0x10", .text("0x10")), ("010", .text("010")),
    ("12:30", .text("12:30")), ("1.5", .number(1.5)), ("1e3", .number(1000)), (".inf", .text(".inf")),
    ("99999999999999999999", .number(1e20)), ("2026-11-21", .text("2026-11-21")), ("v1.0", .text("v1.0")),
    ("!!str 12", .text("12")), ("1_000", .text("1_000")), ("+", .text("+")), ("-", .text("-")),
  ])
  func `a scalar means what it means in JSON, and nothing more`(text: String, value: YAMLValue) throws {
    let element = text == "-" ? "\"-\"" : text
    #expect(try read("v: \(element)\n")[0].members()[0].value.value == value)
  }

  @Test func `typed readers say what they would have liked to see`() {
    func member(_ use: @escaping (YAMLNode) throws(YAMLError) -> Void) -> (YAMLNode) throws(YAMLError) -> Void {
      { node throws(YAMLError) in try use(node.members()[0].value) }
    }
    let table: [(String, (YAMLNode) throws(YAMLError) -> Void, String)] = [
      (
        "replicas: 0x10", { node throws(YAMLError) in _ = try node.integer() },
        "1:11: a whole number in decimal digits is expected here, not \"0x10\""
      ),
      (
        "replicas: '3'", { node throws(YAMLError) in _ = try node.integer() },
        "1:11: a whole number in decimal digits is expected here, not the text \"3\""
      ),
      (
        "on: no", { node throws(YAMLError) in _ = try node.boolean() },
        "1:5: true or false is expected here, not \"no\""
      ),
      ("a: [1]", { node throws(YAMLError) in _ = try node.text() }, "1:4: a text is expected here, not a list"),
      ("a:", { node throws(YAMLError) in _ = try node.text() }, "1:3: a text is expected here, not nothing"),
      ("a: b", { node throws(YAMLError) in _ = try node.elements() }, "1:4: a list is expected here, not \"b\""),
      (
        "a: {b: 1}", { node throws(YAMLError) in _ = try node.number() },
        "1:4: a number is expected here, not a mapping"
      ),
    ]
    for (text, use, words) in table { #expect(problem(text, YAMLLimits(), member(use)) == words) }
  }

  @Test func `a key that nobody knows is named with those that are`() throws {
    do {
      _ = try read("name: x\nseeed: 3\n")[0].fields(["name", "seed"])
      Issue.record("the key is not known")
    } catch {
      #expect(error.description == "2:1: there is no key \"seeed\"; there are name, seed")
      #expect(error.unknownWord == "seeed" && error.knownWords == ["name", "seed"])
    }
    #expect(
      problem("a: 1\n") { node throws(YAMLError) in _ = try node.fields(["a", "b"]).required("b") }
        == "1:1: the key \"b\" is missing here")
  }

  @Test(arguments: [
    ("a: 1\na: 2\n", "2:1: the key \"a\" comes twice in one mapping, first on line 1"),
    ("a:\n\tb: 1\n", "2:1: "), ("a: [1, 2\n", "2:1: "), ("a: 'open\n", "2:1: "), ("a: b: c\n", "1:5: "),
    ("? [x]\n: 1\n", "1:3: a key must be a single value"), ("<<: {a: 1}\n", "1:1: merge keys"),
    ("a: *b\n", "1:4: there is no anchor &b"), ("a: !thing 1\n", "1:4: tags such as !thing"),
    ("a: !!binary x\n", "1:4: tags such as"), ("a: &x [*x]\n", "1:8: the alias *x stands for a value that contains it"),
    ("a: &x\n  b: {c: *x}\n", "2:10: the alias *x"), ("a: \u{0}\n", "1:1: not YAML: control characters"),
    ("a: 1\n---\nb: %\n", "3:4: "), ("%YAML 9.9\n---\na: 1\n", "1:1: "),
  ])
  func `a mistake has its place and a sentence`(text: String, words: String) {
    #expect(problem(text)?.hasPrefix(words) == true, "\(problem(text) ?? "no mistake")")
  }

  @Test func `bytes that are not UTF-8 are refused`() {
    for bytes: [UInt8] in [[0x61, 0x3A, 0xFF], [0xFF, 0xFE, 0x61, 0x00], [0x61, 0xC3], [0xED, 0xA0, 0x80]] {
      #expect(throws: YAMLError.self) { try yamlDocuments(bytes) }
    }
    #expect((try? yamlDocuments([0xEF, 0xBB, 0xBF] + Array("a: ü\n".utf8)))?.count == 1)
  }

  @Test func `aliases are values, and a laugh that would be a billion is refused`() throws {
    let shared = try read("a: &x {n: 1}\nb: *x\nc: [*x, *x]\n")[0].members()
    #expect(shared[1].value == shared[0].value)
    #expect(try shared[2].value.elements().count == 2)
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      text += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", "))]\n"
    }
    #expect(problem(text)?.contains("values, with aliases written out") == true)
  }

  @Test func `every limit is kept`() {
    let deep = String(repeating: "[", count: 65) + String(repeating: "]", count: 65)
    #expect(problem(deep) == "1:65: this is nested more than 64 levels deep")
    #expect(problem(String(deep.dropFirst().dropLast())) == nil)
    // Aliases do not get deeper than their text would.
    var nested = "a0: &a0 [x]\n"
    for level in 1...70 { nested += "a\(level): &a\(level) [*a\(level - 1)]\n" }
    #expect(problem(nested)?.contains("nested more than 64") == true)
    let aliases = "a: &a 1\nb: [" + String(repeating: "*a,", count: 1_001) + "]\n"
    #expect(problem(aliases)?.hasSuffix("there are more than 1000 aliases") == true)
    let large = "a: &a 1\nb:\n" + String(repeating: "- *a\n", count: 2_000_000)
    #expect(problem(large) == "1:1: the text is larger than 4194304 bytes")
    var generous = YAMLLimits()
    generous.bytes = 20 << 20
    #expect(problem(large, generous) == "1003:3: there are more than 1000 aliases")
    var few = YAMLLimits()
    few.nodes = 3
    #expect(problem("[a, b, c]", few) == "1:8: there are more than 3 values, with aliases written out")
  }

  @Test func `a text that is cut off anywhere is read or refused, never more`() throws {
    let text = "# words\na: &x [1, 'two', \"th\\nree\"]\nb: {c: *x, d: |\n  e\n}\n---\n- f: >-\n    g\n  h: ~\n"
    let bytes = Array(text.utf8)
    for end in 0...bytes.count { _ = try? yamlDocuments(Array(bytes[..<end])) }
    for index in bytes.indices {
      var changed = bytes
      for byte: UInt8 in [0, 9, 0x5B, 0x7B, 0x2A, 0x26, 0xFF] {
        changed[index] = byte
        _ = try? yamlDocuments(changed)
      }
    }
  }
}
