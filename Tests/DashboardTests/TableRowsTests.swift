import CellScreen
import ClusterModel
import Testing

@testable import Dashboard

/// Pods that differ in every column, and what is done to them.
private enum Pods {
  static let size = Size(columns: 120, rows: 40)

  /// Name, ready, restarts, cpu, memory, age in seconds; of `d` no sample, of `e` no age.
  static let rows: [(name: String, isReady: Bool, restarts: Int, cpu: Int?, memory: Int?, age: Double?)] = [
    ("a", true, 0, 30, 500, 300), ("b", true, 5, 900, 500, 100), ("c", false, 12, 9, 80, 200),
    ("d", true, 5, nil, nil, 50), ("e", true, 0, 30, 90, nil),
  ]

  static func pod(_ index: Int, name: String? = nil, uid: String? = nil, version: Int = 1) -> Pod {
    let row = rows[index]
    var pod = Scene.runningPod(index, version: version, isReady: row.isReady)
    pod.metadata.name = name ?? row.name
    pod.metadata.uid = UID(uid ?? "uid-\(row.name)")
    pod.metadata.creationTimestamp = row.age.map { Scene.moment.advanced(by: .seconds(-$0)) }
    pod.containerStatuses[0].restartCount = row.restarts
    return pod
  }

  static func key(_ name: String) -> ObjectKey { ObjectKey(.pods, namespace: "load", name: name) }
  static func id(_ name: String) -> RowID { .object(key(name), UID("uid-\(name)")) }

  static func samples(at moment: Timestamp = Scene.moment, times: Int = 1) -> ClusterEvent {
    .listed(
      .podMetrics,
      rows.compactMap { row in
        guard let cpu = row.cpu, let memory = row.memory else { return nil }
        var metrics = PodMetrics()
        metrics.metadata.namespace = "load"
        metrics.metadata.name = row.name
        metrics.timestamp = moment
        var container = ContainerMetrics()
        container.usage = ResourceAmounts(cpuMillicores: cpu * times, memoryBytes: memory * times)
        metrics.containers = [container]
        return .podMetrics(metrics)
      })
  }

  static func state() -> DashboardState {
    Scene.state(size, namespace: "load", events: [.listed(.pods, rows.indices.map { .pod(pod($0)) }), samples()])
  }
}

/// The names of the rows, in order.
private func names(_ state: DashboardState) -> String { state.pods.rows.map(\.key.name).joined() }

private func after(_ seconds: Double) -> Timestamp { Scene.moment.advanced(by: .seconds(seconds)) }

@Suite struct SortingTests {
  @Test(arguments: [
    ("", "cabde"), ("C", "baecd"), ("CC", "caebd"), ("M", "abecd"), ("MM", "ceabd"), ("T", "cbdae"), ("TT", "aebdc"),
    ("R", "cabde"), ("RR", "abdec"), ("N", "abcde"), ("NN", "edcba"), ("A", "dbcae"), ("AA", "acbde"),
    ("S", "abcde"), ("SS", "abcde"), ("CO", "cabde"), ("HH", "cabde"), ("NNN", "abcde"),
  ])
  func `rows are sorted by value, stable, and what is missing stands last`(keys: String, expected: String) throws {
    #expect(try names(press(keys, in: Pods.state()).state) == expected)
  }

  @Test(arguments: ["", "C", "CC", "N", "TT", "S"])
  func `rows that change one by one come to the same order as all at once`(keys: String) throws {
    let whole = try press(keys, in: Pods.state()).state
    var state = Scene.state(Pods.size, namespace: "load", events: [.listed(.pods, [])])
    state = try press(keys, in: state).state
    for index in [3, 0, 4, 2, 1] {
      _ = reduce(&state, .arrived([.applied(.pod(Pods.pod(index)))]), at: Scene.moment)
    }
    _ = reduce(&state, .arrived([Pods.samples()]), at: Scene.moment)
    #expect(names(state) == names(whole))
    for row in state.pods.rows { #expect(state.pods.rows[state.pods.index(of: row.id) ?? -1] == row) }
  }

  @Test func `the title of the sorted column says so, the others do not`() throws {
    func header(_ keys: String) throws -> Substring {
      let lines = try draw(.pods, of: press(keys, in: Pods.state()).state).text().split(separator: "\n")
      return lines[1]
    }
    #expect(try !header("").contains { "▲▼".contains($0) })
    #expect(try header("C").contains("▼CPU") && header("CC").contains("▲CPU"))
    #expect(try header("N").contains("NAME▲") && header("NN").contains("NAME▼"))
    #expect(try header("A").contains("▲AGE") && header("AA").contains("▼AGE"))
    #expect(try header("T").contains("RESTARTS▼"))
    #expect(try header("T").replacing("▼", with: " ").contains("RESTARTS"))
  }

  @Test func `a table without a column says so`() throws {
    var state = try press("4T", in: Scene.todo.make(Pods.size)).state
    #expect(state.notice == "workloads have no restarts to sort by")
    let before = state.tables[.workloads]?.rows
    #expect(state.sort(by: .restarts, in: .workloads) == "workloads have no restarts to sort by")
    #expect(state.sort(by: .name, in: .river) == "the river panel cannot be sorted")
    #expect(state.tables[.workloads]?.rows == before)
    #expect(state.sort(by: .name, in: .workloads) == nil)
    let names = try #require(state.tables[.workloads]?.keys.map(\.name))
    #expect(names == names.sorted() && names.count == before?.count && names != before?.map(\.key.name))
    state.sort(by: .name, in: .workloads)
    #expect(state.tables[.workloads]?.keys.map(\.name) == names.reversed())
  }

  @Test func `the cursor stays on its object when the order changes`() throws {
    let state = try press("jjCMA", in: Pods.state()).state
    #expect(state.selectedRow(in: Panel.pods) == Pods.id("b"))
  }
}

@Suite struct TableFilterTests {
  @Test func `an expression that is not finished leaves what was shown`() throws {
    let state = try press("/a", in: Pods.state()).state
    #expect(names(state).contains("a"))
    let open = try press("/^(a|b)$", in: Pods.state()).state
    #expect(names(open) == "ab" && open.filterProblem == nil)
    let unfinished = try press("<backspace><backspace>", in: open).state
    #expect(names(unfinished) == "ab")
    #expect(unfinished.filterProblem?.description == "missing ) at 6")
    #expect(draw(unfinished).text().contains("missing ) at 6"))
    let kept = try press("<enter>", in: unfinished).state
    #expect(kept.notice == "mend the line first; esc leaves it" && kept.prompt?.problem?.offset == 5)
    let left = try press("<esc>", in: kept).state
    #expect(left.filterProblem == nil && left.filter.isEmpty && left.prompt == nil)
  }

  @Test func `the filter is that of the focused table`() throws {
    let state = try press("4/front<enter>", in: Scene.todo.make(Pods.size)).state
    #expect(state.tables[.workloads]?.keys.map(\.name) == ["todo-frontend"])
    #expect(state.pods.filter.isEmpty && state.pods.count == state.snapshot.pods.count)
    #expect(try press("<esc>", in: state).state.tables[.workloads]?.count == state.workloads.count)
    #expect(try press("<esc>/restarts:>1", in: state).state.filterProblem?.words == "unknown column restarts:")
  }

  @Test func `labels select among recorded pods and workloads`() throws {
    let state = Scene.todo.make(Pods.size)
    let backends = state.snapshot.pods.objects().filter { $0.metadata.name.contains("backend") }
    let label = try #require(backends.first?.metadata.labels.first { $0.value.contains("backend") })
    let filtered = try press("/-l \(label.key)=\(label.value)", in: state).state
    #expect(filtered.pods.keys.map(\.name).sorted() == backends.map(\.metadata.name).sorted())
    #expect(!backends.isEmpty && backends.count < state.pods.count)
    let key = try #require(state.tables[.workloads]?.keys.first)
    let own = try #require(state.snapshot[key]?.metadata.labels.first)
    #expect(try press("4/-l \(own.key)=\(own.value) \(key.name)", in: state).state.tables[.workloads]?.keys == [key])
  }

  @Test func `a row leaves a filter for its age at the moment it is too old, and costs nothing before`() throws {
    var state = try press("/age:<lt>5m<enter>", in: Pods.state()).state
    #expect(names(state) == "cbd")
    let placed = state.pods.placements
    _ = reduce(&state, .ticked, at: after(99))
    // One pod is on its way and looked at again as time passes.
    #expect(names(state) == "cbd" && state.pods.placements == placed + 1)
    _ = reduce(&state, .ticked, at: after(100))
    #expect(names(state) == "bd" && state.pods.ghosts.isEmpty)
  }

  @Test func `a pod that stops matching goes, and one that begins to comes`() throws {
    var state = try press("/restarts:>3<enter>", in: Pods.state()).state
    #expect(names(state) == "cbd")
    var calm = Pods.pod(1, version: 2)
    calm.containerStatuses[0].restartCount = 0
    var sick = Pods.pod(0, version: 2)
    sick.containerStatuses[0].restartCount = 9
    _ = reduce(&state, .arrived([.applied(.pod(calm)), .applied(.pod(sick))]), at: Scene.moment)
    #expect(names(state) == "cad" && state.pods.ghosts.isEmpty)
  }
}

@Suite struct GhostTests {
  @Test func `what is gone stays five seconds at its place, muted and without a use`() throws {
    var state = try press("j", in: Pods.state()).state
    #expect(state.selectedRow(in: Panel.pods) == Pods.id("a"))
    _ = reduce(&state, .arrived([.deleted(Pods.key("a"), UID("uid-a"))]), at: after(1))
    #expect(names(state) == "cabde" && state.pods.keys.map(\.name).joined() == "cbde")
    _ = reduce(&state, .ticked, at: after(4))
    let line = try #require(draw(.pods, of: state).text().split(separator: "\n").first { $0.contains("gone") })
    #expect(line.contains("▸a ") && line.contains("Running → gone 3 s"))
    for key in ["<enter>", "l", "<space>", "<ctrl-space>"] {
      let (pressed, effects) = try press(key, in: state)
      #expect(pressed.notice == "a is gone" && pressed.views.isEmpty && effects.isEmpty && pressed.pods.marks.isEmpty)
    }
    #expect(state.selectedObject == nil)
    _ = reduce(&state, .ticked, at: after(5.9))
    #expect(names(state) == "cabde")
    _ = reduce(&state, .ticked, at: after(6))
    #expect(names(state) == "cbde" && state.pods.ghosts.isEmpty)
    #expect(state.selectedRow(in: Panel.pods) == Pods.id("b"))
  }

  @Test func `a successor of the same name is a row of its own`() throws {
    var state = Pods.state()
    _ = reduce(&state, .arrived([.applied(.pod(Pods.pod(0, uid: "uid-new", version: 2)))]), at: Scene.moment)
    #expect(names(state) == "caabde")
    #expect(state.pods.ghosts.keys.map(\.self) == [Pods.id("a")])
    #expect(state.pods.index(of: .object(Pods.key("a"), UID("uid-new"))) != state.pods.index(of: Pods.id("a")))
    _ = reduce(&state, .ticked, at: after(9))
    #expect(names(state) == "cabde")
  }

  @Test func `a list that lacks a pod leaves a ghost, another namespace does not`() {
    var state = Pods.state()
    _ = reduce(&state, .arrived([.listed(.pods, [0, 2, 3].map { .pod(Pods.pod($0)) })]), at: Scene.moment)
    #expect(names(state) == "cabde" && state.pods.ghosts.count == 2)
    _ = reduce(&state, .arrived([.listed(.pods, [0, 2].map { .pod(Pods.pod($0)) })]), at: Scene.moment)
    #expect(names(state) == "cabde" && state.pods.ghosts.count == 3)
    var connection = state.snapshot.connection
    connection.namespace = "elsewhere"
    _ = reduce(&state, .arrived([.connectionChanged(connection)]), at: Scene.moment)
    #expect(names(state) == "" && state.pods.ghosts.isEmpty)
  }

  @Test func `what comes back is no ghost any more`() {
    var state = Pods.state()
    _ = reduce(&state, .arrived([.deleted(Pods.key("a"), UID("uid-a"))]), at: Scene.moment)
    _ = reduce(&state, .arrived([.applied(.pod(Pods.pod(0)))]), at: Scene.moment)
    #expect(names(state) == "cabde" && state.pods.ghosts.isEmpty)
  }

  @Test func `not more than a hundred stay`() {
    var state = Scene.many(300, Pods.size)
    _ = reduce(&state, .arrived([.listed(.pods, [.pod(Scene.runningPod(299))])]), at: Scene.moment)
    #expect(state.pods.count == 1 + Ghost.limit)
    _ = reduce(&state, .ticked, at: after(5))
    #expect(state.pods.count == 1)
  }

  @Test func `a workload that goes stays too`() throws {
    var state = Scene.todo.make(Pods.size)
    let key = try #require(state.tables[.workloads]?.keys.first)
    let uid = try #require(state.snapshot[key]?.metadata.uid)
    _ = reduce(&state, .arrived([.deleted(key, uid)]), at: Scene.moment)
    #expect(state.tables[.workloads]?.ghosts.keys.map(\.self) == [.object(key, uid)])
    #expect(draw(state).text().contains("→ gone 0 s"))
  }
}

@Suite struct MarkTests {
  @Test func `space marks by UID and goes down, ctrl-space marks a range, ctrl-backslash clears`() throws {
    var state = try press("<space>", in: Pods.state()).state
    #expect(state.pods.marks == [Pods.id("c")] && state.selectedRow(in: Panel.pods) == Pods.id("a"))
    state = try press("j<ctrl-space>", in: state).state
    #expect(state.pods.marks == Set(["c", "a", "b"].map(Pods.id)))
    #expect(try press("kk<space>", in: state).state.pods.marks == Set(["a", "b"].map(Pods.id)))
    let text = draw(.pods, of: state).text()
    #expect(text.contains("3 marked") && text.contains("▸◆b") && text.contains(" ◆c"))
    #expect(try press("<ctrl-\\>", in: state).state.pods.marks.isEmpty)
    #expect(try press("<ctrl-\\><ctrl-\\>", in: state).state.notice == "nothing is marked")
  }

  @Test func `a mark goes with its object and is not inherited; a filter only hides it`() throws {
    var state = try press("<space><space>", in: Pods.state()).state
    _ = reduce(&state, .arrived([.applied(.pod(Pods.pod(0, uid: "uid-new", version: 2)))]), at: Scene.moment)
    #expect(state.pods.marks == [Pods.id("c")])
    state = try press("/^b<enter>", in: state).state
    #expect(draw(.pods, of: state).text().contains("1 marked, 1 hidden"))
    _ = reduce(&state, .arrived([.deleted(Pods.key("c"), UID("uid-c"))]), at: Scene.moment)
    #expect(state.pods.marks.isEmpty)
  }
}

@Suite struct ChangeTests {
  /// The styles of the cells of a pod's row.
  private func changedText(_ name: String, _ state: DashboardState) -> String {
    let screen = draw(.pods, of: state)
    for row in 0..<screen.size.rows {
      let cells = screen.row(row)
      guard cells.dropFirst(2).first?.glyph.text == name else { continue }
      return cells.filter { $0.style.role == .changed }.map(\.glyph.text).joined()
    }
    return "no row"
  }

  @Test func `a cell that changed is highlighted once and not for long; ages and usage are not`() throws {
    var state = Pods.state()
    var pod = Pods.pod(0, version: 2)
    pod.containerStatuses[0].restartCount = 1
    _ = reduce(&state, .arrived([.applied(.pod(pod)), Pods.samples(at: after(15), times: 2)]), at: after(15))
    #expect(changedText("a", state).replacing(" ", with: "") == "1")
    #expect(changedText("b", state) == "")
    _ = reduce(&state, .ticked, at: after(16.9))
    #expect(changedText("a", state) != "")
    _ = reduce(&state, .ticked, at: after(17))
    #expect(changedText("a", state) == "" && state.pods.changes.isEmpty)
  }

  @Test func `a list highlights what is different in it, and sorting and filtering nothing`() throws {
    var state = try press("N/!x<enter>C", in: Pods.state()).state
    #expect(state.pods.changes.isEmpty)
    var pods = Pods.rows.indices.map { ClusterObject.pod(Pods.pod($0)) }
    pods[1] = .pod(Pods.pod(1, version: 2))
    var other = Pods.pod(0, version: 2)
    other.containerStatuses[0].isReady = false
    pods[0] = .pod(other)
    _ = reduce(&state, .arrived([.listed(.pods, pods)]), at: Scene.moment)
    #expect(state.pods.changes.keys.map(\.self) == [Pods.id("a")])
    #expect(changedText("a", state).contains("0/1"))
  }
}

@Suite struct TableWorkTests {
  @Test(arguments: ["", "N", "C", "T", "/pod<enter>", "/restarts:>=0<enter>"])
  func `one event among 5,000 rows places one row, and a tick only those that wait`(keys: String) throws {
    var state = try press(keys, in: Scene.many(5_000, Pods.size)).state
    let placed = state.pods.placements
    _ = reduce(&state, .arrived([.applied(.pod(Scene.runningPod(77, version: 2, isReady: false)))]), at: Scene.moment)
    #expect(state.pods.placements == placed + 1 && state.pods.count == 5_000)
    _ = reduce(
      &state, .arrived([.deleted(ObjectKey(.pods, namespace: "load", name: "pod-00078"), UID("uid-78"))]),
      at: Scene.moment)
    #expect(state.pods.placements == placed + 2)
    _ = reduce(&state, .ticked, at: after(1))
    #expect(state.pods.placements == placed + 3)
  }

  @Test(arguments: [("", 0), ("N", 0), ("T", 0), ("C", 5), ("M", 5), ("/cpu:>1m<enter>", 5), ("/status:R<enter>", 0)])
  func `a sample of usage places rows only where they depend on it`(keys: String, expected: Int) throws {
    var state = try press(keys, in: Pods.state()).state
    let placed = state.pods.placements
    _ = reduce(&state, .arrived([Pods.samples(at: after(15), times: 3)]), at: after(15))
    #expect(state.pods.placements == placed + expected)
  }
}

@Suite struct TableFilterWorkTests {
  @Test func `a filter that gets narrower looks only at what is shown, and lets through the same`() throws {
    var state = Scene.many(500, Size(columns: 120, rows: 40))
    func placements(_ script: String) throws -> Int {
      let before = state.pods.placements
      state = try press(script, in: state).state
      return state.pods.placements - before
    }
    _ = try placements("/0004")
    let shown = state.pods.count
    // 4 and 40 to 49.
    #expect(shown == 11)
    #expect(try placements("2") == shown)
    #expect(state.pods.keys.map(\.name) == ["pod-00042"])
    #expect(try placements("<backspace>") > 0)
    #expect(state.pods.count == shown)
    state = try press("<esc>", in: state).state
    #expect(state.pods.keys == Scene.many(500, Size(columns: 120, rows: 40)).pods.keys)
  }
}

@Suite struct FilterLimitTests {
  @Test(arguments: [
    "a" + String(repeating: "+", count: 30), "((((x+)+)+)+)+((x+)+)+((x+)+)+((x+)+)+",
    "a{1,}{1,}{1,}{1,}{1,}{1,}{1,}{1,}{1,}{1,}{1,}",
  ])
  func `an expression that would take all memory is refused`(text: String) {
    #expect(throws: RowFilter.Problem.self) { try RowFilter(text) }
  }

  @Test(arguments: ["age:>9999999999999y", "age:<999999999999999999999s"])
  func `an age beyond all time is no age`(text: String) {
    #expect(throws: RowFilter.Problem.self) { try RowFilter(text) }
  }

  @Test func `usual expressions are fine`() throws {
    for text in ["^todo-.+x7$", "a+b+c+", "\\+\\+\\+\\+\\+\\+\\+\\+\\+\\+\\+", "x{2,4}", "age:>90d"] {
      _ = try RowFilter(text)
    }
  }
}
