import CellScreen
import ClusterModel
import Testing

@testable import Dashboard

@Suite struct ChooserTests {
  let size = Size(columns: 80, rows: 24)

  /// A state in which the cluster has said which namespaces it has.
  func choosing() throws -> DashboardState {
    let (open, effects) = try press(":ns<enter>", in: Scene.todo.make(size))
    #expect(effects == [.listNamespaces])
    var state = open
    _ = reduce(
      &state, .namespacesRead(["default", "kube-system", "todo", "todo-broken"], problem: ""), at: Scene.moment)
    return state
  }

  @Test func `the namespaces there are can be chosen, the one in use first`() throws {
    let state = try choosing()
    #expect(state.chooser?.shown == ["all namespaces", "default", "kube-system", "todo", "todo-broken"])
    #expect(state.chooser?.choice == "todo")
    #expect(try press("j<enter>", in: state).effects == [.readNamespace("todo-broken")])
    #expect(try press("g<enter>", in: state).effects == [.readNamespace(nil)])
    #expect(try press("/kube<enter>", in: state).effects == [.readNamespace("kube-system")])
    #expect(try press("/todo<down><enter>", in: state).effects == [.readNamespace("todo-broken")])
    #expect(try press("<esc>", in: state).state.views.isEmpty)
    #expect(try press("<enter>", in: state).state.notice.contains("is what is read now"))
  }

  @Test func `another namespace begins with nothing of the one before`() throws {
    let (state, effects) = try press("l:ns todo-broken<enter>", in: Scene.todo.make(size))
    #expect(effects.suffix(2) == [.followLogs(LogRequest(number: 2)), .readNamespace("todo-broken")])
    #expect(state.namespace == "todo-broken" && state.snapshot.pods.count == 0 && state.workloads.isEmpty)
    #expect(state.pods.keys.isEmpty && state.views.isEmpty && state.title == "todo-broken")
    #expect(state.verdict.word == .unknown)
    #expect(state.river.entries.map(\.text) == ["todo → todo-broken"])
    #expect(try press(":ns all<enter>", in: Scene.todo.make(size)).effects == [.readNamespace(nil)])
  }

  @Test func `a name that cannot be or is not there is refused in words`() throws {
    #expect(try press(":ns --all<enter>", in: Scene.todo.make(size)).state.notice.contains("cannot be the name"))
    let state = try press("<esc>", in: choosing()).state
    let (after, effects) = try press(":ns todo-brken<enter>", in: state)
    #expect(effects.isEmpty && after.notice.contains("did you mean todo-broken"))
  }

  @Test func `namespaces that may not be listed can still be typed`() throws {
    var state = try press(":ns<enter>", in: Scene.todo.make(size)).state
    _ = reduce(&state, .namespacesRead([], problem: "namespaces is forbidden"), at: Scene.moment)
    #expect(draw(state).text().contains("namespaces is forbidden"))
    #expect(draw(state).text().contains(":ns NAME"))
    #expect(try press("<esc>:ns other<enter>", in: state).effects == [.readNamespace("other")])
  }

  @Test func `an answer that comes after the list was left opens nothing`() throws {
    var state = try press(":ns<enter><esc>", in: Scene.todo.make(size)).state
    _ = reduce(&state, .namespacesRead(["a"], problem: ""), at: Scene.moment)
    #expect(state.views.isEmpty && state.knownNamespaces.contains("a"))
    _ = reduce(&state, .contextsRead(["a"], problem: "", isStart: false), at: Scene.moment)
    #expect(state.views.isEmpty)
  }

  @Test func `the context stays, and the list says how to start with another`() throws {
    var (state, effects) = try press(":ctx<enter>", in: Scene.todo.make(size))
    #expect(effects == [.listContexts])
    _ = reduce(&state, .contextsRead(["kind", "minikube"], problem: "", isStart: false), at: Scene.moment)
    #expect(state.chooser?.choice == "minikube")
    let (after, nothing) = try press("k<enter>", in: state)
    #expect(nothing.isEmpty && after.notice.contains("todotop --context kind"))
  }

  @Test func `at the start a context is chosen, or the program is left`() throws {
    var state = Scene.waiting.make(size)
    _ = reduce(&state, .contextsRead(["kind", "minikube"], problem: "", isStart: true), at: Scene.moment)
    #expect(try press("j<enter>", in: state).effects == [.openContext("minikube")])
    #expect(try press("<esc>", in: state).state.asksToQuit)
    #expect(try press("qy", in: state).effects == [.quit])
    #expect(try press(":pods<enter>", in: state).state.views == [.chooser])
  }
}
