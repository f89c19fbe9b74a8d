import ClusterModel
import Testing

/// Documents as YAML, as kubectl prints them.
@Suite struct YAMLTests {
  func yaml(_ json: String, folds: Bool = true, limit: Int = 1_000) throws -> String {
    try DocumentValue.read(Array(json.utf8)).yaml(foldingManagedFields: folds, limit: limit).map(\.text)
      .joined(separator: "\n")
  }

  @Test(arguments: [
    ("\"Running\"", "Running"), ("\"\"", "\"\""), ("\"true\"", "\"true\""), ("\"No\"", "\"No\""),
    ("\"1.20\"", "\"1.20\""), ("\"v1.20\"", "v1.20"), ("\"2026-11-21T03:07:32Z\"", "\"2026-11-21T03:07:32Z\""),
    ("\"10.244.0.7\"", "\"10.244.0.7\""), ("\"a: b\"", "\"a: b\""), ("\"a:b\"", "a:b"), ("\"a #b\"", "\"a #b\""),
    ("\"a#b\"", "a#b"), ("\"- x\"", "\"- x\""), ("\"-x\"", "-x"), ("\"*\"", "\"*\""), ("\"end:\"", "\"end:\""),
    ("\" x\"", "\" x\""), ("\"tab\\tx\"", "\"tab\\tx\""), ("\"\\u001b[31m\"", "\"\\x1B[31m\""), ("\"é作\"", "é作"),
    ("\"~\"", "\"~\""), ("\"null\"", "\"null\""), ("null", "null"), ("true", "true"), ("12", "12"), ("-1.5", "-1.5"),
    ("{}", "{}"), ("[]", "[]"), ("\"0x1F\"", "\"0x1F\""), ("\"say \\\"x\\\"\"", "say \"x\""),
  ])
  func `a scalar stays what it is`(_ json: String, _ yaml: String) throws {
    #expect(try self.yaml("{\"k\":\(json)}") == "k: \(yaml)")
  }

  @Test(arguments: [
    ("{\"a\":{\"b\":1}}", "a:\n  b: 1"), ("{\"a\":[1,2]}", "a:\n- 1\n- 2"),
    ("{\"a\":[{\"b\":1,\"c\":[{\"d\":2}]}]}", "a:\n- b: 1\n  c:\n  - d: 2"),
    ("{\"a\":[[1,2],[3]]}", "a:\n- - 1\n  - 2\n- - 3"), ("{\"true\":1}", "\"true\": 1"),
    ("{\"a\":\"x\\ny\\n\"}", "a: |\n  x\n  y"), ("{\"a\":\"x\\ny\"}", "a: |-\n  x\n  y"),
    ("{\"a\":\"x\\n\\n\"}", "a: |+\n  x\n"), ("{\"a\":\" x\\ny\"}", "a: \" x\\ny\""), ("[1]", "- 1"), ("7", "7"),
  ])
  func `lists, members and blocks stand as kubectl puts them`(_ json: String, _ yaml: String) throws {
    #expect(try self.yaml(json) == yaml)
  }

  @Test func `who manages which field is one line, until it is asked for`() throws {
    let json = "{\"metadata\":{\"managedFields\":[{\"manager\":\"kubectl\"},{\"manager\":\"helm\"}],\"name\":\"x\"}}"
    #expect(try yaml(json) == "metadata:\n  managedFields: # 2 managers, folded\n  name: x")
    #expect(try yaml(json, folds: false).contains("  - manager: helm"))
  }

  @Test func `a long document is cut with a note, a deep one where it gets too deep`() throws {
    let long = "[\((0..<100).map(String.init).joined(separator: ","))]"
    #expect(try yaml(long, limit: 10).split(separator: "\n").count == 11)
    #expect(try yaml(long, limit: 10).hasSuffix("# cut after 10 lines"))
    let deep = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
    #expect(try yaml(deep).contains("…"))
  }

  @Test func `what is no JSON is refused`() {
    #expect(throws: DecodingProblem.self) { try DocumentValue.read(Array("<html>".utf8)) }
  }

  @Test func `of a Secret there is only what is known of it`() {
    var metadata = Make.metadata("key")
    metadata.labels = ["app": "web"]
    let lines = DocumentValue(metadata, kind: .secrets).yaml(foldingManagedFields: true, limit: 50).map(\.text)
    #expect(lines.contains("kind: Secret") && lines.contains("    app: web"))
    #expect(!lines.contains { $0.hasPrefix("data") || $0.hasPrefix("stringData") })
  }
}
