import Testing

@testable import ClusterModel

@Suite struct LogStoreTests {
  var store = LogStore()

  func at(_ milliseconds: Int64) -> Timestamp { Timestamp(nanoseconds: milliseconds * 1_000_000) }

  /// The texts in the order of the screen.
  func texts(_ store: LogStore) -> [String] { store.blocks.flatMap { $0.map { store.text(of: $0) } } }

  mutating func run(_ pod: String) -> Int {
    store.number(of: LogRun(namespace: "n", pod: pod, container: "app", restart: 0))
  }

  @Test mutating func `a late tail of another pod is put in its place by time`() {
    let (a, b) = (run("a"), run("b"))
    for time in stride(from: Int64(0), to: 10, by: 2) { store.add("a\(time)", run: a, time: at(time)) }
    for time in stride(from: Int64(1), to: 8, by: 2) { store.add("b\(time)", run: b, time: at(time)) }
    #expect(texts(store) == ["a0", "b1", "a2", "b3", "a4", "b5", "a6", "b7", "a8"])
  }

  @Test mutating func `within a container the order of arrival is kept, whatever the times say`() {
    let (a, b) = (run("a"), run("b"))
    let lines: [(Int, Int64?)] = [(a, 5), (b, 1), (a, 3), (a, nil), (b, 9), (a, 7), (b, 2), (b, nil)]
    for (index, line) in lines.enumerated() { store.add("\(index)", run: line.0, time: line.1.map(at)) }
    for pod in [a, b] {
      let own = store.blocks.flatMap { $0 }.filter { Int($0.run) == pod }.map { store.text(of: $0) }
      #expect(own == own.sorted())
    }
  }

  @Test mutating func `many lines of many pods, in any order of arrival, are the sorted lines`() {
    let pods = (0..<7).map { run("pod-\($0)") }
    var random = SystemRandomNumberGenerator()
    var clocks = [Int64](repeating: 0, count: pods.count)
    for index in 0..<20_000 {
      let pod = Int.random(in: 0..<pods.count, using: &random)
      clocks[pod] += Int64.random(in: 0...3, using: &random)
      store.add("\(index)", run: pods[pod], time: at(clocks[pod]))
    }
    let entries = store.blocks.flatMap { $0 }
    #expect(entries.count == 20_000 && store.count == 20_000)
    #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.ref < $1.ref })
    #expect(store.blocks.allSatisfy { !$0.isEmpty && $0.count <= 2 * LogStore.blockEntries })
    for rank in [0, 1, 4_095, 4_096, 12_345, 19_999] {
      #expect(store.ref(rank: rank) == entries[rank].ref)
      #expect(store.rank(of: entries[rank].ref) == rank)
      #expect(store[entries[rank].ref]?.ref == entries[rank].ref)
    }
    #expect(store.place(before: .end).map { store[$0].ref } == entries.last?.ref)
    #expect(store.place(after: entries[19_999].ref) == nil && store.place(before: entries[0].ref) == nil)
  }

  @Test mutating func `the oldest lines are dropped at the limit, and every one is counted`() {
    store = LogStore(bytesMax: 1 << 20)
    let pod = run("a")
    let text = String(repeating: "x", count: 90)
    for index in 0..<50_000 {
      store.add("\(index) \(text)", run: pod, time: at(Int64(index)))
      #expect(store.bytes <= 1 << 20 || store.count < 2)
    }
    #expect(store.linesTaken == 50_000)
    #expect(store.linesDropped == 50_000 - store.count && store.linesDropped > 0)
    let kept = texts(store).compactMap { Int($0.prefix { $0 != " " }) }
    #expect(kept == Array(store.linesDropped..<50_000))
  }

  @Test mutating func `a line of a megabyte, NULs and no text at all are kept whole`() {
    let pod = run("a")
    let large = String(repeating: "é\u{0}", count: 400_000)
    for text in ["", large, "\u{0}", "end"] { store.add(text, run: pod, time: nil) }
    #expect(texts(store) == ["", large, "\u{0}", "end"])
    #expect(store.blocks[0].map { Int($0.length) } == [0, 1_200_000, 1, 3])
  }

  @Test mutating func `only the newest entry that is no line is taken back`() {
    let pod = run("a")
    let line = store.add("line", run: pod, time: at(1))
    let seam = store.add(.seam, "gone", at: at(2))
    let old = store
    let isLineTaken = store.removeLast(line.ref)
    let isSeamTaken = store.removeLast(seam.ref)
    #expect(!isLineTaken && isSeamTaken)
    #expect(texts(store) == ["line"] && texts(old) == ["line", "gone"])
    #expect(store.linesDropped == 0)
  }
}

@Suite struct LogLevelTests {
  @Test(arguments: [
    ("INFO:     Started", LogLevel.info), ("ERROR:    Traceback (most recent call last):", .error),
    ("2026-11-21 03:07:32,123 WARNING app: slow", .warning), ("[error] 12#12: upstream timed out", .error),
    ("E1121 03:07:32.123456   1 main.go:3] x", .error), ("I1121 03:07:32.123456   1 main.go:3] error x", .info),
    (#"{"level":"warn","msg":"ERROR"}"#, .warning), (#"{"ts":1,"severity": "ERROR"}"#, .error),
    (#"{"level":50,"msg":"pino"}"#, .error), ("level=debug msg=x", .debug), ("panic: dial tcp", .error),
    (#"10.0.0.1 - - [x] "GET / HTTP/1.1" 503 12"#, .error), (#"10.0.0.1 - - [x] "GET / HTTP/1.1" 200 512"#, .none),
    (#"{"status":502,"path":"/"}"#, .error), (#"{"status":200}"#, .none), ("no error was found", .none),
    ("Traceback (most recent call last):", .error), ("", .none), ("{", .none), ("TRACE x", .trace), ("HTTP/", .none),
    ("<err> x", .error), ("terror: x", .none),
  ])
  func `the level is what the line says`(line: String, level: LogLevel) {
    #expect(Array(line.utf8).withUnsafeBufferPointer { LogLevel(of: $0) } == level)
  }

  func fields(_ line: String) -> LogFields? { Array(line.utf8).withUnsafeBufferPointer { LogFields($0) } }

  @Test func `JSON and logfmt are read as fields`() throws {
    let json = try #require(
      fields(#"{"level":"info","ts":"12:00","msg":"GET /","ms":28,"ok":true,"in":{"a":[1,null]}}"#))
    #expect(json.message == "GET /" && json.time == "12:00")
    #expect(json.fields.map { "\($0.name)=\($0.value)" } == ["ms=28", "ok=true", "in={a=[1 null]}"])
    let logfmt = try #require(fields(#"ts=1 level=warn msg="a \"b\" c" n=3 empty="#))
    #expect(logfmt.message == #"a "b" c"#)
    #expect(logfmt.fields.map { "\($0.name)=\($0.value)" } == ["n=3", "empty="])
  }

  @Test(arguments: ["", "plain text", "a=1", "a=1 and more", "{broken", "[1]", "{}", #"a=1 b="open"#, "= =", "  "])
  func `what is not structured stays a line`(line: String) { #expect(fields(line) == nil) }

  @Test func `errors are counted by their second, and old ones in the total alone`() {
    var rate = ErrorRate()
    for second in [100, 100, 103, 20, 102] as [Int64] { rate.count(at: Timestamp(seconds: second)) }
    #expect(rate.last(5, at: Timestamp(seconds: 104)) == [2, 0, 1, 1, 0])
    #expect(rate.total == 5)
    rate.count(at: Timestamp(seconds: 1_000))
    #expect(rate.last(60, at: Timestamp(seconds: 1_000)).reduce(0, +) == 1)
  }

  @Test(arguments: [
    "2026-11-21T03:07:33.906100000Z", "1969-12-31T23:59:59.000000001Z", "2024-02-29T00:00:00.000000000Z",
  ])
  func `a moment is written as it is read`(text: String) {
    #expect(Timestamp(text)?.rfc3339WithNanoseconds == text)
  }
}
