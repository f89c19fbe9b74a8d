import ClusterModel
import Testing

@testable import Playbook

@Suite struct DrillKindTests {
  @Test func `the catalogue has each drill once, by id and by name`() {
    let wanted = [1...10, 14...14, 16...22, 24...30, 32...32].flatMap { Array($0) }.map {
      $0 < 10 ? "D0\($0)" : "D\($0)"
    }
    #expect(DrillKind.all.map(\.id) == wanted)
    #expect(Set(DrillKind.all.map(\.name)).count == DrillKind.all.count)
    for kind in DrillKind.all {
      #expect(DrillKind.named(kind.name)?.id == kind.id && DrillKind.named(kind.id.lowercased())?.id == kind.id)
      #expect(!kind.title.isEmpty && !kind.symptom.words.isEmpty && kind.symptom.window > .zero)
    }
  }

  @Test(arguments: DrillKind.all.map(\.id))
  func `the inverse applied to the changed object gives back the object, whatever its target`(id: String) throws {
    let kind = try #require(DrillKind.named(id))
    let cluster = TestCluster()
    let snapshot = try cluster.snapshot()
    let targets = kind.targets(in: snapshot, DrillRig.setting(at: cluster.now).scope)
    try #require(!targets.isEmpty)
    for target in targets {
      let document = try #require(cluster.read(target.object))
      let change = try kind.change(DrillMaterial(target, document, token: "8f3a", in: snapshot, at: cluster.now))
      #expect(!change.commands.isEmpty)
      guard let patch = change.patch else { continue }
      let changed = try #require(applying(patch.operations, to: document), "\(target.words)")
      #expect(!changed.isSame(as: document))
      #expect(patch.standing(in: changed) == .ours)
      #expect(patch.standing(in: document) == .before(isOurs: false))
      if !patch.isKept { #expect(try #require(applying(patch.inverse, to: changed)).isSame(as: document)) }
      // The server takes both on trial, and no more.
      guard case .done = cluster.answer(.tryPatch(patch.object, patch.operations)) else {
        Issue.record("the change is refused: \(cluster.answer(.tryPatch(patch.object, patch.operations)))")
        continue
      }
      if !patch.isKept {
        let answer = cluster.answer(.tryPatch(patch.object, patch.rehearsal))
        guard case .done = answer else {
          Issue.record("the undo is refused: \(answer)")
          continue
        }
      }
      #expect(cluster.accepted.isEmpty)
      let other = TestCluster(copying: cluster)
      guard case .done = other.answer(.patch(patch.object, patch.operations)) else { continue }
      #expect(other.answer(.patch(patch.object, patch.operations)) == .changed, "twice is refused")
    }
  }

  private func operations(_ kind: DrillKind, _ name: String) throws -> (change: [String], inverse: [String]) {
    let patch = try #require(try DrillRig.plan(kind, in: TestCluster(), named: name).change?.patch)
    func lines(_ operations: [PatchOperation]) -> [String] {
      operations.filter { !$0.path.hasPrefix("/metadata/uid") && $0.path != "/metadata/resourceVersion" }.map {
        "\($0.op) \($0.path)" + ($0.value.map { " \(jsonText($0))" } ?? "")
      }
    }
    #expect(patch.operations.first?.path == "/metadata/uid" && patch.operations[1].path == "/metadata/resourceVersion")
    #expect(patch.inverse.first?.path == "/metadata/uid")
    return (lines(patch.operations), lines(patch.inverse))
  }

  @Test func `a bad image is one replaced field, tested before and after`() throws {
    let container = "/spec/template/spec/containers/0"
    let (change, inverse) = try operations(.badImage, "todo-backend")
    #expect(
      change == [
        "test \(container)/name \"backend\"", "test \(container)/image \"todo-backend:v1.0.0\"",
        "replace \(container)/image \"todotop.invalid/backend:8f3a\"",
      ])
    #expect(
      inverse == [
        "test \(container)/name \"backend\"", "test \(container)/image \"todotop.invalid/backend:8f3a\"",
        "replace \(container)/image \"todo-backend:v1.0.0\"",
      ])
  }

  @Test func `what was absent is added and removed, never written empty`() throws {
    let (change, inverse) = try operations(.crashLoop, "todo-backend")
    let command = "/spec/template/spec/containers/0/command"
    let words = #"["/bin/sh","-c","echo todotop: crash; exit 1"]"#
    #expect(change.last == "add \(command) \(words)")
    #expect(inverse.suffix(2) == ["test \(command) \(words)", "remove \(command)"])
    let (selector, back) = try operations(.brokenSelector, "todo-backend")
    #expect(selector == ["add /spec/selector/todotop~1blackhole \"8f3a\""])
    #expect(back == ["test /spec/selector/todotop~1blackhole \"8f3a\"", "remove /spec/selector/todotop~1blackhole"])
  }

  @Test func `a paused rollout goes back template first, in one patch`() throws {
    let (change, inverse) = try operations(.pausedRollout, "todo-backend")
    #expect(change.first == "add /spec/paused true")
    #expect(inverse.last == "remove /spec/paused")
    #expect(inverse.first?.contains("/spec/template/metadata") == true)
  }

  @Test func `scaling to zero patches the object itself`() throws {
    let (change, inverse) = try operations(.scaleToZero, "todo-backend")
    #expect(change == ["test /spec/replicas 2", "replace /spec/replicas 0"])
    #expect(inverse == ["test /spec/replicas 0", "replace /spec/replicas 2"])
  }

  @Test func `a container that was put elsewhere in its list is not hit`() throws {
    let cluster = TestCluster()
    let patch = try #require(try DrillRig.plan(.badImage, in: cluster).change?.patch)
    let document = try #require(cluster.read(patch.object))
    let moved = try #require(
      applying(
        [PatchOperation(.replace, "/spec/template/spec/containers/0/name", .text("other"))], to: document))
    #expect(applying(patch.operations, to: moved) == nil)
  }

  @Test func `a literal password is hidden from other eyes and kept on this machine`() throws {
    let cluster = TestCluster()
    let target = try #require(
      DrillKind.badConfiguration.targets(in: cluster.snapshot(), DrillRig.setting(at: cluster.now).scope).first)
    let list = "/spec/template/spec/containers/0/env"
    let secret = DocumentValue.object(("name", .text("DATABASE_URL")), ("value", .text("postgresql://u:pass@h/d")))
    let now = try #require(cluster.read(target.object))
    let document = try #require(applying([PatchOperation(.add, list, .document(.list([secret])))], to: now))
    let change = try DrillKind.badConfiguration.change(
      DrillMaterial(target, document, token: "8f3a", in: cluster.snapshot(), at: cluster.now))
    let record = DrillRecord(
      id: "d-1", kind: .badConfiguration, target: target, namespace: "todo", cluster: DrillRig.cluster,
      change: change, limitSeconds: 60, author: "a@b", at: cluster.now)
    #expect(record.line.contains("pass"))
    #expect(!record.redacted.line.contains("pass") && record.redacted.isRedacted)
    #expect(!change.diff.joined().contains("pass") && !change.inverseDiff.joined().contains("pass"))
    #expect(try DrillRecord(line: record.line).line == record.line)
  }
}
