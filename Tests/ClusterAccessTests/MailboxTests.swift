import ClusterModel
import Testing

@testable import ClusterAccess

@Suite struct MailboxTests {
  func line(_ text: String) -> LogLine {
    LogLine(namespace: "todo", pod: "web", container: "app", time: nil, text: text)
  }

  func pod(_ name: String, version: String) -> ClusterObject {
    var pod = Pod()
    pod.metadata.name = name
    pod.metadata.resourceVersion = version
    return .pod(pod)
  }

  @Test func `gives events in order, once`() {
    let mailbox = Mailbox()
    mailbox.post([.alive(nil)])
    mailbox.post([.noted("a"), .noted("b")])
    #expect(mailbox.take() == [.alive(nil), .noted("a"), .noted("b")])
    #expect(mailbox.take() == [])
  }

  @Test func `log lines beyond the limit are dropped and counted`() {
    let mailbox = Mailbox()
    mailbox.post([.logged(Array(repeating: line("x"), count: Mailbox.maximumLogLines - 1))])
    mailbox.post([.logged([line("y"), line("z")]), .alive(nil)])
    mailbox.post([.logged([line("z")])])
    let events = mailbox.take()
    #expect(
      events.suffix(3) == [
        .logged([line("y")]), .alive(nil), .logSeam(LogSeam(pod: "web", container: "app", change: .dropped(lines: 2))),
      ])
    mailbox.post([.logged([line("new")])])
    #expect(mailbox.take() == [.logged([line("new")])])
  }

  @Test func `of many changes of one object only the last waits when it gets crowded`() {
    let key = ObjectKey(.pods, namespace: "", name: "b")
    let events: [ClusterEvent] = [
      .applied(pod("a", version: "1")), .listed(.pods, [pod("a", version: "2")]), .alive(nil),
      .applied(pod("b", version: "3")), .deleted(key, UID("1")), .applied(pod("b", version: "4")), .alive(nil),
      .applied(pod("b", version: "5")), .noted("x"),
    ]
    #expect(
      withoutOutdated(events) == [
        .listed(.pods, [pod("a", version: "2")]), .deleted(key, UID("1")), .alive(nil),
        .applied(pod("b", version: "5")), .noted("x"),
      ])
    let mailbox = Mailbox()
    for version in 0..<(Mailbox.crowdedCount * 3) { mailbox.post([.applied(pod("a", version: "\(version)"))]) }
    #expect(mailbox.take().count <= Mailbox.crowdedCount + 1)
  }
}
