import ClusterModel
import Foundation
import Testing

@testable import Playbook

@Suite struct ChangeCommandTests {
  private let kubectl = Kubectl(program: ["kubectl"], context: "minikube")
  private let web = ObjectKey(.deployments, namespace: "todo", name: "web")
  private let pod = ObjectKey(.pods, namespace: "todo", name: "web-1")

  private func commands(_ verb: ChangeVerb, _ object: ObjectKey) throws -> [[String]] {
    try Change(verb, of: object, uid: UID("u1")).commands.map { try $0.argv(for: kubectl) }
  }

  private let place = ["kubectl", "--context=minikube", "--namespace=todo", "--request-timeout=20s"]

  @Test func `a restart asks whose the name is, and then uses kubectl's own verb`() throws {
    #expect(
      try commands(.restart, web) == [
        place + ["get", "deployments.apps/web", "--output=jsonpath={.metadata.uid}"],
        place + ["rollout", "restart", "deployments.apps/web"],
      ])
    #expect(
      try commands(.rollBack(revision: 4), web).last == place + [
        "rollout", "undo", "deployments.apps/web", "--to-revision=4",
      ])
  }

  @Test func `what is patched is tested first, so that it is all or nothing`() throws {
    let patch = ["patch", "deployments.apps/web", "--type=json", "--field-manager=todotop"]
    let test = #"{"op":"test","path":"/metadata/uid","value":"u1"}"#
    #expect(
      try commands(.scale(from: 2, to: 3), web) == [
        place + patch + [
          "--patch=[\(test),{\"op\":\"test\",\"path\":\"/spec/replicas\",\"value\":2},"
            + "{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":3}]"
        ]
      ])
    let image = ChangeVerb.SetImage(index: 1, container: "app", before: "app:1", after: "app:2")
    let container = "/spec/template/spec/containers/1"
    #expect(
      try commands(.setImage(image), web).first?.last
        == "--patch=[\(test),{\"op\":\"test\",\"path\":\"\(container)/name\",\"value\":\"app\"},"
        + "{\"op\":\"test\",\"path\":\"\(container)/image\",\"value\":\"app:1\"},"
        + "{\"op\":\"replace\",\"path\":\"\(container)/image\",\"value\":\"app:2\"}]")
  }

  @Test func `deletions and evictions are bound to the object that was seen`() throws {
    let delete = Change(.delete(byForce: false), of: pod, uid: UID("u1")).commands
    #expect(
      try delete.map { try $0.argv(for: kubectl) } == [
        place + ["delete", "--raw=/api/v1/namespaces/todo/pods/web-1", "--filename=-"]
      ])
    #expect(
      delete.first?.input == #"{"apiVersion":"v1","kind":"DeleteOptions","preconditions":{"uid":"u1"}}"#)
    #expect(
      Change(.delete(byForce: true), of: pod, uid: UID("u1")).commands.first?.input
        == #"{"apiVersion":"v1","gracePeriodSeconds":0,"kind":"DeleteOptions","preconditions":{"uid":"u1"}}"#)
    let evict = Change(.evict, of: pod, uid: UID("u1")).commands
    #expect(
      try evict.map { try $0.argv(for: kubectl) } == [
        place + ["create", "--raw=/api/v1/namespaces/todo/pods/web-1/eviction", "--filename=-"]
      ])
    #expect(evict.first?.input.contains(#""preconditions":{"uid":"u1"}"#) == true)
  }

  @Test func `a node has no namespace`() throws {
    let node = ObjectKey(.nodes, namespace: "", name: "node-1")
    let words = try commands(.cordon, node)[0]
    #expect(words.prefix(4) == ["kubectl", "--context=minikube", "--request-timeout=20s", "patch"])
    #expect(words[4] == "nodes/node-1")
  }

  @Test(arguments: [
    "--all", "-n kube-system", ";rm -rf ~", "$(id)", "a b", "", "-", "UPPER", "a/../b", "a\nb", "a\u{0}b", "ä",
    String(repeating: "a", count: 254),
  ])
  func `a name that Kubernetes would not allow is never put into a command`(name: String) {
    let verbs: [ChangeVerb] = [
      .restart, .scale(from: 1, to: 2), .pause, .rollBack(revision: 1), .delete(byForce: false), .evict, .cordon,
    ]
    for verb in verbs {
      for object in verb.kinds.map({ ObjectKey($0, namespace: "todo", name: name) }) {
        for command in Change(verb, of: object, uid: UID("u1")).commands {
          #expect(throws: ChangeProblem.self) { try command.argv(for: kubectl) }
        }
      }
    }
    #expect(throws: ChangeProblem.self) {
      try ChangeCommand.rolloutRestart(ObjectKey(.deployments, namespace: name, name: "web")).argv(for: kubectl)
    }
    #expect(throws: ChangeProblem.self) { try ChangeCommand.shell(pod, container: name).argv(for: kubectl) }
  }

  @Test(arguments: ["x y", "\"},{\"op\":\"remove\"", "--all", "$(id)", "'", "\\", "\n", "é"])
  func `an image is one value inside of the patch, whatever is in it`(image: String) throws {
    let change = Change(
      .setImage(ChangeVerb.SetImage(index: 0, container: "app", before: "app:1", after: image)), of: web, uid: UID("u1")
    )
    let words = try change.commands[0].argv(for: kubectl)
    #expect(words.count == place.count + 5)
    let last = try #require(words.last)
    #expect(last.hasPrefix("--patch=["))
    #expect(last.components(separatedBy: "\"op\":").count == 5)
  }

  @Test func `a name of 253 characters is a name`() throws {
    let name = String(repeating: "a", count: 253)
    #expect(
      try commands(.restart, ObjectKey(.deployments, namespace: "todo", name: name))[1].last
        == "deployments.apps/\(name)")
  }

  @Test func `a shell's container and program stand where no option can`() throws {
    #expect(
      try ChangeCommand.shell(pod, container: "app").argv(for: kubectl) == [
        "kubectl", "--context=minikube", "--namespace=todo", "exec", "--stdin", "--tty", "pod/web-1",
        "--container=app", "--", "sh",
      ])
  }

  @Test func `what can be undone has an inverse that undoes it`() throws {
    let verbs: [ChangeVerb] = [
      .scale(from: 2, to: 5), .pause, .resume, .cordon, .uncordon,
      .setImage(ChangeVerb.SetImage(index: 0, container: "app", before: "a", after: "b")),
    ]
    for verb in verbs {
      guard case .by(let inverse) = Change(verb, of: web, uid: UID("u1")).undo(revisionBefore: nil) else {
        Issue.record("\(verb) has no inverse")
        continue
      }
      #expect(Change(inverse, of: web, uid: UID("u1")).undo(revisionBefore: nil) == .by(verb))
    }
    #expect(Change(.restart, of: web, uid: UID("u1")).undo(revisionBefore: 3) == .by(.rollBack(revision: 3)))
    guard case .impossible = Change(.delete(byForce: false), of: pod, uid: UID("u1")).undo(revisionBefore: 3) else {
      Issue.record("a deleted pod does not come back")
      return
    }
  }
}
