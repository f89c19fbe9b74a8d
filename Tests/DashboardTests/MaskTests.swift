import CellScreen
import ClusterModel
import Testing

@testable import Dashboard

@Suite struct MaskTests {
  static let scripts = [
    "", "P", "4<enter>", "P<enter>", "<enter><pgdn>", "Pj<enter>", "6z", "P6", "3", "3<enter>", "2", "1z",
    "4<enter>w", "=", "3<enter>G", "2<enter>", "4<enter>G",
  ]

  @Test(arguments: [Scene.todo, .broken, .forbidden, .hostile], GoldenTests.sizes)
  func `no hidden word is in any cell, not even its beginning`(scene: Scene, size: Size) throws {
    for script in Self.scripts {
      var state = scene.make(size)
      state.hide(.all)
      state = try press(script, in: state).state
      expectNothing(of: state, draw(state), script, beginning: scene.name == "broken" ? 10 : 7)
    }
  }

  @Test(arguments: ["l", "lw", "Plw"], GoldenTests.sizes)
  func `logs hide what they name, wrapped or not`(script: String, size: Size) throws {
    var state = Scene.todo.make(size)
    state.hide(.all)
    state = try press("jj" + script, in: state).state
    let source = try #require(state.logs?.sources.first)
    let pod = source.pod
    let number = state.logs?.request.number ?? 0
    let lines = (0..<120).map { index in
      LogLine(
        namespace: source.namespace, pod: pod, container: source.container, time: nil,
        text: String(repeating: ".", count: index)
          + "\(pod) of todo-backend.todo.svc at 10.244.0.17:80 and db.neon.tech", request: number)
    }
    _ = reduce(&state, .arrived([.logged(lines)]), at: Scene.moment)
    let screen = draw(state)
    expectNothing(of: state, screen, script, beginning: 7)
    for word in ["10.2", ".neo", "neon", "tech"] { #expect(!screen.text().contains(word)) }
  }

  @Test func `typed text is hidden with the names`() throws {
    var state = Scene.todo.make(Size(columns: 120, rows: 40))
    state.hide(.names)
    for script in ["/todo-ba", "/todo-ba<enter>", "/nothing-todo"] {
      let text = try draw(press(script, in: state).state).text()
      #expect(!text.contains("todo-ba") && !text.contains("nothing-"))
    }
  }

  @Test(arguments: [Scene.todo, .broken], GoldenTests.sizes)
  func `nothing moves when names are hidden`(scene: Scene, size: Size) throws {
    for script in ["", "<enter>", "6"] {
      let open = try press(script, in: scene.make(size)).state
      var masked = open
      masked.hide(.all)
      let (before, after) = (draw(open), draw(masked))
      let body = Layout(of: open).body
      for row in body.top..<body.bottom {
        for (old, new) in zip(before.row(row), after.row(row)) {
          #expect(old.style == new.style && (old.glyph == .blank) == (new.glyph == .blank))
        }
      }
    }
  }

  @Test func `the same name has the same alias everywhere, and pods look like their workload`() {
    var masking = Masking()
    masking.hide(.all)
    for name in ["todo", "todo-backend", "web-0", "web-1", "user@cluster"] { masking.learn(name) }
    let backend = masking.masked("todo-backend")
    #expect(backend != "todo-backend" && masking.masked("deployment/todo-backend:") == "deployment/\(backend):")
    #expect(masking.masked("pod todo-backend-7bbd475df6-kmwpq is gone").hasPrefix("pod \(backend)-"))
    #expect(!masking.masked("pod todo-backend-7bbd475df6-kmwpq is gone").contains("kmwpq"))
    #expect(masking.masked("Todo") == masking.masked("todo").capitalizedFirst)
    #expect(masking.masked("web-0") != masking.masked("web-1"))
    #expect(masking.masked("at user@cluster now").count == "at user@cluster now".count)
    #expect(!masking.masked("at user@cluster now").contains("cluster"))
    #expect(masking.masked("ip-10-0-1-2.ec2.internal").hasSuffix("internal") == false)
  }

  @Test(arguments: [
    ("10.244.0.17:80", "••.•••.•.••:80"), ("from 2001:db8::1 to ::1", "from ••••:•••::• to ::•"),
    ("03:07:32 v1.32.4 1.6Gi/1.2Gi 0.4 s", "03:07:32 v1.32.4 1.6Gi/1.2Gi 0.4 s"),
    ("a::b std::vector", "•::• std::vector"),
    ("deployments.apps metrics.k8s.io", "deployments.apps metrics.k8s.io"),
  ])
  func `addresses are known by their looks`(text: String, expected: String) {
    var masking = Masking()
    masking.hide(.all)
    #expect(masking.masked(text) == expected)
  }

  @Test func `H hides and shows; what is hidden follows the command line`() throws {
    let state = Scene.todo.make(Size(columns: 120, rows: 40))
    #expect(try press("H", in: state).state.masking.mask == .all)
    #expect(try press("HH", in: state).state.masking.mask.isEmpty)
    #expect(try press("l", in: state).state.views == [.logs])
    #expect(try press("lH", in: state).state.masking.mask == .all)
    var chosen = state
    chosen.chosenMask = .addresses
    #expect(try press("H", in: chosen).state.masking.mask == .addresses)
    #expect(Mask(list: "hosts,names") == [.hosts, .names])
    for wrong in ["", "faces", "hosts,", "hosts names"] { #expect(Mask(list: wrong) == nil) }
  }

  @Test func `what is not hidden is not learned, and one pod is one name more`() {
    var state = Scene.many(5_000, Size(columns: 120, rows: 40))
    #expect(state.masking.learned == 0)
    state.hide(.all)
    let learned = state.masking.learned
    #expect(learned > 5_000)
    var pod = Scene.runningPod(6_000)
    pod.metadata.name = "another"
    _ = reduce(&state, .arrived([.applied(.pod(pod))]), at: Scene.moment)
    #expect(state.masking.learned == learned + 1)
    #expect(!draw(state).text().contains("another"))
  }

  /// Everything that people named, as far as the state knows it.
  private func hiddenWords(_ state: DashboardState) -> Set<String> {
    let snapshot = state.snapshot
    var words: Set<String> = [snapshot.connection.context, snapshot.connection.namespace ?? ""]
    for kind in Masking.learnedKinds { words.formUnion(snapshot.keys(of: kind).map(\.name)) }
    for key in snapshot.pods.keys() {
      guard let pod = snapshot.pods[key] else { continue }
      words.formUnion([pod.nodeName, pod.podIP, pod.hostIP])
    }
    for key in snapshot.ingresses.keys() { words.formUnion(snapshot.ingresses[key]?.rules.map(\.host) ?? []) }
    return words
  }

  private func expectNothing(of state: DashboardState, _ screen: Screen, _ script: String, beginning: Int) {
    let text = screen.text()
    for word in hiddenWords(state) where word.utf8.count > 3 {
      // The beginning is what stays of a name that was cut. Some names begin as words of Kubernetes do: `liveness-fails`.
      let start = String(sanitized(word).prefix(beginning))
      #expect(!text.contains(start), "\(start) of \(word.prefix(40)) after \(script)")
    }
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
