import Testing

@testable import ClusterAccess
@testable import ClusterModel

@Suite struct WatchMachineTests {
  let now = Timestamp(seconds: 1_000)

  func pod(_ name: String, version: String = "5") -> ClusterObject {
    var pod = Pod()
    pod.metadata.namespace = "todo"
    pod.metadata.name = name
    pod.metadata.uid = UID("uid-\(name)")
    pod.metadata.resourceVersion = version
    return .pod(pod)
  }

  func page(_ objects: [ClusterObject] = [], next: String = "", version: String = "10") -> WatchMachine.Input {
    .page(ListPage(objects: objects, resourceVersion: version, continueToken: next))
  }

  func status(_ code: Int, _ message: String = "no", after: Int? = nil) -> APIStatus {
    APIStatus(code: code, reason: "", message: message, retryAfterSeconds: after)
  }

  func refused(_ code: Int, after: Duration? = nil) -> WatchMachine.Input {
    .ended(.refused(status(code), retryAfter: after))
  }

  func show(_ state: StreamState) -> WatchMachine.Output { .emit(.streamChanged(.pods, state)) }

  func retrying(_ reason: String, in wait: Duration) -> WatchMachine.Output {
    show(.retrying(reason: reason, at: now.advanced(by: wait)))
  }

  /// A machine after some inputs.
  func machine(_ inputs: [WatchMachine.Input]) -> WatchMachine {
    var machine = WatchMachine(.pods)
    for input in inputs { _ = machine.handle(input, at: now) }
    return machine
  }

  func outputs(of last: WatchMachine.Input, after inputs: [WatchMachine.Input], later: Duration = .zero)
    -> [WatchMachine.Output]
  {
    var machine = machine(inputs)
    return machine.handle(last, at: now.advanced(by: later))
  }

  var idle: [WatchMachine.Input] { [] }
  var listing: [WatchMachine.Input] { [.start] }
  var watching: [WatchMachine.Input] { [.start, page()] }
  var waiting: [WatchMachine.Input] { watching + [.ended(.broken("cut"))] }
  var refused: [WatchMachine.Input] { [.start, refused(403)] }
  var suspended: [WatchMachine.Input] { watching + [.connectionLost("frozen", nextTry: .seconds(1))] }

  @Test func `lists in pages, swaps the list in whole and watches from its version`() {
    var machine = WatchMachine(.pods)
    #expect(machine.handle(.start, at: now) == [show(.listing), .list(continueToken: "")])
    #expect(machine.handle(page([pod("a"), pod("b")], next: "more"), at: now) == [.list(continueToken: "more")])
    #expect(
      machine.handle(page([pod("c")], version: "12"), at: now) == [
        .emit(.listed(.pods, [pod("a"), pod("b"), pod("c")])), show(.live), .watch(resourceVersion: "12"),
      ])
    #expect(machine.handle(.opened, at: now) == [])
  }

  @Test func `every line of a watch becomes one event and moves the version on`() {
    var machine = machine(watching)
    #expect(
      machine.handle(.line(.added(pod("a", version: "11"))), at: now) == [.emit(.applied(pod("a", version: "11")))])
    #expect(
      machine.handle(.line(.modified(pod("a", version: "12"))), at: now) == [.emit(.applied(pod("a", version: "12")))])
    #expect(
      machine.handle(.line(.deleted(pod("a", version: "13"))), at: now)
        == [.emit(.deleted(ObjectKey(.pods, namespace: "todo", name: "a"), UID("uid-a")))])
    #expect(
      machine.handle(.line(.bookmark(resourceVersion: "20", endsInitialEvents: false)), at: now)
        == [.emit(.alive(.pods))])
    #expect(machine.handle(.ended(.finished), at: now.advanced(by: .seconds(300))) == [.watch(resourceVersion: "20")])
  }

  @Test func `a watch that ended normally is resumed at once, but not in a circle`() {
    #expect(outputs(of: .ended(.finished), after: watching, later: .seconds(290)) == [.watch(resourceVersion: "10")])
    #expect(outputs(of: .ended(.finished), after: watching, later: .milliseconds(100)) == [.wait(.milliseconds(900))])
    #expect(outputs(of: .waited, after: watching + [.ended(.finished)]) == [.watch(resourceVersion: "10")])
  }

  @Test func `an expired version lists anew while the old list stays`() {
    let relist = [show(.listing), .list(continueToken: "")]
    #expect(outputs(of: .line(.failed(status(410))), after: watching) == [.cancel] + relist)
    #expect(outputs(of: refused(410), after: watching) == relist)
    #expect(outputs(of: refused(410), after: [.start, page([pod("a")], next: "more")]) == [.list(continueToken: "")])
    // A server that always says so is not asked in a circle.
    #expect(
      outputs(of: refused(410), after: [.start, refused(410)]) == [
        retrying("no", in: .milliseconds(250)), .wait(.milliseconds(250)),
      ])
  }

  @Test func `an expired token forgets the pages that came before`() {
    var machine = machine([.start, page([pod("a")], next: "more"), refused(410)])
    #expect(machine.handle(page([pod("b")]), at: now).first == .emit(.listed(.pods, [pod("b")])))
  }

  @Test func `missing rights and missing kinds are left alone for a minute`() {
    let pause = WatchMachine.Output.wait(.seconds(60))
    for code in [401, 403] {
      #expect(outputs(of: refused(code), after: listing) == [show(.forbidden("no")), pause])
      #expect(outputs(of: refused(code), after: watching) == [show(.forbidden("no")), pause, .cannotWatch("no")])
    }
    #expect(outputs(of: refused(404), after: listing) == [show(.absent("the server does not serve pods")), pause])
    #expect(outputs(of: .waited, after: refused) == [show(.listing), .list(continueToken: "")])
  }

  @Test func `failures are tried again after longer and longer waits, at most two seconds`() {
    var machine = machine(watching)
    var waits: [Duration] = []
    for _ in 0..<6 {
      for output in machine.handle(.ended(.broken("cut")), at: now) {
        if case .wait(let wait) = output { waits.append(wait) }
      }
      #expect(machine.handle(.waited, at: now) == [.watch(resourceVersion: "10")])
    }
    #expect(waits.map(\.inSeconds) == [0.25, 0.5, 1, 2, 2, 2])
    _ = machine.handle(.line(.bookmark(resourceVersion: "11", endsInitialEvents: false)), at: now)
    #expect(
      machine.handle(.ended(.broken("cut")), at: now, jitter: 0) == [
        retrying("cut", in: .milliseconds(125)), .wait(.milliseconds(125)),
      ])
  }

  @Test func `a server may ask for a longer wait, within reason`() {
    #expect(
      outputs(of: refused(429, after: .seconds(7)), after: listing)
        == [retrying("no", in: .seconds(7)), .wait(.seconds(7))])
    #expect(outputs(of: refused(503, after: .seconds(9_999)), after: watching).last == .wait(.seconds(60)))
    let line = WatchMachine.Input.line(.failed(status(504, "Timeout", after: 1)))
    #expect(outputs(of: line, after: watching) == [.cancel, retrying("Timeout", in: .seconds(1)), .wait(.seconds(1))])
    #expect(
      outputs(of: refused(500), after: listing) == [
        retrying("no", in: .milliseconds(250)), .wait(.milliseconds(250)),
      ])
  }

  @Test func `a list that failed begins anew, a watch goes on from its version`() {
    #expect(
      outputs(of: .waited, after: listing + [.ended(.broken("cut"))]) == [show(.listing), .list(continueToken: "")])
    #expect(outputs(of: .waited, after: waiting) == [.watch(resourceVersion: "10")])
    // Live again as soon as the watch stands.
    #expect(outputs(of: .opened, after: waiting + [.waited]) == [show(.live)])
  }

  @Test func `when the server falls silent everything stops and goes on where it was`() {
    let lost = WatchMachine.Input.connectionLost("frozen", nextTry: .seconds(1))
    let stopped = [.cancel, retrying("frozen", in: .seconds(1))]
    #expect(outputs(of: lost, after: listing) == stopped)
    #expect(outputs(of: lost, after: watching) == stopped)
    #expect(outputs(of: lost, after: waiting) == stopped)
    #expect(outputs(of: .connectionBack, after: suspended) == [.watch(resourceVersion: "10")])
    #expect(outputs(of: .connectionBack, after: listing + [lost]) == [show(.listing), .list(continueToken: "")])
    #expect(outputs(of: .connectionBack, after: waiting + [lost]) == [.watch(resourceVersion: "10")])
    // Said again only where it is news.
    #expect(outputs(of: lost, after: suspended) == [.cancel])
    #expect(
      outputs(of: .connectionLost("gone", nextTry: .seconds(1)), after: suspended) == [
        .cancel, retrying("gone", in: .seconds(1)),
      ])
  }

  @Test func `refreshing lists anew from any state`() {
    let relist: [WatchMachine.Output] = [.cancel, show(.listing), .list(continueToken: "")]
    for state in [watching, waiting, refused] { #expect(outputs(of: .refresh, after: state) == relist) }
    #expect(outputs(of: .refresh, after: listing) == [.cancel, .list(continueToken: "")])
    #expect(outputs(of: .connectionBack, after: suspended + [.refresh]) == [show(.listing), .list(continueToken: "")])
  }

  @Test func `what comes late or too early changes nothing`() {
    let lost = WatchMachine.Input.connectionLost("frozen", nextTry: .seconds(1))
    let line = WatchMachine.Input.line(.added(pod("a")))
    let ended = WatchMachine.Input.ended(.broken("cut"))
    let meaningless: [([WatchMachine.Input], [WatchMachine.Input])] = [
      (idle, [page(), .opened, line, ended, .waited, lost, .connectionBack, .refresh]),
      (listing, [.start, .opened, line, .waited, .connectionBack]),
      (watching, [.start, page(), .waited, .connectionBack]),
      (waiting, [.start, page(), .opened, line, ended, .connectionBack]),
      (refused, [.start, page(), .opened, line, ended, lost, .connectionBack]),
      (suspended, [.start, page(), .opened, line, ended, .waited]),
    ]
    for (state, inputs) in meaningless {
      for input in inputs { #expect(outputs(of: input, after: state) == [], "\(input)") }
    }
  }

  @Test func `of events only the newest are kept`() {
    func event(_ number: Int) -> ClusterObject {
      var event = KubernetesEvent()
      event.metadata.name = "e\(number)"
      event.lastTimestamp = Timestamp(seconds: Int64(number))
      return .event(event)
    }
    var machine = WatchMachine(.events)
    _ = machine.handle(.start, at: now)
    let all = (0..<(WatchMachine.maximumEvents + 10)).map(event)
    guard case .emit(.listed(_, let kept)) = machine.handle(page(all), at: now).first else {
      Issue.record("nothing was listed")
      return
    }
    #expect(kept.count == WatchMachine.maximumEvents)
    #expect(!kept.contains(event(9)))
    #expect(kept.contains(event(10)))
  }
}
