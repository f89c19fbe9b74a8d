import CellScreen
import ClusterModel
import Testing

@testable import Dashboard

@Suite struct PresenterTests {
  static let sizes = GoldenTests.sizes

  @Test func `P presents and ends it, from views too; esc ends it last`() throws {
    let state = Scene.todo.make(Size(columns: 120, rows: 40))
    let presenting = try press("P", in: state).state
    #expect(presenting.isPresenting)
    #expect(try !press("PP", in: state).state.isPresenting)
    #expect(try !press("P<esc>", in: state).state.isPresenting)
    #expect(try press("Pz<esc>", in: state).state.isPresenting)
    #expect(try press("P/x<enter><esc>", in: state).state.isPresenting)
    let details = try press("P<enter>", in: state).state
    #expect(details.isPresenting && details.views == [.details])
    #expect(try press("P<enter>P", in: state).state.views == [.details])
    #expect(try press("P<enter><esc>", in: state).state.isPresenting)
  }

  @Test func `keys move the same selection as on the main screen`() throws {
    let state = Scene.broken.make(Size(columns: 120, rows: 40))
    let selected = try press("jjj", in: state).state.selectedRow(in: Panel.pods)
    #expect(try press("Pjjj", in: state).state.selectedRow(in: Panel.pods) == selected)
    #expect(try press("P4l", in: state).effects == press("4l", in: state).effects)
  }

  @Test(arguments: Verdict.Word.allCases, sizes)
  func `the verdict stands there in letters as large as the screen takes`(word: Verdict.Word, size: Size) throws {
    var state = try press("P", in: Scene.todo.make(size)).state
    state.verdict.word = word
    let layout = PresenterLayout(of: state)
    #expect(layout.scale == [80: 1, 120: 2, 200: 3][size.columns])
    let letters = BlockLetters(word.rawValue, scale: layout.scale)
    let cells = (layout.word.top..<layout.word.bottom).flatMap { draw(state).row($0) }
    let expected = Screen(size: Size(columns: letters.columns, rows: letters.rows)) {
      letters.draw(on: $0, style: .good)
    }
    let block: Glyph = "█"
    #expect(cells.count { $0.glyph == block } == expected.cells.count { $0.glyph == block })
    #expect(Set(cells.filter { $0.glyph == block }.map(\.style)) == [word.letterStyle])
  }

  @Test(arguments: sizes) func `no word of the reason is lost, however long`(size: Size) throws {
    var state = try press("P", in: Scene.todo.make(size)).state
    state.verdict.reason = (1...14).map { "reason\($0)" }.joined(separator: " ")
    let layout = PresenterLayout(of: state)
    let shown = layout.reasonLines + [layout.reasonRest]
    #expect(shown.joined(separator: " ").split(separator: " ") == state.verdict.reason.split(separator: " "))
    let text = draw(state).text()
    for word in layout.reasonRest.split(separator: " ") { #expect(text.contains(word)) }
    state.verdict.reason = String(repeating: "endless ", count: 300)
    #expect(draw(state).text().contains("…"))
  }

  @Test(arguments: sizes) func `nothing on the stage covers anything else`(size: Size) throws {
    for scene in Scene.all {
      for script in ["P", "P<enter>", "Pz", "P1", "P6"] {
        let state = try press(script, in: scene.make(size)).state
        let layout = PresenterLayout(of: state)
        let places =
          [layout.title, layout.word, layout.reason, layout.happening, layout.numbers, layout.footer]
          + layout.panels.map(\.rect)
        for (index, place) in places.enumerated() {
          for other in places.dropFirst(index + 1) { #expect(place.intersection(other).isEmpty, "\(scene) \(script)") }
        }
        #expect(layout.panels.isEmpty || layout.panels.contains { $0.id == state.focus })
      }
    }
  }

  @Test func `what happens now is a rollout before news, news before calm, and silence before all`() throws {
    let size = Size(columns: 120, rows: 40)
    #expect(Scene.stale.make(size).happening().text.contains("refused"))
    #expect(Scene.waiting.make(size).happening().text == "waiting for the cluster")
    var state = Scene.empty.make(size)
    state.verdict.word = .healthy
    #expect(state.happening().text == "calm: no warning in sight")
    state.river.note(.bad, "todo-backend", "Running → CrashLoopBackOff", at: state.now)
    #expect(state.happening().text == "todo-backend  Running → CrashLoopBackOff")
    state.now = state.now.advanced(by: .seconds(5))
    state.river.note(.good, "todo-backend", "CrashLoopBackOff → Running", at: state.now)
    #expect(state.happening().style == .good)
    _ = reduce(&state, .arrived([.alive(nil)]), at: state.now.advanced(by: .seconds(600)))
    state.verdict.word = .degraded
    #expect(state.happening().text == "todo-backend  CrashLoopBackOff → Running")
    state.verdict.word = .healthy
    #expect(state.happening().text == "calm for 10 min")
    let broken = Scene.broken.make(size).happening()
    #expect(broken.share.map { (0...1).contains($0) } == true)
    #expect(broken.moment != nil)
  }

  @Test func `restarts are counted as they are seen, for ten minutes`() {
    let size = Size(columns: 120, rows: 40)
    var state = Scene.many(10, size)
    #expect(state.restarts.count(at: state.now) == 0)
    var pod = Scene.runningPod(3, version: 2)
    pod.containerStatuses[0].restartCount = 2
    _ = reduce(&state, .arrived([.applied(.pod(pod))]), at: Scene.moment)
    #expect(state.restarts.count(at: Scene.moment) == 2)
    pod.metadata.resourceVersion = "3"
    pod.containerStatuses[0].restartCount = 3
    _ = reduce(&state, .arrived([.applied(.pod(pod))]), at: Scene.moment.advanced(by: .seconds(300)))
    #expect(state.restarts.count(at: Scene.moment.advanced(by: .seconds(300))) == 3)
    #expect(state.restarts.count(at: Scene.moment.advanced(by: .seconds(700))) == 1)
    #expect(state.restarts.count(at: Scene.moment.advanced(by: .seconds(1_000))) == 0)
  }

  @Test func `the stage reads without colour and without Unicode`() throws {
    var state = try press("P", in: Scene.todo.make(Size(columns: 120, rows: 40))).state
    state.verdict.word = .healthy
    let text = draw(state).text(glyphs: .ascii)
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    #expect(text.contains("####    ####  ############"))
    // The one in the footer is the key for help; another would be a sign without a twin.
    #expect(text.count { $0 == "?" } == 1)
  }
}

@Suite struct KeyCastTests {
  let size = Size(columns: 120, rows: 40)

  @Test func `keys are cast while presenting, grouped, with what they do`() throws {
    let state = try press("Pjjj", in: Scene.todo.make(size)).state
    #expect(state.keyCast.presses.map(\.text) == ["j ×3  down"])
    let more = try press("lw", in: state).state
    #expect(more.keyCast.presses.map(\.text) == ["j ×3  down", "l  logs", "w  wrap"])
    #expect(try press("gG", in: more).state.keyCast.presses.count == KeyCast.limit)
    #expect(try press("%", in: state).state.keyCast.presses.last?.meaning == "no meaning")
    #expect(try press("jjj", in: Scene.todo.make(size)).state.keyCast.presses.isEmpty)
    #expect(try press("Kjj", in: Scene.todo.make(size)).state.keyCast.presses.map(\.key) == ["j"])
  }

  @Test func `a cast key fades and goes by time alone`() throws {
    var state = try press("Pl", in: Scene.todo.make(size)).state
    let shown = draw(state)
    func roles(_ screen: Screen) -> Set<StyleRole> {
      let corner = (34..<39).flatMap { row in (90..<119).map { screen[$0, row] } }
      return Set(corner.filter { $0.glyph == "█" }.map(\.style.role))
    }
    #expect(roles(shown) == [.key])
    _ = reduce(&state, .ticked, at: Scene.moment.advanced(by: .milliseconds(3_500)))
    #expect(roles(draw(state)) == [.muted])
    _ = reduce(&state, .ticked, at: Scene.moment.advanced(by: .seconds(4)))
    #expect(state.keyCast.visible(at: state.now).isEmpty)
    #expect(roles(draw(state)).isEmpty)
  }

  @Test func `typed and pasted text is never cast`() throws {
    let state = try press("P/secret<backspace><paste:hidden>", in: Scene.todo.make(size)).state
    let cast = state.keyCast.presses.map(\.text)
    #expect(cast == ["/  filter", "typing …"])
    #expect(try press("<enter><paste:hidden>", in: state).state.keyCast.presses.map(\.text).last == "pasted text")
  }
}
