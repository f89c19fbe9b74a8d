import Testing

@testable import DemoCluster

struct ValueTests {
  @Test(arguments: [
    #"{"a":[1,-2,3.5,true,false,null],"b":{"c":"d"}}"#, #"["\"\\\n\t\r\u0001","é","作者","😀"]"#, "[]", "{}",
    #""""#, "0",
  ])
  func `JSON is written as it was read`(text: String) throws {
    #expect(String(decoding: try JSON(parsing: text).encoded, as: UTF8.self) == text)
  }

  @Test func `escapes are read`() throws {
    #expect(try JSON(parsing: #""\u00e9\/\ud83d\ude00\b""#) == "é/😀\u{8}")
  }

  @Test(arguments: ["", "{", "[1,]", "{\"a\"}", "nul", "1 2", "\"", "\"\\x\"", "\"\\u12\"", "--1"])
  func `what is not JSON is refused`(text: String) {
    #expect(throws: JSONSyntaxError.self) { try JSON(parsing: text) }
  }

  @Test(arguments: ["2026-11-21T02:29:51Z", "2024-02-29T23:59:59Z", "2000-03-01T00:00:00Z", "1999-12-31T12:00:00Z"])
  func `times are written as they were read`(text: String) {
    #expect(Moment(text)?.text == text)
  }

  @Test func `times count from 1970`() {
    #expect(Moment("1970-01-02T00:00:01Z")?.milliseconds == 86_401_000)
    #expect(Moment(milliseconds: 1_795_233_600_000).text == "2026-11-21T04:00:00Z")
  }

  @Test(arguments: [
    (
      "/todo-broken/completed-tbp9n",
      "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MTg3Niwic3RhcnQiOiIvdG9kby1icm9rZW4vY29tcGxldGVkLXRicDluXHUwMDAwIn0"
    )
  ])
  func `a token of a real server is understood`(place: String, token: String) {
    let parts = place.split(separator: "/").map(String.init)
    #expect(ContinueToken(token) == ContinueToken(version: 1876, start: ObjectKey(namespace: parts[0], name: parts[1])))
    #expect(ContinueToken(version: 1876, start: ObjectKey(namespace: parts[0], name: parts[1])).text == token)
  }

  @Test(arguments: [
    (5, "5s"), (119, "119s"), (120, "2m"), (194, "3m14s"), (600, "10m"), (10_799, "179m"), (10_800, "3h"),
    (12_000, "3h20m"), (100_000, "27h"), (200_000, "2d7h"), (900_000, "10d"), (80_000_000, "2y"),
  ])
  func `ages are shortened as kubectl does`(seconds: Int, text: String) {
    #expect(Cell.duration(Double(seconds)) == text)
  }

  @Test func `steps of one moment happen in the order they were planned`() {
    var agenda = Agenda()
    let moments = [5, 1, 3, 1, 5, 2, 1]
    for moment in moments { agenda.add(.heartbeat, at: Moment(milliseconds: moment)) }
    var order: [(Int, Int)] = []
    while let next = agenda.next {
      order.append((next.at.milliseconds, next.order))
      agenda.removeFirst()
    }
    #expect(order.map(\.0) == [1, 1, 1, 2, 3, 5, 5])
    #expect(order.map(\.1) == [2, 4, 7, 6, 3, 1, 5])
  }

  @Test func `templates put values in their places`() {
    #expect(ByteTemplate(Array("a@1@b@0@@1@c@x@".utf8)).filled(["0", "one"]) == Array("aoneb0onec@x@".utf8))
  }

  @Test func `the kubeconfig names the server and no credentials`() {
    let text = kubeconfig(server: "http://127.0.0.1:8001")
    #expect(text.contains("server: http://127.0.0.1:8001\n"))
    #expect(text.contains("namespace: todo\n"))
    #expect(text.contains("user: {}\n"))
  }
}
