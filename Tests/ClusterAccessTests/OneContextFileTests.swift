import Foundation
import Testing

@testable import ClusterAccess

@Suite struct OneContextFileTests {
  private let answer = """
    case "$*" in
      *"config view --minify --flatten -o json"*) echo '{"kind": "Config", "apiVersion": "v1", "current-context": "a",
        "contexts": [{"name": "a", "context": {"cluster": "c", "user": "u", "namespace": "other"}}],
        "clusters": [{"name": "c", "cluster": {"server": "https://127.0.0.1:1"}}],
        "users": [{"name": "u", "user": {"token": "t0ken"}}]}';;
      *) exit 1;;
    esac
    """

  @Test func `one context with the namespace is written for its owner alone, and removed`() throws {
    let kubectl = try FakeKubectl(answer)
    let target = ClusterTarget(kubectl: ["\(kubectl.folder)/kubectl"], context: "a", namespace: "todo")
    let file = try OneContextFile(of: target, namespace: "todo")
    #expect(kubectl.calls == ["--context=a config view --minify --flatten -o json"])
    let text = try String(contentsOfFile: file.path, encoding: .utf8)
    #expect(text.contains(#""namespace":"todo""#) && !text.contains("other") && text.contains("t0ken"))
    let modes = try [file.path, (file.path as NSString).deletingLastPathComponent].map {
      try FileManager.default.attributesOfItem(atPath: $0)[.posixPermissions] as? Int
    }
    #expect(modes == [0o600, 0o700])
    file.remove()
    #expect(!FileManager.default.fileExists(atPath: (file.path as NSString).deletingLastPathComponent))
  }

  @Test(arguments: [
    "{}", "", #"{"contexts": []}"#, #"{"contexts": null}"#,
    #"{"contexts": [{"name": "a", "context": {}}, {"name": "b", "context": {}}]}"#,
  ])
  func `without exactly one context there is nothing to hand on`(text: String) {
    #expect(throws: AccessProblem.self) { try OneContextFile.configuration(Array(text.utf8), namespace: "todo") }
  }

  @Test func `a namespace that was not there is added`() throws {
    let text = try OneContextFile.configuration(
      Array(#"{"contexts": [{"name": "a", "context": {"cluster": "c"}}]}"#.utf8), namespace: "todo")
    #expect(text == #"{"contexts":[{"name":"a","context":{"cluster":"c","namespace":"todo"}}]}"# + "\n")
  }
}
