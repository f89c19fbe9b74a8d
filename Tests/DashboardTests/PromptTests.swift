import CellScreen
import ClusterModel
import Testing

@testable import Dashboard

@Suite struct PromptTests {
  let state = Scene.todo.make(Size(columns: 120, rows: 40))

  @Test(arguments: [
    (":abc<left><left>x", "axbc", 2), (":abc<home>x", "xabc", 1), (":abc<home><end>x", "abcx", 4),
    (":abc<left><backspace>", "ac", 1), (":abc<home><del>", "bc", 0), (":one two<ctrl-w>", "one ", 4),
    (":one two  <ctrl-w><ctrl-w>", "", 0), (":one two<left><ctrl-w>", "one o", 4), (":abc<ctrl-u>", "", 0),
    (":abc<home><right>x", "axbc", 2), (":e\u{301}x<left><backspace>", "x", 0), (":作者<left>x", "作x者", 2),
    (":a<paste:b\nc\td>e", "abcde", 5), (":<home><left><del>", "", 0),
  ])
  func `a line is edited at its cursor`(script: String, text: String, cursor: Int) throws {
    let prompt = try #require(try press(script, in: state).state.prompt)
    #expect(prompt.text == text)
    #expect(prompt.cursor == cursor)
  }

  @Test func `a line has an end, whatever is pasted`() throws {
    let long = String(repeating: "x", count: 10_000)
    let after = try press(":<paste:\(long)>y", in: state).state
    #expect(after.prompt?.text.count == Prompt.charactersMax)
    #expect(after.notice == "the line is full")
  }

  @Test func `backspace on an empty line and esc leave it`() throws {
    #expect(try press(":a<backspace><backspace>", in: state).state.prompt == nil)
    #expect(try press(":quit<esc>", in: state).state.prompt == nil)
    #expect(try !press(":quit<esc>", in: state).state.asksToQuit)
  }

  @Test func `lines that were entered come back, the newest first`() throws {
    let typed = try press(":theme light<enter>:help<enter><esc>:<up>", in: state).state
    #expect(typed.prompt?.text == "help")
    #expect(try press("<up>", in: typed).state.prompt?.text == "theme light")
    #expect(try press("<up><up>", in: typed).state.notice == "there is no older line")
    #expect(try press("<up><down>", in: typed).state.prompt?.text == "help")
    #expect(try press(":dra<up><down>", in: press("<esc>", in: typed).state).state.prompt?.text == "dra")
    // A filter has a history of its own.
    #expect(try press("<esc>/front<enter>/<ctrl-u><up>", in: typed).state.prompt?.text == "front")
  }

  @Test func `the history keeps so many lines`() {
    var history = PromptHistory()
    for number in 0..<PromptHistory.limit * 2 { history.keep("\(number)", of: .command) }
    #expect(history.lines(of: .command).count == PromptHistory.limit)
    #expect(history.lines(of: .command).last == "\(PromptHistory.limit * 2 - 1)")
  }

  @Test func `pasted text never answers and never acts as keys`() throws {
    #expect(try press("q<paste:y>", in: state).effects.isEmpty)
    #expect(try press("q<paste:y>", in: state).state.asksToQuit)
    let (after, effects) = try press(":<paste:quit\n>", in: state)
    #expect(effects.isEmpty && after.prompt?.text == "quit" && !after.asksToQuit)
  }

  @Test func `the cursor of a long line is seen`() throws {
    let long = String(repeating: "word ", count: 39)
    let after = try press(":<paste:\(long)>Z", in: Scene.todo.make(Size(columns: 40, rows: 12))).state
    #expect(draw(after).text().contains("Z▏"))
  }
}

@Suite struct CommandLineTests {
  let state = Scene.todo.make(Size(columns: 120, rows: 40))

  @Test(arguments: [
    ("pods", Panel.ID.pods), ("po", .pods), ("dp", .workloads), ("deployments", .workloads), ("ing", .ingress),
    ("ev", .river), ("no", .usage), ("phases", .phases), ("phas", .phases), ("river", .river), (" pods ", .pods),
  ])
  func `a word goes to its panel, from views too`(word: String, panel: Panel.ID) throws {
    for start in ["", "?", "<enter>", "l"] {
      let after = try press("\(start):\(word)<enter>", in: state).state
      #expect(after.focus == panel && after.views.isEmpty && after.prompt == nil, "\(start)")
    }
  }

  @Test func `leaving the logs by a word stops following`() throws {
    #expect(try press("l:pods<enter>", in: state).effects.last == .followLogs(LogRequest(number: 2)))
  }

  @Test func `every command with a word can be run by it`() throws {
    for command in CommandLine.commands {
      for word in command.words {
        guard case .command(let found, _) = CommandLine.meaning(of: word) else {
          Issue.record(":\(word) is not known")
          continue
        }
        #expect(found.id == command.id)
        var after = state
        after.openPrompt(.command, text: word)
        let effects = reduce(&after, .key(.enter), at: state.now)
        #expect(!effects.isEmpty || !after.notice.isEmpty || draw(after) != draw(state), ":\(word) does nothing")
      }
    }
  }

  @Test(arguments: [
    ("pds", "no command :pds; did you mean :pods?"), ("xyzzy", "no command :xyzzy; tab shows all"),
    ("de", ":de can be :details :describe :deployments :delete :deploy"), ("pods x", ":pods takes nothing behind it"),
  ])
  func `a line with a mistake says so and stays to be mended`(line: String, sentence: String) throws {
    let after = try press(":\(line)<enter>", in: state).state
    #expect(after.prompt?.problem?.sentence == sentence)
    #expect(after.prompt?.text == line)
    #expect(draw(after).text().contains("▼ \(sentence)"))
    #expect(try press("x", in: after).state.prompt?.problem == nil)
  }

  @Test(arguments: [
    (":the<tab>", "theme "), (":theme h<tab>", "theme high-contrast"), (":theme <tab>", "theme dark"),
    (":theme <tab><tab>", "theme light"), (":theme <tab><shift-tab>", "theme mono"),
    (":theme <shift-tab>", "theme mono"),
    (":ref<right>", "refresh"), (":ref<ctrl-f>", "refresh"), (":ns t<tab>", "ns todo"), (":po<tab>", "pods"),
    (":zzz<tab>", "zzz"),
  ])
  func `tab completes`(script: String, text: String) throws {
    #expect(try press(script, in: state).state.prompt?.text == text)
  }

  @Test func `what could be meant is shown, and what is offered stands behind the cursor`() throws {
    let text = draw(try press(":t", in: state).state).text()
    #expect(text.contains(": t▏heme"))
    let all = draw(try press(":theme <tab>", in: state).state).text()
    #expect(all.contains("dark  light  high-contrast  mono"))
  }

  @Test func `arguments reach their command`() throws {
    #expect(try press(":theme light<enter>", in: state).effects == [.setTheme("light")])
    #expect(try press(":theme ligt<enter>", in: state).state.notice.contains("did you mean light"))
    #expect(try press(":save /tmp/a b.svg<enter>", in: state).effects == [.save("/tmp/a b.svg")])
    #expect(try press("<ctrl-s>", in: state).effects == [.save("")])
    let filtered = try press(":filter front<enter>", in: state).state
    #expect(filtered.filter.text == "front" && filtered.pods.keys.allSatisfy { $0.name.contains("front") })
    #expect(try press(":q<enter>", in: state).state.asksToQuit)
  }

  @Test func `a disabled command says its reason just like its key`() throws {
    for script in [("F8", "undo"), ("ctrl-t", "arm")] {
      let byKey = try press("<\(script.0)>", in: state).state.notice
      #expect(!byKey.isEmpty)
      #expect(try press(":\(script.1)<enter>", in: state).state.notice == byKey)
    }
  }

  @Test func `a name is copied without what could disturb a terminal`() throws {
    let (after, effects) = try press("5c", in: state)
    let name = try #require(after.selectedObject?.name)
    #expect(effects == [.copy(name)] && after.notice.contains(name))
    for case .copy(let text) in try press("5gc<down>c<down>c<down>c<down>c", in: Scene.hostile.make(state.size)).effects
    {
      #expect(text.unicodeScalars.allSatisfy { $0.value >= 32 && !(0x7F...0x9F).contains($0.value) })
    }
  }
}

@Suite struct FocusTests {
  let state = Scene.todo.make(Size(columns: 120, rows: 40))

  @Test func `the panels that had the focus are found again`() throws {
    #expect(try press("123[", in: state).state.focus == .usage)
    #expect(try press("123[[", in: state).state.focus == .phases)
    #expect(try press("123[[]", in: state).state.focus == .usage)
    #expect(try press("12-", in: state).state.focus == .phases)
    #expect(try press("12--", in: state).state.focus == .usage)
    #expect(try press("]", in: state).state.notice.contains("["))
  }

  @Test func `shift-j goes from a pod to the workload that owns it`() throws {
    let after = try press("/backend-7bbd475df6-kmwpq<enter>J", in: state).state
    #expect(after.focus == .workloads)
    #expect(after.selectedObject?.name == "todo-backend" && after.selectedObject?.kind == .deployments)
    #expect(try press("J", in: after).state.notice.contains("no owner"))
  }

  @Test func `0 shows all panels again`() throws {
    #expect(try !press("z0", in: state).state.isZoomed)
    #expect(try press("0", in: state).state.notice == "all panels are shown already")
    #expect(try press("0", in: Scene.todo.make(Size(columns: 80, rows: 24))).state.notice.contains("120×36"))
  }
}
