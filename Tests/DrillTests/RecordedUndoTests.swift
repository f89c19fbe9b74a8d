import ClusterModel
import Foundation
import Testing

@testable import Playbook

/// A change, its undo and the fields given back are the requests that were recorded with a real cluster.
@Suite struct RecordedUndoTests {
  private struct Recorded {
    private let steps: [DocumentValue]

    init(_ name: String) throws {
      let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/undo/\(name).json")
      steps = try DocumentValue.read(Array(Data(contentsOf: url))).elements
    }

    /// The object as it then was.
    func object(_ step: String) throws -> DocumentValue {
      try #require(steps.first { $0["step"]?.asText == step }?["object"], "\(step)")
    }

    /// The patch that was sent.
    func patch(_ step: String) throws -> DocumentValue {
      let words = try #require(steps.first { $0["step"]?.asText == step }?["argv"]).elements
      let index = try #require(words.firstIndex(of: .text("-p")))
      return try DocumentValue.read(Array((words[index + 1].asText ?? "").utf8))
    }

    /// The places that are tested and not changed.
    func anchors(_ edits: [FieldEdit]) throws -> [String] {
      try patch("inject").elements.compactMap { $0["path"]?.asText }.filter { path in
        path.hasPrefix("/spec") && !edits.contains { $0.path == path }
      }
    }

    /// The fields that were changed: what is written, and what was there before.
    func edits(in before: DocumentValue) throws -> [FieldEdit] {
      try patch("inject").elements.filter { $0["op"] != .text("test") }.compactMap { operation in
        guard let path = operation["path"]?.asText, path != "/metadata/resourceVersion" else { return nil }
        return operation["value"].map { FieldEdit(path, of: before, to: $0) }
      }
    }
  }

  /// Whether all that was recorded is asked for, nothing else is written, and whose the object is comes first.
  private func same(_ operations: [PatchOperation], _ recorded: DocumentValue) throws {
    let ours = try DocumentValue.read(Array(jsonText(operations).utf8)).elements.map(\.sorted)
    let theirs = recorded.elements.map(\.sorted)
    func isWrite(_ operation: DocumentValue) -> Bool { operation["op"] != .text("test") }
    #expect(ours.first == theirs.first)
    #expect(Set(theirs).isSubset(of: ours), "\(ours.map(\.text))")
    #expect(Set(ours.filter(isWrite)) == Set(theirs.filter(isWrite)))
  }

  @Test(arguments: [
    "deployment-image", "deployment-replicas", "deployment-memory-limit", "service-selector", "ingress-backend",
  ])
  func `every request is the recorded one, and every state is told`(name: String) throws {
    let recorded = try Recorded(name)
    let before = try recorded.object("before")
    let kind = before["kind"]?.asText
    let resource = try #require(DrillResource.allCases.first { $0.kindName == kind })
    let uid = UID(before[pointer: "/metadata/uid"]?.asText ?? "")
    let object = DrillObject(resource, namespace: "drills", name: "web", uid: uid)
    let edits = try recorded.edits(in: before)
    let patch = DrillPatch(object, before, anchors: try recorded.anchors(edits), edits: edits)
    try same(patch.operations, recorded.patch("inject"))
    try same(patch.inverse, recorded.patch("undo values"))

    #expect(patch.standing(in: before) == .before(isOurs: false))
    #expect(patch.standing(in: try recorded.object("active")) == .ours)
    let back = try recorded.object("values back")
    #expect(patch.standing(in: back) == .before(isOurs: true))
    #expect(patch.standing(in: try recorded.object("restored")) == .before(isOurs: false))

    let given = try #require(Ownership.returning(to: patch.ownersBefore, in: back, uid: uid))
    let sent = try recorded.patch("give ownership back").elements
    #expect(given.map(\.path) == sent.map { $0["path"]?.asText })
    let ours = try DocumentValue.read(Array(jsonText(given).utf8)).elements
    func entries(_ list: DocumentValue?) -> [String] { (list?["value"]?.elements ?? []).map(\.sorted.text).sorted() }
    #expect(entries(ours.last) == entries(sent.last))
  }

  @Test func `a colleague's fields are left to the colleague when ours are given back`() throws {
    let recorded = try Recorded("deployment-image")
    let before = try recorded.object("before")
    let owners = Ownership.entries(of: before)
    // Nothing of ours is in it: there is nothing to give back.
    #expect(Ownership.returning(to: owners, in: before, uid: UID("u")) == nil)
    let back = try recorded.object("values back")
    let now = try DocumentValue.read(
      Array(back.text.split(separator: "\"manager\":\"todotop\"").joined(separator: "\"manager\":\"someone\"").utf8))
    #expect(Ownership.returning(to: owners, in: now, uid: UID("u")) == nil)
  }
}
