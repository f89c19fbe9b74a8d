import ClusterModel
import Foundation
import Testing

@testable import Operations
@testable import Playbook

@Suite struct JournalTests {
  private let root = FileManager.default.temporaryDirectory.appending(path: "todotop-\(UUID().uuidString)")

  private func folder() throws -> JournalFolder { try JournalFolder(root.path + "/todotop/drills") }

  private func record(_ id: String = "d-1", _ state: DrillState = .recorded) throws -> DrillRecord {
    let cluster = TestCluster()
    let plan = try DrillRig.plan(.badImage, in: cluster)
    var record = DrillRecord(
      id: id, kind: plan.kind, target: plan.target, namespace: "todo", cluster: DrillRig.cluster,
      change: try #require(plan.change), limitSeconds: 60, author: "a@b", at: cluster.now)
    record.state = state
    return record
  }

  private func mode(_ path: String) throws -> Int {
    let value = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    return try #require(value as? Int)
  }

  @Test func `a journal is for its owner alone, and its last line counts`() throws {
    let folder = try folder()
    let journal = try #require(try DrillJournal.open("d-1", in: folder))
    try journal.append(record())
    try journal.append(record("d-1", .active))
    #expect(try mode(folder.path) == 0o700 && mode(journal.path) == 0o600)
    #expect(try folder.read().records.map(\.line) == [record("d-1", .active).line])
    #expect(try String(contentsOfFile: journal.path, encoding: .utf8).split(separator: "\n").count == 2)
  }

  @Test func `only one holds a journal, until it is gone`() throws {
    let folder = try folder()
    var first = try DrillJournal.open("d-1", in: folder)
    #expect(first != nil)
    #expect(try DrillJournal.open("d-1", in: folder) == nil)
    #expect(try DrillJournal.open("d-1", in: folder, isForced: true) != nil)
    first = nil
    #expect(try DrillJournal.open("d-1", in: folder) != nil)
  }

  @Test func `a line that was cut off does not count, and is not joined with the next`() throws {
    let folder = try folder()
    let path = folder.path(of: "d-1")
    let whole = try record().line + "\n"
    try (whole + "{\"v\":1,\"id\":\"d-1\",\"sta").write(toFile: path, atomically: false, encoding: .utf8)
    #expect(folder.read().records.map(\.state) == [.recorded])
    let journal = try #require(try DrillJournal.open("d-1", in: folder))
    try journal.append(record("d-1", .restored))
    #expect(folder.read().records.map(\.state) == [.restored])
  }

  @Test func `what is not believed is named and never carried out`() throws {
    let folder = try folder()
    let texts = [
      "d-2": "garbage\n", "d-4": try record("d-5").line + "\n",
      "d-6": try record("d-6").line.replacing("\"v\":1", with: "\"v\":9") + "\n",
    ]
    for (id, text) in texts { try text.write(toFile: folder.path(of: id), atomically: false, encoding: .utf8) }
    try FileManager.default.createSymbolicLink(atPath: folder.path(of: "d-7"), withDestinationPath: "/etc/passwd")
    let (records, strange) = folder.read()
    #expect(records.isEmpty && strange.count == 4)
    #expect(strange.allSatisfy { $0.sentence.contains("is set aside: ") })
  }

  @Test func `a journal in which nothing was written is none`() throws {
    let folder = try folder()
    _ = try DrillJournal.open("d-3", in: folder)
    #expect(FileManager.default.fileExists(atPath: folder.path(of: "d-3")))
    #expect(folder.read().records.isEmpty && folder.read().setAside.isEmpty)
  }

  @Test func `where nothing can be written, nothing is done to the cluster`() throws {
    let folder = try folder()
    try FileManager.default.createDirectory(atPath: folder.path(of: "d-1"), withIntermediateDirectories: true)
    let tools = DrillRunner.Tools(
      kubectl: Kubectl(program: ["/nowhere/kubectl"], context: "x"), folder: folder, holder: "a@b", watchdog: [])
    let course = DrillRunner().run(try record(), with: tools)
    #expect(course.state == .aborted && course.record.note.contains("nothing was done"))
    try "x".write(toFile: root.path + "/file", atomically: true, encoding: .utf8)
    #expect(throws: JournalFolder.Problem.self) { try JournalFolder(root.path + "/file/drills") }
    #expect(JournalFolder.usualPath { ["XDG_STATE_HOME": "/s", "HOME": "/h"][$0] } == "/s/todotop/drills")
    #expect(JournalFolder.usualPath { ["XDG_STATE_HOME": "s", "HOME": "/h"][$0] } == "/h/.local/state/todotop/drills")
  }

  @Test(arguments: [
    (
      "Error from server (Conflict): the UID in the precondition (a) does not match the UID in record (b)",
      DrillAnswer.gone
    ),
    ("Error from server (NotFound): pods \"web\" not found", .gone),
    (
      "Error from server (Conflict): Operation cannot be fulfilled on pods \"web\": the object has been modified; please",
      .changed
    ),
    ("The request is invalid: the server rejected our request due to an error in our request", .changed),
    ("Error from server (AlreadyExists): error when creating \"STDIN\": leases \"x\" already exists", .taken),
    ("Error from server (TooManyRequests): Cannot evict pod as it would violate the pod's disruption budget.", .budget),
    (
      "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?",
      .unreachable("The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?")
    ),
    ("error: unexpected EOF", .unknown("error: unexpected EOF")),
    (
      "Error from server (Forbidden): leases is forbidden: User \"x\" cannot create",
      .forbidden("Error from server (Forbidden): leases is forbidden: User \"x\" cannot create")
    ),
    (
      "Error from server (Forbidden): admission webhook \"v\" denied the request",
      .refused("Error from server (Forbidden): admission webhook \"v\" denied the request")
    ),
  ])
  func `the words of kubectl are understood`(text: String, answer: DrillAnswer) {
    let pod = DrillObject(.pods, namespace: "todo", name: "web", uid: UID("a"))
    #expect(DrillAnswer(failure: text, of: .delete(pod, byForce: false)) == answer)
  }
}
