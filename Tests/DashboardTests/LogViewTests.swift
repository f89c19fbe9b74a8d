import CellScreen
import ClusterModel
import Testing

@testable import Dashboard

@Suite struct LogViewTests {
  let hundred = (0..<100).map { "line \($0)." }

  func text(_ state: DashboardState) -> String { draw(state).text() }

  @Test func `scrolling up pauses, new lines are counted, and G follows again`() throws {
    var state = try logScene(hundred)
    #expect(text(state).contains("line 99.") && text(state).contains("following") && text(state).contains("0 lost"))
    state = try press("kkk", in: state).state
    #expect(state.logs?.cursorText == "line 96.")
    append(["new 1", "new 2"], to: &state)
    #expect(text(state).contains("paused, 2 new lines below") && !text(state).contains("new 1"))
    let followed = try press("G", in: state).state
    #expect(text(followed).contains("new 2") && text(followed).contains("following"))
    #expect(try press("jjjjj", in: state).state.logs?.isFollowing == true)
  }

  @Test func `a page up and down leads back to where it began, and the wheel past the ends says so`() throws {
    let state = try logScene(hundred)
    let top = try press("<pgup><pgup><pgup><pgup><pgup><pgup>", in: state).state
    #expect(text(top).contains("line 0.") && text(top).contains("line 20."))
    #expect(try press("<pgup>", in: top).state.notice == "this is the beginning")
    let down = try press("<pgdn><pgdn><pgdn><pgdn><pgdn><pgdn>", in: top).state
    #expect(down.logs?.isFollowing == true)
    #expect(try press("<pgdn>", in: down).state.notice.contains("end"))
  }

  @Test func `what is read while paused stays where it is, also when a late line comes before it`() throws {
    var state = try press("<pgup>", in: logScene(hundred)).state
    let before = text(state)
    let source = try #require(state.logs?.sources.last)
    let late = source.line(
      "late", at: Scene.moment.advanced(by: .seconds(-2_000)), request: state.logs?.request.number ?? 0)
    _ = reduce(&state, .arrived([.logged([late])]), at: Scene.moment)
    #expect(state.logs?.texts.first == "late")
    #expect(
      text(state).split(separator: "\n").filter { $0.contains("line ") }.count
        == before.split(separator: "\n").filter { $0.contains("line ") }.count)
    #expect(text(state).contains("line 50.") == before.contains("line 50."))
  }

  @Test func `times are shown local, in UTC, relative and not at all`() throws {
    var state = try logScene(["one"])
    state.utcOffsetSeconds = 3_600
    state = try press("t", in: state).state
    #expect(text(state).contains("03:50:52.259") && state.notice.contains("UTC+1"))
    state = try press("t", in: state).state
    #expect(text(state).contains("02:50:52.259"))
    state = try press("t", in: state).state
    #expect(text(state).contains("16 min"))
    state = try press("t", in: state).state
    #expect(!text(state).contains("50:52"))
  }

  @Test func `long lines are cut, scrolled to the side or wrapped`() throws {
    let long = (0..<40).map { "word\($0)" }.joined(separator: " ")
    let state = try logScene([long])
    #expect(text(state).contains("word0 ") && !text(state).contains("word39"))
    #expect(
      try text(press("<right><right><right><right><right><right><right><right><right>", in: state).state).contains(
        "word39"))
    #expect(try text(press("w", in: state).state).contains("word39"))
    #expect(try press("<left>", in: state).state.notice.contains("beginning"))
    #expect(try press("w<right>", in: state).state.notice.contains("wrapped"))
  }

  @Test func `a line of a megabyte says its length and is shown in full by enter, as far as it goes`() throws {
    let state = try logScene([String(repeating: "x", count: 1 << 20), "after"])
    #expect(text(state).contains("[1,048,576 bytes"))
    #expect(try text(press("k<enter>G", in: state).state).contains("the first 64Ki of 1,048,576 bytes"))
    for size in [Size(columns: 40, rows: 12), Size(columns: 80, rows: 24)] {
      var wrapped = try press("w", in: state).state
      wrapped.size = size
      #expect(text(wrapped).contains("after"))
    }
  }

  @Test func `controls, NULs and what is no text reach no cell`() throws {
    let hostile = "\u{1B}[2J\u{1B}]0;x\u{7}red\u{0}\u{9B}H\u{202E}\r\u{FFFD}"
    for script in ["", "w", "f", "<enter>", "<right>"] {
      let shown = try text(press(script, in: logScene([hostile])).state)
      #expect(shown.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 32 && !(0x7F...0x9F).contains($0.value) })
    }
  }

  @Test func `structured lines are one readable line, raw by f and in full by enter`() throws {
    let json =
      #"{"level":"error","ts":"2026-11-21T03:07:00Z","msg":"upstream timed out","ms":28,"API_TOKEN":"topsecret"}"#
    let state = try logScene([json])
    let line = try #require(text(state).split(separator: "\n").first { $0.contains("upstream") })
    #expect(line.contains("E 2026-11-21T03:07:00Z upstream timed out ms=28 API_TOKEN=•••"))
    #expect(try text(press("f", in: state).state).contains(#"{"level":"error""#))
    let full = try text(press("<enter>", in: state).state)
    for words in ["message  upstream", "ms       28", "level    error", "ago"] {
      #expect(full.contains(words), "\(words)")
    }
    for script in ["", "f", "<enter>", "w"] {
      #expect(try !text(press(script, in: state).state).contains("topsecret"))
    }
  }

  @Test func `errors are counted for each pod`() throws {
    var state = try logScene(["INFO: a", "ERROR: b", "ERROR: c"])
    let pod = try #require(state.logs?.sources.first?.pod)
    #expect(state.logs?.rates[pod]?.total == 2)
    #expect(text(state).contains("errors/s  \(shortPodName(pod))"))
    append(["ERROR: d"], to: &state)
    #expect(state.logs?.rates[pod]?.total == 3)
  }

  @Test func `0 to 6 read from elsewhere, as in k9s`() throws {
    let starts: [LogStart] = [
      .usual, .beginning, .since(seconds: 60), .since(seconds: 300), .since(seconds: 900), .since(seconds: 1_800),
      .since(seconds: 3_600),
    ]
    let state = try logScene(hundred)
    for (key, start) in starts.enumerated() {
      let (after, effects) = try press("\(key)", in: state)
      let request = try #require(after.logs?.request)
      #expect(effects == [.followLogs(request)] && request.start == start)
      #expect(request.number == (state.logs?.request.number ?? 0) + 1 && after.logs?.store.count == 0)
    }
  }

  @Test func `m sets a mark, c copies the line without secrets, ctrl-s saves lines`() throws {
    let state = try logScene(["a", "DB_PASSWORD=topsecret"])
    #expect(try text(press("m", in: state).state).contains("── mark 1"))
    #expect(try press("c", in: state).effects == [.copy("DB_PASSWORD=•••")])
    #expect(try press("<ctrl-s>", in: state).effects == [.saveLogs("")])
    #expect(try press(":save x.log<enter>", in: state).effects == [.saveLogs("x.log")])
    var saved = ""
    try press("m", in: state).state.logs?.forEachSavedLine(hiding: Masking()) { saved += $0 }
    #expect(saved.split(separator: "\n").count == 3 && saved.contains("/") && !saved.contains("topsecret"))
    #expect(saved.contains("2026-11-21T02:50:52.259725000Z"))
  }

  @Test func `lost lines are counted and said`() throws {
    var state = try logScene(["a"])
    let source = try #require(state.logs?.sources.first)
    var seam = LogSeam(pod: source.pod, container: source.container, change: .dropped(lines: 1_234))
    seam.request = state.logs?.request.number ?? 0
    _ = reduce(&state, .arrived([.logSeam(seam)]), at: Scene.moment)
    #expect(text(state).contains("1,234 lost") && text(state).contains("1234 lines lost"))
    seam.request -= 1
    _ = reduce(&state, .arrived([.logSeam(seam)]), at: Scene.moment)
    #expect(state.logs?.lost == 1_234)
  }
}

@Suite struct LogSourceTests {
  func workload() throws -> DashboardState {
    try press("4/backend<enter>l", in: Scene.todo.make(Size(columns: 120, rows: 40))).state
  }

  @Test func `pods that come and go are seams, and the feed is told`() throws {
    var state = try workload()
    let subject = try #require(state.logs?.subject)
    #expect(subject.kind == .deployments)
    let old = try #require(state.snapshot.pods(of: subject).first)
    var pod = try #require(state.snapshot.pods[old])
    let uid = pod.metadata.uid
    pod.metadata.name = String(old.name.dropLast(5)) + "newer"
    pod.metadata.uid = UID("newer")
    var effects = reduce(&state, .arrived([.applied(.pod(pod))]), at: Scene.moment)
    #expect(effects == [.followLogs(state.logs?.request ?? LogRequest())])
    #expect(state.logs?.sources.contains { $0.pod.hasSuffix("newer") } == true)
    effects = reduce(&state, .arrived([.deleted(old, uid)]), at: Scene.moment)
    #expect(effects == [.followLogs(state.logs?.request ?? LogRequest())])
    #expect(state.logs?.texts == ["\(pod.metadata.name) joined · \(shortPodName(old.name)) gone"])
    // The same request: what goes on is not read anew.
    #expect(state.logs?.request.number == 1)
  }

  @Test func `a lost connection is one seam for all containers, without a number that is not known`() throws {
    var state = try workload()
    let sources = try #require(state.logs?.sources)
    #expect(sources.count >= 2)
    for source in sources {
      let seam = LogSeam(
        pod: source.pod, container: source.container, change: .reconnected(gap: .milliseconds(3_200)), request: 1)
      _ = reduce(&state, .arrived([.logSeam(seam), .logSeam(seam)]), at: Scene.moment)
    }
    let said = try #require(state.logs?.texts)
    #expect(said.count == 1 && said[0].hasSuffix("reconnected after 3 s, gap possible"))
    for source in sources { #expect(said[0].contains("\(shortPodName(source.pod))/\(source.container)")) }
  }

  @Test func `a restart is a seam with how the run before ended, and a new run for the feed`() throws {
    var state = try workload()
    let source = try #require(state.logs?.sources.first)
    let key = ObjectKey(.pods, namespace: source.namespace, name: source.pod)
    var pod = try #require(state.snapshot.pods[key])
    var end = Termination()
    (end.exitCode, end.finishedAt) = (137, Scene.moment)
    let index = try #require(pod.containerStatuses.firstIndex { $0.name == source.container })
    pod.containerStatuses[index].restartCount += 1
    pod.containerStatuses[index].lastState = .terminated(end)
    pod.metadata.resourceVersion += "1"
    let effects = reduce(&state, .arrived([.applied(.pod(pod))]), at: Scene.moment)
    #expect(state.logs?.texts.first?.contains("restarted (before: exit code 137, SIGKILL)") == true)
    let target = LogTarget(
      namespace: source.namespace, pod: source.pod, container: source.container, isPrevious: true,
      restart: pod.containerStatuses[index].restartCount)
    #expect(effects.contains(.readLogTail(target, lines: CrashCard.linesMax)))
    #expect(state.logs?.sources.first?.restart == source.restart + 1)
  }

  @Test func `a pod that has not started says why`() throws {
    let scene = Scene.broken.make(Size(columns: 120, rows: 40))
    for pod in ["imagepull", "unschedulable-cpu"] {
      let screen = try draw(press("/\(pod)<enter>l", in: scene).state).text()
      #expect(screen.contains("No container has started yet.") || screen.contains("→"), "\(pod): \(screen)")
    }
  }

  @Test func `p shows the run before where there is one, else says that there is none`() throws {
    let (none, effects) = try press("lp", in: Scene.many(1, Size(columns: 120, rows: 40)))
    #expect(effects.count == 1 && none.notice.contains("no run before"))
    let crashed = try press("/crashloop<enter>p", in: Scene.broken.make(Size(columns: 120, rows: 40)))
    let request = try #require(crashed.state.logs?.request)
    #expect(crashed.effects.contains(.followLogs(request)))
    #expect(!request.targets.isEmpty && request.targets.allSatisfy(\.isPrevious))
    #expect(try press("p", in: crashed.state).state.logs?.isPrevious == false)
  }
}

@Suite struct CrashCardTests {
  func crashed() throws -> (DashboardState, LogTarget) {
    let (state, effects) = try press("/crashloop<enter>l", in: Scene.broken.make(Size(columns: 120, rows: 40)))
    for case .readLogTail(let target, _) in effects { return (state, target) }
    throw LogSceneProblem()
  }
  struct LogSceneProblem: Error {}

  @Test func `a crash shows its card by itself: last lines, exit code, event and keys; esc puts it aside`() throws {
    var (state, target) = try crashed()
    #expect(draw(state).text().contains("Reading its last lines"))
    let words = (0..<20).map { target.line("last \($0) DB_PASSWORD=topsecret", request: 0) }
    _ = reduce(&state, .arrived([.logTail(LogTail(target: target, lines: words))]), at: Scene.brokenMoment)
    let text = draw(state).text()
    #expect(text.contains("died: exit code") && text.contains("last 19") && !text.contains("topsecret"))
    #expect(text.contains("BackOff") && text.contains("esc puts this aside"))
    let aside = try press("<esc>", in: state).state
    #expect(aside.views == [.logs] && !draw(aside).text().contains("last 19"))
    #expect(try press("<esc><esc>", in: state).state.views.isEmpty)
    let details = try press("<esc>q<enter>", in: state).state
    #expect(details.views == [.details] && draw(details).text().contains("last 19"))
  }

  @Test func `why there are no lines is said, and nothing is asked twice`() throws {
    var (state, target) = try crashed()
    _ = reduce(
      &state, .arrived([.logTail(LogTail(target: target, lines: [], problem: "logs are forbidden: you"))]),
      at: Scene.brokenMoment)
    #expect(draw(state).text().contains("cannot be read: logs are forbidden"))
    #expect(try press("jk", in: state).effects.isEmpty)
  }
}
