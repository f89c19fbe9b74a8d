import CellScreen
import ClusterModel
import Playbook
import Testing

@testable import Dashboard

/// From a key to the request for a change, and from its outcome to undo; no cluster is needed for that.
@Suite struct ActingTests {
  static let size = Size(columns: 120, rows: 40)
  static let backend = ObjectKey(.deployments, namespace: "todo", name: "todo-backend")

  /// The recorded application with the backend chosen, armed.
  static func armed(_ scene: Scene = .todo) throws -> DashboardState {
    var state = try press("4/todo-backend<enter>", in: scene.make(size)).state
    state.acting.arming.arm(for: .local, at: state.now)
    state.kubectl = Kubectl(program: ["kubectl"], context: "minikube")
    return state
  }

  private struct Missing: Error {}

  private func requested(by effects: [Effect]) -> ChangeRequest? {
    effects.lazy.compactMap { if case .change(let request) = $0 { request } else { nil } }.first
  }

  /// What a state is after the request of a script was answered.
  private func done(
    _ script: String, in state: DashboardState, _ result: Result<String, ChangeProblem> = .success("restarted")
  ) throws -> DashboardState {
    var (after, effects) = try press(script, in: state)
    let request = try #require(requested(by: effects))
    _ = reduce(
      &after, .changed(number: request.number, request.changes.map { ChangeOutcome($0, result) }), at: after.now)
    return after
  }

  // MARK: - Whether

  @Test(arguments: ["r", "<F6>", "s", "i", "b", "<ctrl-d>", "<F9>", ":restart<enter>", ":scale 3<enter>"])
  func `disarmed nothing is asked and nothing is sent`(script: String) throws {
    var state = try Self.armed()
    state.acting.arming.disarm()
    let (after, effects) = try press(
      script.hasPrefix("<ctrl-d>") || script == "<F9>" ? "5" + script : script, in: state)
    #expect(after.acting.question == nil && after.prompt == nil && effects.isEmpty)
    #expect(after.notice.contains("ctrl-t allows changes"), "\(after.notice)")
  }

  @Test func `ctrl-t arms for five minutes with a countdown, and disarms`() throws {
    var state = try Self.armed()
    state.acting.arming.disarm()
    let armed = try press("<ctrl-t>", in: state).state
    #expect(draw(armed).text().contains("ARMED 5:00"))
    var late = armed
    _ = reduce(&late, .ticked, at: armed.now.advanced(by: .seconds(299)))
    #expect(draw(late).text().contains("ARMED 0:01"))
    _ = reduce(&late, .ticked, at: armed.now.advanced(by: .seconds(300)))
    #expect(draw(late).text().contains("disarmed"))
    #expect(try draw(press("<ctrl-t>", in: armed).state).text().contains("disarmed"))
  }

  @Test func `read-only cannot be armed, nor can a recording`() throws {
    var state = try Self.armed()
    state.acting.arming = Arming(readOnlyReason: "started with --read-only")
    var after = try press("<ctrl-t>r", in: state).state
    #expect(after.acting.question == nil && after.notice == "started with --read-only")
    #expect(draw(after).text().contains("read-only"))
    var recording = try Self.armed()
    var connection = recording.snapshot.connection
    connection.feed = .recording
    _ = reduce(&recording, .arrived([.connectionChanged(connection)]), at: recording.now)
    after = try press("r", in: recording).state
    #expect(after.acting.question == nil && after.notice == "a recording cannot be changed")
  }

  @Test func `a missing right names the verb that is missing`() throws {
    var state = try Self.armed()
    _ = reduce(
      &state, .rightsRead(Rights(verbs: ["deployments.apps": ["get", "list"], "pods": ["*"]]), namespace: "todo"),
      at: state.now)
    let after = try press("r", in: state).state
    #expect(after.notice.hasPrefix("you may not patch deployments.apps in todo"), "\(after.notice)")
    #expect(after.acting.question == nil)
    #expect(!hintedCommands(state).contains { $0.id == "restart" })
    #expect(try draw(press("?", in: state).state).text().contains("you may not patch deployments.apps"))
    #expect(try press("5<ctrl-d>", in: state).state.acting.question != nil)
  }

  @Test func `a local cluster is armed at once, another is not, and rights are asked for once`() {
    for (server, isArmed) in [("https://192.168.49.2:8443", true), ("https://34.1.2.3", false)] {
      var state = DashboardState(title: "x", isDemo: false, size: Self.size, now: Scene.moment)
      var connection = Connection(feed: .watch)
      (connection.context, connection.server, connection.isReachable) = ("minikube", server, true)
      connection.namespace = "todo"
      let effects = reduce(&state, .arrived([.connectionChanged(connection)]), at: state.now)
      #expect(effects.contains(.readRights))
      #expect(state.acting.arming.isArmed(at: state.now) == isArmed)
      #expect(!reduce(&state, .arrived([.alive(nil)]), at: state.now).contains(.readRights))
    }
  }

  // MARK: - Asking

  @Test func `the question names object, context, namespace, command and consequence; Cancel is chosen`() throws {
    let state = try press("r", in: Self.armed()).state
    let text = draw(state).text()
    for words in [
      "Restart?", "Deployment todo-backend", "context minikube", "namespace todo", "replaces 2 pods",
      "users should not notice", "u takes it back: roll back to revision",
      "$ kubectl --context=minikube --namespace=todo --request-timeout=20s rollout restart", "Cancel",
    ] { #expect(text.contains(words), "\(words)") }
    for key in ["<enter>", "<esc>", "n", "q"] {
      let (after, effects) = try press(key, in: state)
      #expect(after.acting.question == nil && effects.isEmpty && after.notice == "nothing was changed")
    }
    let (still, none) = try press("xr<space>", in: state)
    #expect(still.acting.question != nil && none.isEmpty)
    for keys in ["y", "<tab><enter>"] {
      let (after, effects) = try press(keys, in: state)
      #expect(requested(by: effects)?.changes.map(\.verb) == [.restart] && after.acting.question == nil)
    }
  }

  @Test func `of a pod its workload is restarted, and a bare pod or a Job says why not`() throws {
    let pod = try press("5/backend<enter>", in: Self.armed()).state
    let (_, effects) = try press("ry", in: pod)
    #expect(requested(by: effects)?.changes.map(\.object) == [Self.backend])
    var bare = try press("5/unschedulable-cpu<enter>", in: Scene.broken.make(Self.size)).state
    bare.acting.arming.arm(for: .local, at: bare.now)
    #expect(try press("r", in: bare).state.notice == "select a workload, or a pod of one: nothing keeps this pod")
    var job = try press("4/failed-job<enter>", in: Scene.broken.make(Self.size)).state
    job.acting.arming.arm(for: .local, at: job.now)
    #expect(try press("r", in: job).state.notice == "restart is not possible for a Job")
  }

  @Test func `a protected context asks for names to be typed`() throws {
    var state = try Self.armed()
    state.profile.guards = Guards(local: [], protected: ["mini*"])
    var connection = state.snapshot.connection
    connection.serverVersion = "v1.32.5"
    _ = reduce(&state, .arrived([.connectionChanged(connection)]), at: state.now)
    state.acting.arming.disarm()
    state = try press("<ctrl-t>", in: state).state
    #expect(draw(state).text().contains("Type minikube: "))
    #expect(try press("y<enter>", in: state).state.acting.arming.isArmed(at: state.now) == false)
    state = try press("minikube<enter>", in: state).state
    #expect(state.acting.arming.isArmed(at: state.now))
    let asked = try press("r", in: state).state
    #expect(draw(asked).text().contains("Type todo-backend: "))
    #expect(try press("todo-frontend<enter>", in: asked).effects.isEmpty)
    #expect(try requested(by: press("todo-backend<enter>", in: asked).effects)?.changes.count == 1)
  }

  @Test func `an object that was replaced while the question is open is never hit`() throws {
    let asked = try press("5/backend<enter><ctrl-d>", in: Self.armed()).state
    let key = try #require(asked.subject)
    var pod = try #require(asked.snapshot.pods[key])
    var state = asked
    _ = reduce(&state, .arrived([.deleted(key, pod.metadata.uid)]), at: state.now)
    #expect(draw(state).text().contains("is gone"))
    #expect(try press("y", in: state).effects.isEmpty)
    pod.metadata.uid = UID("successor")
    _ = reduce(&state, .arrived([.applied(.pod(pod))]), at: state.now)
    let (after, effects) = try press("y", in: state)
    #expect(effects.isEmpty && after.acting.question != nil)
    #expect(after.notice.contains("another object of the same name"), "\(after.notice)")
  }

  @Test func `marked pods are deleted together, by force only after a second choice`() throws {
    let asked = try press("5/frontend<enter><space><space><ctrl-d>", in: Self.armed()).state
    let (_, gently) = try press("y", in: asked)
    #expect(requested(by: gently)?.changes.map(\.verb) == [.delete(byForce: false), .delete(byForce: false)])
    #expect(Set(requested(by: gently)?.changes.map(\.object.name) ?? []).count == 2)
    let forced = try press("<tab><ctrl-f>", in: asked).state
    #expect(draw(forced).text().contains("by force: the API forgets it at once"))
    #expect(try press("<enter>", in: forced).effects.isEmpty)
    #expect(try requested(by: press("y", in: forced).effects)?.changes.first?.verb == .delete(byForce: true))
  }

  // MARK: - Lines

  @Test func `a number of replicas is asked for, and what is none stays to be mended`() throws {
    let typing = try press("s", in: Self.armed()).state
    #expect(typing.prompt?.text.isEmpty == true)
    for (keys, words) in [
      ("x", "no number of replicas"), ("2000", "more than 500"), ("<ctrl-u>-1", "no number"), ("<ctrl-u>", "no number"),
    ] {
      let after = try press(keys + "<enter>", in: typing).state
      #expect(after.prompt?.problem?.sentence.contains(words) == true, "\(keys)")
      #expect(after.acting.question == nil)
    }
    #expect(try press("2<enter>", in: typing).state.notice.contains("has 2 replicas already"))
    let (_, effects) = try press("<ctrl-u>3<enter>y", in: typing)
    #expect(requested(by: effects)?.changes.map(\.verb) == [.scale(from: 2, to: 3)])
    #expect(
      try requested(by: press(":scale 0<enter>y", in: Self.armed()).effects)?.changes.map(\.verb) == [
        .scale(from: 2, to: 0)
      ])
  }

  @Test func `an image is one word for a container that is there`() throws {
    let typing = try press("i", in: Self.armed()).state
    let before = try #require(typing.prompt?.text)
    #expect(before.hasPrefix("backend="))
    for keys in [
      "<ctrl-u>backend=a b", "<ctrl-u>backend=", "<ctrl-u>nobody=a:1", "<ctrl-u>a:1", "<ctrl-u>backend=--all",
      "<ctrl-u>backend=$(id)",
    ] {
      let after = try press(keys + "<enter>", in: typing).state
      #expect(after.prompt?.problem != nil && after.acting.question == nil, "\(keys)")
    }
    let (_, effects) = try press("<ctrl-u>backend=todo:9<enter>y", in: typing)
    guard case .setImage(let image)? = requested(by: effects)?.changes.first?.verb else { throw Missing() }
    #expect(image.after == "todo:9" && "backend=\(image.before)" == before)
  }

  @Test func `a revision that is gone is named with those that are there`() throws {
    let state = try Self.armed(.busy)
    let chooser = try press("b", in: state).state
    #expect(chooser.chooser?.items.count == 1)
    let asked = try press("b<enter>", in: state).state
    #expect(draw(asked).text().contains("differ"))
    let (_, effects) = try press("b<enter>y", in: state)
    #expect(requested(by: effects)?.changes.map(\.verb) == [.rollBack(revision: 1)])
    #expect(
      try press(":rollback 77<enter>", in: state).state.notice == "there is no revision 77 to go back to; there are 1")
  }

  // MARK: - What came of it

  @Test func `what was done stands in the river, is seen through, and is taken back within a minute`() throws {
    let after = try done("ry", in: Self.armed())
    #expect(after.river.entries.first?.text == "restarted by you")
    #expect(after.views == [.rollouts] && after.notice.contains("u takes it back"))
    #expect(draw(after).text().contains("deployment/todo-backend  restarted"))
    let revision = try #require(
      Int(after.snapshot.deployments[Self.backend]?.metadata.annotations["deployment.kubernetes.io/revision"] ?? ""))
    let (undone, effects) = try press("uy", in: after)
    #expect(requested(by: effects)?.changes.map(\.verb) == [.rollBack(revision: revision)])
    #expect(undone.acting.running.count == 1)
    var late = after
    _ = reduce(&late, .ticked, at: after.now.advanced(by: .seconds(61)))
    #expect(late.undoProblem?.contains("choose it in the river") == true)
  }

  @Test func `an older action is taken back from its line in the river, once`() throws {
    var after = try press("<esc>", in: done("ry", in: Self.armed())).state
    after.now = after.now.advanced(by: .seconds(300))
    #expect(try press("u", in: after).state.notice.contains("choose it in the river"))
    let asked = try press("6u", in: after).state
    #expect(asked.acting.question != nil)
    let undone = try press("<esc>6", in: done("y", in: asked)).state
    let first = try #require(undone.acting.done.first)
    #expect(first.isUndone && undone.acting.done.count == 2)
    var chosen = undone
    chosen.selections[.river] = .entry(first.entry)
    let again = try press("u", in: chosen).state
    #expect(again.notice == "restart todo-backend was taken back already", "\(again.notice)")
  }

  @Test func `what took a change back is not taken back itself, and not what somebody else rolled out since`() throws {
    let after = try done("ry", in: Self.armed())
    let undone = try done("uy", in: after)
    #expect(try press("u", in: undone).state.notice.contains("it took a change back itself"))
    var deployment = try #require(after.snapshot.deployments[Self.backend])
    let revision = try #require(Int(deployment.metadata.annotations["deployment.kubernetes.io/revision"] ?? ""))
    var other = after
    deployment.metadata.annotations["deployment.kubernetes.io/revision"] = "\(revision + 2)"
    _ = reduce(&other, .arrived([.applied(.deployment(deployment))]), at: other.now)
    #expect(try press("u", in: other).state.notice.contains("is at revision \(revision + 2) by now"))
  }

  @Test func `a list that was left leaves no aim behind`() throws {
    let state = try press("b<esc>/<ctrl-u>todo-frontend<enter><home>:scale 5<enter>", in: Self.armed(.busy)).state
    guard case .change(let changes)? = state.acting.question?.intent else {
      Issue.record("no question: \(state.notice)")
      return
    }
    #expect(changes.map(\.object.name) == ["todo-frontend"])
  }

  @Test func `on the page of rollouts keys are about the chosen line`() throws {
    let after = try done("ry", in: Self.armed())
    let below = try press("<esc>5/todo-db<enter>o", in: after).state
    #expect(below.subject == Self.backend)
  }

  @Test func `what was changed while the question is open is asked anew`() throws {
    var state = try press("r", in: Self.armed()).state
    var deployment = try #require(state.snapshot.deployments[Self.backend])
    deployment.metadata.generation += 1
    _ = reduce(&state, .arrived([.applied(.deployment(deployment))]), at: state.now)
    #expect(draw(state).text().contains("was changed meanwhile"))
    let (after, effects) = try press("y", in: state)
    #expect(effects.isEmpty && after.notice.contains("was changed meanwhile"))
  }

  @Test func `of several some may fail, and both are told`() throws {
    var (after, effects) = try press("5/frontend<enter><space><space><ctrl-d>y", in: Self.armed())
    let request = try #require(requested(by: effects))
    let problem = ChangeProblem(.budget, "its budget does not let it go")
    let outcomes = zip(request.changes, [.success("deleted"), .failure(problem)]).map { ChangeOutcome($0, $1) }
    _ = reduce(&after, .changed(number: request.number, outcomes), at: after.now)
    #expect(after.notice == "1 of 2 failed: its budget does not let it go")
    #expect(after.acting.done.count == 1)
  }

  @Test func `pods that go together are not counted as those that keep serving`() throws {
    let asked = try press("5/frontend<enter><space><space><space><ctrl-d>", in: Self.armed()).state
    let text = draw(asked).text()
    #expect(text.contains("Delete 3 pods?"))
    #expect(text.contains("has no other ready pod") && !text.contains("keep serving"))
  }

  @Test func `another namespace leaves no question, and says where a change was made`() throws {
    var after = try done("ry", in: Self.armed())
    _ = reduce(&after, .key(.escape), at: after.now)
    after = try press(":ns default<enter>", in: after).state
    #expect(after.undoProblem == "that was in todo: read it first, by :ns todo")
    #expect(after.river.entries.allSatisfy { entry in !after.acting.done.contains { $0.entry == entry.id } })
  }

  @Test func `on a protected context a shell is asked for by name`() throws {
    var state = try press("5/frontend<enter>", in: Self.armed()).state
    state.profile.guards = Guards(local: [], protected: ["mini*"])
    var connection = state.snapshot.connection
    connection.serverVersion = "v1.32.5"
    _ = reduce(&state, .arrived([.connectionChanged(connection)]), at: state.now)
    state.acting.arming.arm(for: .protected, at: state.now)
    let (asked, effects) = try press("s", in: state)
    let name = try #require(asked.subject?.name)
    #expect(effects.isEmpty && draw(asked).text().contains("Open a shell?"))
    #expect(try press(name + "<enter>", in: asked).effects.contains { if case .openShell = $0 { true } else { false } })
  }

  @Test func `a failure says what happened and what to do, and leaves no rollout behind`() throws {
    let problem = ChangeProblem(.forbidden, "you may not do it", nextStep: "ask for the right")
    let after = try done("ry", in: Self.armed(), .failure(problem))
    #expect(after.notice == "you may not do it; ask for the right")
    #expect(after.acting.rollouts.isEmpty && after.acting.done.isEmpty && after.views.isEmpty)
    #expect(after.river.entries.first?.text == "restart by you failed: you may not do it")
    let doubt = try done("ry", in: Self.armed(), .failure(ChangeProblem(.timedOut, "no answer")))
    #expect(doubt.acting.rollouts.count == 1)
  }

  @Test func `a deleted pod cannot be taken back, and undo says so`() throws {
    let after = try done("5/frontend<enter><ctrl-d>y", in: Self.armed(), .success("deleted"))
    #expect(try press("u", in: after).state.notice.contains("cannot be taken back: a pod that is gone"))
  }

  @Test func `a rollout is complete when the changed workload is, not before`() throws {
    var after = try done("ry", in: Self.armed())
    #expect(after.acting.rollouts.first?.endedAt == nil)
    var deployment = try #require(after.snapshot.deployments[Self.backend])
    deployment.metadata.generation += 1
    _ = reduce(&after, .arrived([.applied(.deployment(deployment))]), at: after.now)
    #expect(after.acting.rollouts.first?.endedAt == nil)
    deployment.observedGeneration = deployment.metadata.generation
    _ = reduce(&after, .arrived([.applied(.deployment(deployment))]), at: after.now.advanced(by: .seconds(9)))
    #expect(after.acting.rollouts.first?.endedAt == after.now)
    #expect(draw(after).text().contains("took 9s"))
  }

  @Test func `another namespace disarms a cluster that is not local`() throws {
    let state = try Self.armed()
    #expect(try press(":ns default<enter>", in: state).state.acting.arming.isArmed(at: state.now) == false)
  }

  @Test func `a pod with several containers asks in which a shell is opened`() throws {
    let state = try press("5/backend<enter>s", in: Self.armed()).state
    #expect(state.chooser?.items == ["backend", "log-sidecar"])
    let key = try #require(state.pods.rows.first?.id.object)
    #expect(try press("<enter>", in: state).effects == [.openShell(key, container: "backend")])
  }
}
