import Testing

@testable import ClusterAccess

@Suite struct ClusterTargetTests {
  let answers = """
    case "$*" in
      *version*) echo '{"clientVersion": {"gitVersion": "v1.32.4"}}';;
      *--context=nope*) echo 'error: cannot locate context nope' >&2; exit 1;;
      *) echo '{"contexts": [{"name": "a", "context": {"cluster": "ca", "user": "u", "namespace": "todo"}}],
           "clusters": [{"name": "ca", "cluster": {"server": "https://127.0.0.1:6443"}}], "current-context": "a"}';;
    esac
    """

  func options(_ kubectl: FakeKubectl, _ change: (inout TargetOptions) -> Void = { _ in }) -> TargetOptions {
    var options = TargetOptions()
    options.kubectl = "\(kubectl.folder)/kubectl"
    change(&options)
    return options
  }

  @Test func `takes context, cluster, namespace and server from kubectl, once`() throws {
    let kubectl = try FakeKubectl(answers)
    let target = try ClusterTarget.resolve(options(kubectl))
    #expect(
      target
        == ClusterTarget(
          kubectl: ["\(kubectl.folder)/kubectl"], context: "a", cluster: "ca", namespace: "todo",
          server: "https://127.0.0.1:6443"))
    #expect(kubectl.calls == ["config view --minify -o json"])
    #expect(target.kubectlVersion() == "v1.32.4")
    #expect(kubectl.calls.last == "version --client -o json")
  }

  @Test func `what the user asks for wins`() throws {
    let kubectl = try FakeKubectl(answers)
    let own = try ClusterTarget.resolve(
      options(kubectl) {
        $0.namespace = "other"
        $0.kubeconfig = "/tmp/k"
      })
    #expect(own.namespace == "other")
    #expect(own.kubeconfig == "/tmp/k")
    #expect(kubectl.calls.contains("--kubeconfig=/tmp/k config view --minify -o json"))
    #expect(try ClusterTarget.resolve(options(kubectl) { $0.isAllNamespaces = true }).namespace == nil)
  }

  @Test func `a wrong context and an answer that is none are problems of words`() throws {
    let answering = try FakeKubectl(answers)
    let options = options(answering) { $0.context = "nope" }
    let wrong = #expect(throws: AccessProblem.self) { try ClusterTarget.resolve(options) }
    #expect(wrong?.reason == .unknownContext)
    let kubectl = try FakeKubectl("echo hello")
    let strange = self.options(kubectl)
    let problem = #expect(throws: AccessProblem.self) { try ClusterTarget.resolve(strange) }
    #expect(problem?.sentence.hasPrefix("kubectl's configuration cannot be understood") == true)
  }

  @Test func `no program is no kubectl`() {
    var options = TargetOptions()
    options.kubectl = "  "
    let empty = options
    #expect(throws: AccessProblem.self) { try ClusterTarget.resolve(empty) }
  }
}
