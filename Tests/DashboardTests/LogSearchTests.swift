import CellScreen
import ClusterModel
import Testing

@testable import Dashboard

@Suite struct LogSearchTests {
  func text(_ state: DashboardState) -> String { draw(state).text() }

  let lines = (0..<1_000).map { "line \($0)" + ($0 % 100 == 50 ? " NEEDLE" : "") }

  @Test func `a search goes to the newest hit, n and N to the others, with their number`() throws {
    var (state, effects) = try press("/needle", in: logScene(lines))
    #expect(effects.contains(.lookOnInLogs))
    lookThrough(&state)
    #expect(state.logs?.cursorText == "line 950 NEEDLE")
    state = try press("<enter>", in: state).state
    #expect(text(state).contains("hit 10 of 10"))
    // Lines around the hit are seen.
    #expect(text(state).contains("line 949") || text(state).contains("line 951"))
    state = try press("nn", in: state).state
    #expect(state.logs?.cursorText == "line 750 NEEDLE" && text(state).contains("hit 8 of 10"))
    state = try press("N", in: state).state
    #expect(state.logs?.cursorText == "line 850 NEEDLE")
    #expect(try press("nnnnnnnnnnn", in: state).state.notice == "this is the oldest hit")
    let roles =
      draw(state).text().isEmpty ? [] : (0..<40).flatMap { row in (0..<120).map { draw(state)[$0, row].style.role } }
    #expect(roles.contains(.match))
    append(["line 1000 NEEDLE"], to: &state)
    #expect(text(state).contains("of 11"))
    #expect(try press("<esc>", in: state).state.logs?.search == nil)
  }

  @Test func `a filter shows only its lines, also new ones, and with ! the others`() throws {
    var state = try press("&needle<enter>", in: logScene(lines)).state
    lookThrough(&state)
    #expect(state.logs?.rowCount == 10 && text(state).contains("& needle: 10 lines"))
    append(["noise", "line x needle"], to: &state)
    #expect(state.logs?.rowCount == 11 && text(state).contains("line x needle") && !text(state).contains("noise"))
    #expect(try press("gj", in: state).state.logs?.cursorText == "line 150 NEEDLE")
    var inverse = try press("&<ctrl-u>!needle<enter>", in: state).state
    lookThrough(&inverse)
    #expect(inverse.logs?.rowCount == 991)
    #expect(try press("<esc>", in: inverse).state.logs?.filter == nil)
    var both = try press("/50<enter>", in: state).state
    lookThrough(&both)
    #expect(both.logs?.cursorText == "line 950 NEEDLE")
    #expect(try press("n", in: both).state.logs?.cursorText == "line 850 NEEDLE")
  }

  @Test func `an expression is looked for in slices of bounded work, and esc ends it`() throws {
    let long = (0..<8_000).map { "line \($0) " + String(repeating: "abc ", count: 40) }
    var (state, _) = try press("/line [0-9]*7 <enter>", in: logScene(long))
    #expect(state.logs?.search?.count == 0, "a key looks at nothing itself")
    var work = 0
    while !reduce(&state, .lookedOnInLogs, at: Scene.moment).isEmpty {
      let done = state.logs?.search?.work ?? 0
      #expect(done - work <= LogMatches.expressionSliceBytes + LogMatches.expressionLineBytes)
      work = done
    }
    #expect(state.logs?.search?.count == 800)
    var ended = try press("/line [0-9]*8 <enter>", in: press("<esc>", in: state).state).state
    _ = reduce(&ended, .lookedOnInLogs, at: Scene.moment)
    #expect(ended.logs?.search?.isSearching == true)
    ended = try press("<esc>", in: ended).state
    #expect(ended.logs?.search?.isSearching == false && ended.logs?.search != nil)
    #expect(reduce(&ended, .lookedOnInLogs, at: Scene.moment).isEmpty)
  }

  @Test func `a literal passes over chunks that do not hold it`() throws {
    var store = LogStore()
    let run = store.number(of: LogRun(namespace: "n", pod: "p", container: "c", restart: 0))
    store.add("the Needle", run: run, time: nil)
    for index in 0..<50_000 { store.add("line \(index) " + String(repeating: "x", count: 90), run: run, time: nil) }
    var matches = LogMatches("needle", try TextPattern("needle"))
    var slices = 0
    while matches.isSearching {
      matches.lookOn(in: store)
      slices += 1
    }
    #expect(matches.count == 1 && store[matches[0]].map { store.text(of: $0) } == "the Needle")
    // Each byte once, and a little for each line.
    #expect(matches.work <= store.bytes + 64 * store.count && slices <= 1 + matches.work / LogMatches.literalSliceBytes)
  }

  @Test func `matches are those of a plain look at every line, while lines come and go`() throws {
    var store = LogStore(bytesMax: 1 << 20)
    let run = store.number(of: LogRun(namespace: "n", pod: "p", container: "c", restart: 0))
    var matches = LogMatches("7", try TextPattern("7"))
    for index in 0..<60_000 {
      let entry = store.add("line \(index)", run: run, time: nil)
      matches.take(entry, in: store)
      if index % 1_000 == 0 { matches.lookOn(in: store) }
      if let first = store.first { matches.forget(before: first) }
    }
    while matches.isSearching { matches.lookOn(in: store) }
    let expected = (0..<store.count).compactMap { store.ref(rank: $0) }.filter { ref in
      store[ref].map { store.text(of: $0).contains("7") } ?? false
    }
    #expect((0..<matches.count).map { matches[$0] } == expected && store.linesDropped > 0)
  }

  @Test func `a mistake in an expression is shown where it is, and nothing is searched`() throws {
    let state = try press("/(", in: logScene(lines)).state
    #expect(state.prompt?.problem?.sentence == "missing )")
    #expect(try press("/(<enter>", in: logScene(lines)).state.prompt != nil)
    #expect(try press("&!(", in: logScene(lines)).state.prompt?.problem != nil)
  }

  @Test(arguments: ["", "a", "NEEDLE", "needle", "edl", "\u{0}", "é", "zz", "line"])
  func `a literal is found where a slow look finds it`(needle: String) throws {
    let pattern = try TextPattern(needle)
    for text in ["", "a", "the NeEdLe is here", "needl", "\u{0}x", "café É", "zzz", "LINE line", "xneedle"] {
      #expect(
        pattern.matches(text) == (needle.isEmpty || text.lowercasedASCII.contains(needle.lowercasedASCII)), "\(text)")
    }
  }
}

extension String {
  fileprivate var lowercasedASCII: String {
    String(decoding: utf8.map { (65...90).contains($0) ? $0 | 32 : $0 }, as: UTF8.self)
  }
}
