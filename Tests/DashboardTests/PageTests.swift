import CellScreen
import ClusterModel
import Testing

@testable import Dashboard

/// Details, the way from one object to the next, and the texts about an object.
@Suite struct PageTests {
  let size = Size(columns: 120, rows: 40)
  let backend = ObjectKey(.deployments, namespace: "todo", name: "todo-backend")

  func opened(_ key: ObjectKey, _ scene: Scene = .todo) -> DashboardState {
    var state = scene.make(size)
    _ = state.openDetails(of: key)
    return state
  }

  /// The state with the cursor on the first line that names an object.
  func onLink(_ key: ObjectKey, _ state: DashboardState) throws -> DashboardState {
    let page = try #require(state.pages.last)
    let line = try #require(state.lines(of: page).firstIndex { $0.link == key })
    return try press("g" + String(repeating: "j", count: line), in: state).state
  }

  @Test func `enter follows a line to its object, and esc goes back the same way`() throws {
    let state = opened(backend)
    let pod = try #require(state.snapshot.pods(of: backend).first)
    var way = try press("<enter>", in: onLink(pod, state)).state
    #expect(way.details == pod && way.views == [.details, .details])
    let node = ObjectKey(.nodes, namespace: "", name: "node-1")
    way = try press("<enter>", in: onLink(node, way)).state
    #expect(way.details == node)
    way = try press("<esc>", in: way).state
    #expect(way.details == pod && way.cursorLink == node)
    way = try press("<esc>", in: way).state
    #expect(way.details == backend && way.cursorLink == pod)
    way = try press("<esc>", in: way).state
    #expect(way.views.isEmpty && way.pages.isEmpty && way.details == nil)
  }

  @Test func `a line that names nothing says so`() throws {
    let state = try press("g<enter>", in: opened(backend)).state
    #expect(state.notice.hasPrefix("this line names no other object") && state.pages.count == 1)
  }

  @Test func `the way back has an end, and views and pages stay together`() {
    var state = opened(backend)
    let node = ObjectKey(.nodes, namespace: "", name: "node-1")
    for index in 0..<(2 * Page.limit) { _ = state.openDetails(of: index.isMultiple(of: 2) ? node : backend) }
    #expect(state.pages.count == Page.limit && state.views.count == Page.limit)
    for _ in 0..<Page.limit { _ = reduce(&state, .key(.escape), at: state.now) }
    #expect(state.pages.isEmpty && state.views.isEmpty)
  }

  @Test func `the cursor stays with its object when lines come in above it`() throws {
    var state = opened(backend)
    let pod = try #require(state.snapshot.pods(of: backend).last)
    state = try onLink(pod, state)
    var other = try #require(state.snapshot.pods[pod])
    other.metadata.name = "todo-backend-7bbd475df6-aaaaa"
    other.metadata.uid = UID("another")
    _ = reduce(&state, .arrived([.applied(.pod(other))]), at: state.now)
    #expect(state.cursorLink == pod)
  }

  @Test func `a successor of the same name is not the one that was opened, and what is gone says so`() throws {
    let key = ObjectKey(.pods, namespace: "todo", name: "todo-db-0")
    var state = opened(key)
    var successor = try #require(state.snapshot.pods[key])
    let uid = successor.metadata.uid
    _ = reduce(&state, .arrived([.deleted(key, uid)]), at: state.now)
    #expect(draw(state).text().contains("It is gone."))
    successor.metadata.uid = UID("successor")
    _ = reduce(&state, .arrived([.applied(.pod(successor))]), at: state.now)
    #expect(draw(state).text().contains("This is a successor of the same name"))
  }

  @Test(arguments: [("crashloop-", "crashing"), ("imagepull-59", "cannot pull"), ("unschedulable-cpu", "no node")])
  func `each reason is on the main screen in words, and one enter away in full`(pod: String, words: String) throws {
    for size in [size, Size(columns: 80, rows: 24)] {
      let main = try press("/\(pod)<enter>", in: Scene.broken.make(size)).state
      let key = try #require(main.selectedObject)
      let finding = try #require(main.snapshot.findings(ofPod: key, at: main.now).first)
      #expect(finding.headline.contains(words))
      #expect(draw(main).text().contains(words))
      let full = try press("<enter>", in: main).state
      let page = try #require(full.pages.last)
      let text = full.lines(of: page).map(\.spans.text)
      #expect(text.first?.contains(redacted(finding.headline)) == true)
      #expect(text.contains { $0.contains(oneLine(finding.detail)) })
      #expect(draw(full).text().contains(words))
    }
  }

  @Test func `reasons of several pods stand below the table where there is room`() throws {
    let state = try press("/crashloop-|imagepull-59|unschedulable-cpu<enter>", in: Scene.broken.make(size)).state
    let text = draw(state).text()
    for words in ["keeps crashing", "cannot pull", "no node"] { #expect(text.contains(words)) }
  }

  // MARK: - Texts of an object

  @Test func `y reads the object and d what kubectl says of it; what nobody waits for is dropped`() throws {
    let (state, effects) = try press("<enter>y", in: Scene.todo.make(size))
    let key = try #require(state.details)
    #expect(effects == [.readText(ObjectText(.yaml, of: key))] && state.views == [.details, .text])
    #expect(draw(state).text().contains("Reading the object …"))
    let (described, more) = try press("d", in: state)
    #expect(more == [.readText(ObjectText(.description, of: key))] && described.views == [.details, .text])
    var late = described
    _ = reduce(&late, .textRead(ObjectText(.yaml, of: key), .text("late")), at: late.now)
    #expect(!draw(late).text().contains("late"))
    _ = reduce(
      &late, .textRead(ObjectText(.description, of: key), .text("Name:  web\nURL:  x://u:secret@h\n")), at: late.now)
    let text = draw(late).text()
    #expect(text.contains("Name:  web") && text.contains("u:•••@h") && !text.contains("secret@"))
    #expect(try press("y", in: Scene.todo.make(size)).state.views == [.text])
  }

  @Test(arguments: ["Pod web is gone; esc goes back", "pods is forbidden: User \"viewer\" cannot get"])
  func `what cannot be read is one sentence, and the way back is open`(sentence: String) throws {
    var (state, _) = try press("<enter>y", in: Scene.todo.make(size))
    let key = try #require(state.details)
    _ = reduce(&state, .textRead(ObjectText(.yaml, of: key), .problem(sentence)), at: state.now)
    #expect(draw(state).text().contains(sentence))
    #expect(try press("<esc>", in: state).state.views == [.details])
  }

  @Test func `the values of a Secret are never asked for: its YAML is what is known of it`() {
    let key = ObjectKey(.secrets, namespace: "todo", name: "todo-tls")
    var state = Scene.busy.make(size)
    _ = state.openDetails(of: key)
    let effects = reduce(&state, .key(.char("y")), at: state.now)
    #expect(effects.isEmpty)
    let text = draw(state).text()
    #expect(text.contains("kind: Secret") && text.contains("name: todo-tls"))
  }

  @Test func `secrets are hidden by their names and by their looks, everything else stays`() throws {
    let json = """
      {"kind":"Deployment","spec":{"env":[{"name":"DB_PASSWORD","value":"one"},{"name":"DATABASE_URL","value":
      "postgres://u:two@h/db"},{"name":"MODE","value":"fine"},{"name":"KEY","valueFrom":{"secretKeyRef":{"name":"s",
      "key":"API_KEY"}}}],"password":"three","secretName":"kept","args":["--api_token=four"]}}
      """
    let text = try DocumentValue.read(Array(json.utf8)).redacted().yaml(foldingManagedFields: true, limit: 99)
      .map(\.text).joined(separator: "\n")
    for secret in ["one", "two", "three", "four"] { #expect(!text.contains(secret)) }
    for word in ["fine", "kept", "DB_PASSWORD", "API_KEY", "u:•••@h/db"] { #expect(text.contains(word)) }
    let secret = try DocumentValue.read(Array(#"{"kind":"Secret","data":{"a":"b25l"},"type":"Opaque"}"#.utf8))
    #expect(secret.redacted()["data"]?["a"] == .text("•••") && secret.redacted()["type"] == .text("Opaque"))
  }

  @Test func `managed fields are folded until m`() throws {
    var (state, _) = try press("<enter>y", in: Scene.todo.make(size))
    let key = try #require(state.details)
    let json = #"{"metadata":{"managedFields":[{"manager":"helm"}]}}"#
    let answer = ObjectTextAnswer.document(try DocumentValue.read(Array(json.utf8)))
    _ = reduce(&state, .textRead(ObjectText(.yaml, of: key), answer), at: state.now)
    #expect(draw(state).text().contains("# 1 manager, folded"))
    #expect(draw(try press("m", in: state).state).text().contains("- manager: helm"))
    #expect(draw(try press("mm", in: state).state).text().contains("# 1 manager, folded"))
  }
}

/// A long text: moving, searching, wrapping.
@Suite struct TextViewTests {
  /// A description of 100 lines, every tenth with a word to find.
  func state(_ size: Size = Size(columns: 80, rows: 24)) throws -> DashboardState {
    var (state, _) = try press("<enter>d", in: Scene.todo.make(size))
    let key = try #require(state.details)
    let text = (1...100).map { "line \($0)\($0 % 10 == 0 ? " Needle" : "")" }.joined(separator: "\n")
    let wide = "\n" + String(repeating: "wide ", count: 40) + "end\n"
    _ = reduce(&state, .textRead(ObjectText(.description, of: key), .text(text + wide)), at: state.now)
    return state
  }

  func first(_ state: DashboardState) -> Substring? {
    let body = Layout(of: state).body
    return draw(state).text().split(separator: "\n", omittingEmptySubsequences: false)[body.top + 1].dropFirst(2)
      .split(separator: "  ").first
  }

  @Test func `it moves by rows and pages, and stops at its ends`() throws {
    let state = try state()
    #expect(first(state) == "line 1")
    #expect(first(try press("jj", in: state).state) == "line 3")
    #expect(first(try press("<pgdn>", in: state).state) == "line \(1 + state.viewRows)")
    #expect(try press("k", in: state).state.notice == "this is the beginning")
    #expect(try press("Gj", in: state).state.notice == "this is the end")
    #expect(first(try press("Gg", in: state).state) == "line 1")
  }

  @Test func `a search jumps while it is typed, n and N go on around the ends, esc goes back`() throws {
    let state = try state()
    let typed = try press("/need", in: state).state
    #expect(draw(typed).text().contains("/need 1 of 10") && draw(typed).text().contains("10 lines"))
    #expect(first(try press("<esc>", in: typed).state) == "line 1")
    let kept = try press("/needle<enter>", in: state).state
    let note = { (state: DashboardState) in
      draw(state).text().firstRange(of: /\/needle \d+ of 10/).map { String(draw(state).text()[$0]) }
    }
    #expect(note(kept) == "/needle 1 of 10")
    #expect(note(try press("nn", in: kept).state) == "/needle 3 of 10")
    #expect(draw(try press("nnnn", in: kept).state).text().contains("line 50 Needle"))
    let around = try press("N", in: kept).state
    #expect(note(around) == "/needle 10 of 10" && around.notice == "again from the end")
    #expect(try press("/absent<enter>n", in: state).state.notice == "nothing like it is in this text")
    #expect(try press("n", in: state).state.notice.hasPrefix("nothing is searched for"))
    #expect(try press("/(<enter>", in: state).state.notice == "mend the line first; esc leaves it")
    #expect(try press("/need<enter>/<up>", in: state).state.prompt?.text == "need")
  }

  @Test func `what was found is marked, also by an expression`() throws {
    let marked = { (state: DashboardState) in draw(state).cells.count { $0.style.role == .match } }
    let state = try state()
    let head = "/needle 1 of 10".count
    // The word once on the first page of 16 rows.
    #expect(marked(try press("/needle<enter>", in: state).state) == head + "Needle".count)
    #expect(marked(try press("/^line 1$<enter>", in: state).state) > head)
  }

  @Test func `long lines are cut and passed to the side, or wrapped`() throws {
    let state = try press("G", in: state()).state
    #expect(!draw(state).text().contains("end"))
    let right = try press(String(repeating: "<right>", count: 40), in: state).state
    #expect(draw(right).text().contains("end") && right.notice == "nothing is hidden at the right")
    #expect(draw(right).text().contains("‹"))
    let wrapped = try press("wG", in: state).state
    #expect(draw(wrapped).text().contains("end") && wrapped.pages.last?.view.passedColumns == 0)
    #expect(try press("<left>", in: state).state.notice == "nothing is hidden at the left")
  }

  @Test func `only so many lines are kept, and the cut is said`() throws {
    var (state, _) = try press("<enter>d", in: Scene.todo.make(Size(columns: 80, rows: 24)))
    let key = try #require(state.details)
    let flood = String(repeating: "x\n", count: 3 * TextReading.linesMax)
    _ = reduce(&state, .textRead(ObjectText(.description, of: key), .text(flood)), at: state.now)
    #expect(try draw(press("G", in: state).state).text().contains("cut after \(TextReading.linesMax) lines"))
  }

  @Test func `outside text never reaches the screen as it is`() throws {
    var (state, _) = try press("<enter>d", in: Scene.todo.make(Size(columns: 80, rows: 24)))
    let key = try #require(state.details)
    let hostile = "a\u{1B}]0;x\u{7}b\n\u{202E}c\u{0}d\n"
    _ = reduce(&state, .textRead(ObjectText(.description, of: key), .text(hostile)), at: state.now)
    for script in ["", "w", "<right>", "/b<enter>"] {
      let text = try draw(press(script, in: state).state).text()
      #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 32 && !(0x7F...0x9F).contains($0.value) })
      #expect(!text.contains("\u{202E}"))
    }
  }
}

/// What happened to one object, and what changed.
@Suite struct HistoryPageTests {
  let size = Size(columns: 120, rows: 40)
  let backend = ObjectKey(.deployments, namespace: "todo", name: "todo-backend")

  @Test func `the river of a workload has what its pods did, also those that are gone, and nothing else`() throws {
    var state = Scene.busy.make(size)
    let pod = try #require(state.snapshot.pods(of: backend).first)
    let uid = try #require(state.snapshot.pods[pod]?.metadata.uid)
    _ = reduce(&state, .arrived([.deleted(pod, uid)]), at: state.now)
    _ = state.openDetails(of: backend)
    let river = try press("w", in: state).state
    let page = try #require(river.pages.last)
    let links = river.lines(of: page).map(\.link)
    #expect(links.contains(pod) && links.contains(backend))
    #expect(links.allSatisfy { $0 == backend || $0?.name.hasPrefix("todo-backend-") == true })
    #expect(river.river.entries.contains { $0.object?.name.hasPrefix("todo-frontend") == true })
    let line = try #require(links.firstIndex(of: backend))
    let opened = try press(String(repeating: "j", count: line) + "<enter>", in: river).state
    #expect(opened.details == backend && opened.views == [.details, .river, .details])
  }

  @Test func `w shows its warnings alone`() throws {
    let key = ObjectKey(.pods, namespace: "todo-broken", name: "crashloop-5595bcf556-z2zw2")
    var state = Scene.broken.make(size)
    _ = state.openDetails(of: key)
    let all = try press("w", in: state).state
    let only = try press("ww", in: state).state
    let count = { (state: DashboardState) in state.pages.last.map { state.lines(of: $0).count } ?? 0 }
    #expect(count(only) > 0 && count(only) < count(all))
    #expect(count(try press("www", in: state).state) == count(all))
  }

  @Test func `an outage of an ingress is told where it begins and where it ends`() {
    let state = Scene.busy.make(size)
    let told = state.river.entries.filter { $0.subject == "todo.local/api" }
    #expect(told.map(\.text) == ["answers again (200) after 40s; 8 requests failed", "users get 503"])
    #expect(told.map(\.sort) == [.good, .bad])
    #expect(told.allSatisfy { $0.object?.kind == .ingresses })
  }

  @Test func `events that say the same of the same object are one entry with their count`() throws {
    var state = Scene.todo.make(size)
    let before = state.river.entries.count
    for index in 1...3 {
      var event = KubernetesEvent()
      (event.metadata.namespace, event.metadata.name) = ("todo", "e-\(index)")
      event.metadata.uid = UID("e-\(index)")
      event.metadata.resourceVersion = "\(index)"
      (event.reason, event.message, event.count) = ("BackOff", "again", 2)
      (event.involvedKind, event.involvedNamespace, event.involvedName) = ("Pod", "todo", "web")
      event.involvedUID = UID("web")
      event.lastTimestamp = state.now.advanced(by: .seconds(index))
      _ = reduce(&state, .arrived([.applied(.event(event))]), at: state.now)
    }
    #expect(state.river.entries.count == before + 1)
    #expect(state.river.entries.first { $0.subject == "web" }?.count == 6)
  }

  @Test func `= looks back a quarter of an hour, and the key goes round the spans`() throws {
    let state = try press("=", in: Scene.busy.make(size)).state
    let shown = { (state: DashboardState) -> ChangeWindow? in
      if case .changes(let window)? = state.pages.last?.content { window } else { nil }
    }
    #expect(state.views == [.changes] && shown(state) == .fifteen)
    #expect(shown(try press("=", in: state).state) == .hour)
    #expect(shown(try press("==", in: state).state) == .five)
    for (key, window) in [("1", ChangeWindow.five), ("2", .fifteen), ("3", .hour)] {
      #expect(shown(try press(key, in: state).state) == window)
    }
    #expect(try press("=====", in: state).state.views == [.changes])
  }

  @Test func `changes say what is not known from before the program's start`() throws {
    let text = { (script: String) in try draw(press(script, in: Scene.busy.make(size)).state).text() }
    let late = try text("=")
    #expect(late.contains("Watching since 03:07:32") && late.contains("Not known from before: scaling by hand"))
    // The scene is ten minutes old.
    let near = try text("=1")
    #expect(!near.contains("Not known from before"), "\(near)")
    var recording = Scene.todo.make(size)
    var connection = recording.snapshot.connection
    connection.feed = .recording
    _ = reduce(&recording, .arrived([.connectionChanged(connection)]), at: recording.now)
    #expect(try draw(press("=", in: recording).state).text().contains("Nothing is watched here"))
    let forbidden = try draw(press("=", in: Scene.forbidden.make(size)).state).text()
    #expect(forbidden.contains("nothing is known of them"))
  }
}
