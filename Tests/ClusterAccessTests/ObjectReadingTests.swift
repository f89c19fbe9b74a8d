import ClusterModel
import Testing

@testable import ClusterAccess

/// One object in full: as its fields, and as kubectl describes it.
@Suite struct ObjectReadingTests {
  let target = ClusterTarget(kubectl: ["kubectl"], context: "c1", namespace: "todo")
  let pod = ObjectKey(.pods, namespace: "todo", name: "web-1")

  @Test func `an object is read by its path, and described by its kind and name`() throws {
    let table: [(ReadCommand, [String])] = [
      (try ReadCommand.object(pod), ["--request-timeout=20s", "get", "--raw=/api/v1/namespaces/todo/pods/web-1"]),
      (
        try ReadCommand.object(ObjectKey(.nodes, namespace: "", name: "node-1")),
        ["--request-timeout=20s", "get", "--raw=/api/v1/nodes/node-1"]
      ),
      (.describe(pod), ["--namespace=todo", "--request-timeout=20s", "describe", "pods/web-1"]),
      (
        .describe(ObjectKey(.deployments, namespace: "todo", name: "web")),
        ["--namespace=todo", "--request-timeout=20s", "describe", "deployments.apps/web"]
      ),
      (
        .describe(ObjectKey(.nodes, namespace: "", name: "node-1")),
        ["--request-timeout=20s", "describe", "nodes/node-1"]
      ),
    ]
    for (command, words) in table { #expect(try command.argv(for: target) == ["kubectl", "--context=c1"] + words) }
  }

  @Test(arguments: ["--all", "-n", "a b", "", "A", "a/b", "../secrets/x", "x?watch=1", "a\n"])
  func `names that no object can have are refused`(_ name: String) {
    for key in [ObjectKey(.pods, namespace: "todo", name: name), ObjectKey(.pods, namespace: name, name: "web")] {
      #expect(throws: AccessProblem.self) { try ReadCommand.object(key) }
      #expect(throws: AccessProblem.self) { try ReadCommand.describe(key).argv(for: target) }
    }
  }

  @Test func `a Secret is never asked for`() throws {
    let kubectl = try FakeKubectl("echo should not be asked")
    let secret = ObjectKey(.secrets, namespace: "todo", name: "key")
    #expect(throws: AccessProblem.self) { try kubectl.target.object(secret) }
    #expect(throws: AccessProblem.self) { try kubectl.target.description(of: secret) }
    #expect(kubectl.calls.isEmpty)
  }

  @Test func `the answer is a document, and a description is text`() throws {
    let kubectl = try FakeKubectl(
      #"case "$*" in *describe*) echo "Name: web-1";; *) echo '{"kind":"Pod","n":[1,true,null]}';; esac"#)
    let document = try kubectl.target.object(pod)
    #expect(document["kind"]?.asText == "Pod")
    #expect(document["n"] == .list([.number("1"), .bool(true), .null]))
    #expect(try kubectl.target.description(of: pod) == "Name: web-1\n")
  }

  /// What kubectl says, as the recorded answers have it, and the sentence for people.
  @Test(arguments: [
    (#"Error from server (NotFound): pods "web-1" not found"#, "Pod web-1 is gone; esc goes back"),
    (
      #"Error from server (Forbidden): pods "web-1" is forbidden: User "viewer" cannot get resource "pods""#,
      #"pods "web-1" is forbidden: User "viewer" cannot get resource "pods"; ask for the right to get, list, watch"#
    ),
  ])
  func `what fails is one sentence`(_ words: String, _ sentence: String) throws {
    let kubectl = try FakeKubectl("echo '\(words)' >&2; exit 1")
    let problems = [
      #expect(throws: AccessProblem.self) { try kubectl.target.object(pod) },
      #expect(throws: AccessProblem.self) { try kubectl.target.description(of: pod) },
    ]
    #expect(problems.map { $0?.description } == [sentence, sentence])
  }

  @Test func `an answer that is no object and no kubectl at all, are sentences too`() throws {
    let kubectl = try FakeKubectl("echo '<html>'")
    let problem = #expect(throws: AccessProblem.self) { try kubectl.target.object(pod) }
    #expect(problem?.sentence.contains("is no object") == true)
    let none = ClusterTarget(kubectl: [], context: "demo", namespace: nil)
    #expect(#expect(throws: AccessProblem.self) { try none.object(pod) }?.reason == .kubectlNotFound)
  }
}
