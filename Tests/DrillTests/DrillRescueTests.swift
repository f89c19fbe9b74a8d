import ClusterModel
import Foundation
import Testing

@testable import Operations
@testable import Playbook

/// Whoever undoes a drill takes its lock away with it.
@Suite struct DrillRescueTests {
  private static let refused =
    "refuse 'The connection to the server 127.0.0.1:1 was refused - did you specify the right'"
  private let cluster = TestCluster()

  private func record(_ state: DrillState, isInjected: Bool = true) throws -> DrillRecord {
    var record = try DrillRig.record(DrillRig.plan(.badImage, in: cluster), at: cluster.now)
    record.state = state
    record.isInjected = isInjected
    return record
  }

  /// A drill that was left open, whose object somebody put back.
  private func left(_ cases: String) throws -> (standIn: KubectlStandIn, rescue: DrillRescue, journal: String) {
    let record = try record(.active)
    let standIn = try KubectlStandIn(
      cases + """

        *"get configmaps"*) missing todotop-drill ;;
        *"get deployments"*) cat deployment ;;
        *"get namespaces/kube-system"*) printf %s '\(DrillRig.clusterUID)' ;;
        *"patch leases"*) cat lease ;;
        *"delete --raw"*) touch deleted; echo '{}' ;;
        """)
    let subject = try #require(record.change.subject)
    try standIn.keep(try #require(cluster.read(subject)), as: "deployment")
    guard case .create(_, let manifest)? = DrillLock.taking(.lease, for: record, holder: "ann@one", at: cluster.now)
    else { throw CancellationError() }
    let metadata = try #require(manifest["metadata"]).with("uid", .text("l1")).with("resourceVersion", .text("1"))
    try standIn.keep(manifest.with("metadata", metadata), as: "lease")
    let folder = try JournalFolder(standIn.folder.path + "/drills")
    try #require(try DrillJournal.open(record.id, in: folder)).append(record)
    return (standIn, DrillRescue(standIn.tools(folder)), folder.path(of: record.id))
  }

  private func index(_ words: String, _ count: Int, in calls: [String]) -> Int? {
    calls.indices.filter { calls[$0].contains(words) }.dropFirst(count - 1).first
  }

  @Test func `a watchdog waits until the lock can be read, and tries again to take it away`() throws {
    let (standIn, rescue, journal) = try left(
      """
      *"get leases"*)
        if [ -f deleted ]; then missing todotop-drill; fi
        if [ "$(count leases)" -le 2 ]; then \(Self.refused); fi
        cat lease ;;
      *"delete --raw"*)
        if [ "$(count deletions)" -le 1 ]; then refuse 'error: unexpected EOF'; fi
        touch deleted; echo '{}' ;;
      """)
    #expect(rescue.watch(journal) {}.hasSuffix("somebody else put it back"))
    let calls = standIn.calls
    let read = try #require(index("get leases", 3, in: calls))
    let look = try #require(index("get deployments", 1, in: calls))
    #expect(look > read, "\(calls)")
    #expect(index("delete --raw", 2, in: calls) != nil && index("delete --raw", 3, in: calls) == nil, "\(calls)")
    #expect(FileManager.default.fileExists(atPath: standIn.folder.path + "/deleted"))
  }

  @Test func `a lock that comes to light only afterwards is taken away too`() throws {
    let (standIn, rescue, _) = try left(
      """
      *"get leases"*)
        if [ -f deleted ] || [ "$(count leases)" -le 1 ]; then missing todotop-drill; fi
        cat lease ;;
      """)
    let found = try #require(rescue.find(in: nil).open.first)
    #expect(try rescue.undo(found)?.state == .restoredByOther)
    #expect(FileManager.default.fileExists(atPath: standIn.folder.path + "/deleted"), "\(standIn.calls)")
  }

  @Test func `without its lock a drill is not undone, unless the rights do not suffice to read one`() throws {
    let (_, rescue, _) = try left("*\"get leases\"*) \(Self.refused) ;;")
    let found = try #require(rescue.find(in: nil).open.first)
    #expect(found.obstacle.contains("its lock cannot be read now"))
    #expect(try rescue.undo(found) == nil)
    let (_, other, _) = try left(
      "*\"get leases\"*) refuse 'Error from server (Forbidden): leases is forbidden: no right' ;;")
    let free = try #require(other.find(in: nil).open.first)
    #expect(try free.obstacle.isEmpty && other.undo(free)?.state == .restoredByOther)
  }

  @Test func `a process that is undoing is not stuck, however long the cluster is away`() throws {
    for (state, isStuck) in [(DrillState.injecting, true), (.active, true), (.undoing, false)] {
      var record = try record(state)
      record.injectedAt = cluster.now
      #expect(glances(at: record, until: 149).allSatisfy { !$0 })
      #expect(glances(at: record, until: 151).last == isStuck, "\(state)")
    }
  }

  /// What two glances a second say of a drill of 120 s until some seconds after its change was sent.
  private func glances(at record: DrillRecord, until end: Int64) -> [Bool] {
    var stall = DrillStall()
    return (0...end * 2).map { stall.isSeen(in: record, uptime: .milliseconds(700_000 + $0 * 500)) }
  }

  @Test(arguments: [-3_600, 3_600])
  func `a clock that is set makes no process stuck, and one that has just woken is not`(step: Int64) throws {
    var record = try record(.active)
    // What the journal says, by a clock that is another by now.
    record.injectedAt = cluster.now.advanced(by: .seconds(step))
    #expect(glances(at: record, until: 149).allSatisfy { !$0 } && glances(at: record, until: 151).last == true)
    var stall = DrillStall()
    let seen = [10, 10_000].map { stall.isSeen(in: record, uptime: .seconds($0)) }
    #expect(seen == [false, false])
  }

  /// What comes of asking for the lock.
  private func taking(_ cases: String) throws -> (input: DrillCourse.Input, calls: [String]) {
    let standIn = try KubectlStandIn(cases)
    var locking = DrillLocking(DrillKubectl(standIn.kubectl), holder: "ann@one")
    let input = locking.take(for: try record(.recorded, isInjected: false), at: cluster.now)
    return (input, standIn.calls)
  }

  private static let other = "printf %s '{\"metadata\":{\"uid\":\"l2\"},\"spec\":{\"holderIdentity\":\"bob@two\"}}'"
  private static let forbidden = "refuse 'Error from server (Forbidden): x is forbidden: no right'"
  /// May make ConfigMaps and no Leases.
  private static let mapsOnly = """
    *"create --filename=-"*) if [ "$(count creations)" -le 1 ]; then \(forbidden); fi; echo '{"metadata":{"uid":"m1"}}' ;;
    *"delete --raw"*) echo '{}' ;;
    """
  private static let nothing = "*\"create --filename=-\"*) \(forbidden) ;;"

  @Test func `a lock of any form keeps others out, whatever rights they have`() throws {
    let lease = "\n*\"get leases\"*) \(Self.other) ;;\n*\"get configmaps\"*) missing todotop-drill ;;"
    let map = """

      *"get leases"*) missing todotop-drill ;;
      *"get configmaps"*) printf %s '{"metadata":{"uid":"m2"},"data":{"holderIdentity":"bob@two"}}' ;;
      """
    let (taken, calls) = try taking(Self.mapsOnly + lease)
    #expect(taken == .lockTaken(by: "bob@two"))
    #expect(calls.contains { $0.contains("delete --raw=/api/v1/namespaces/todo/configmaps/todotop-drill") })
    #expect(try taking(Self.nothing + lease).input == .lockTaken(by: "bob@two"))
    #expect(try taking(Self.nothing + map).input == .lockTaken(by: "bob@two"))
    let free = "\n*\"get leases\"*|*\"get configmaps\"*) missing todotop-drill ;;"
    #expect(try taking(Self.mapsOnly + free).input == .locked(.configMap))
    #expect(try taking(Self.nothing + free).input == .locked(.local))
  }

  @Test func `a form that may not be read is passed over with a note, one that cannot be read is not`() throws {
    let blind = "\n*\"get leases\"*) \(Self.forbidden) ;;\n*\"get configmaps\"*) missing todotop-drill ;;"
    let (input, _) = try taking(Self.mapsOnly + blind)
    #expect(input == .locked(.configMap, unread: [.lease]))
    var course = DrillCourse(try record(.planned, isInjected: false))
    let moment = DrillRig(cluster).moment
    for input in [.begin, .written, input] as [DrillCourse.Input] { _ = course.take(input, at: moment) }
    #expect(course.state == .locked && course.notes.contains { $0.contains("form Lease") })
    let away = "\n*\"get leases\"*) \(Self.refused) ;;"
    guard case .lockFailed = try taking(Self.mapsOnly + away).input else { throw CancellationError() }
  }
}
