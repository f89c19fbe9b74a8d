import ClusterModel
import Playbook
import Subprocess
import Testing

@testable import ClusterAccess

/// The exact words of every question to a program, and what is refused.
@Suite struct ToolQuestionTests {
  private let programs = ToolPrograms(
    kubectl: Kubectl(program: ["kubectl"], kubeconfig: "/k", context: "work"), docker: ["docker"],
    minikube: ["minikube"], helm: ["helm"])

  private func words(_ question: ToolQuestion) throws -> [String] {
    try question.argv(for: programs).map { $0.joined(separator: " ") }
  }

  @Test func `each question has its words`() throws {
    let cases: [(ToolQuestion, [String])] = [
      (.dockerVersion, ["docker version --format {{.Server.Version}}"]),
      (.dockerImage("todo-backend:v1.0.0"), ["docker image inspect todo-backend:v1.0.0"]),
      (.minikubeVersion, ["minikube version --short"]),
      (.minikubeStatus, ["minikube -p work status -o json"]),
      (.minikubeAddons, ["minikube -p work addons list -o json"]),
      (.minikubeImages, ["minikube -p work image ls --format json"]),
      (.helmVersion, ["helm version --template {{.Version}}"]),
      (.helmLint(chart: "infra/helm/x", values: ["v.yaml"]), ["helm lint infra/helm/x -f v.yaml"]),
      (
        .helmTemplate(chart: "c", release: "todo", namespace: "ns", values: ["a", "b"]),
        ["helm template todo c -n ns -f a -f b"]
      ),
      (
        .helmStatus(release: "todo", namespace: "ns"),
        ["helm --kubeconfig=/k --kube-context=work status todo -n ns -o json"]
      ),
      (
        .helmHistory(release: "todo", namespace: "ns"),
        ["helm --kubeconfig=/k --kube-context=work history todo -n ns -o json"]
      ),
      (.kubectlVersion, ["kubectl --kubeconfig=/k version --client -o json"]),
      (
        .podHealth(pod: "p-1", namespace: "ns", port: 8000, path: "/health"),
        [
          "kubectl --kubeconfig=/k --context=work --request-timeout=20s get --raw=/api/v1/namespaces/ns/pods/p-1:8000/proxy/health"
        ]
      ),
      (.aiTool(.gordon), ["docker ai version"]), (.aiTool(.kubectlAI), ["kubectl-ai version", "kubectl-ai --help"]),
      (.aiTool(.kagent), ["kagent --help"]),
    ]
    for (question, expected) in cases { #expect(try words(question) == expected) }
    #expect(try words(.committedSecrets(folder: "/r"))[0].hasPrefix("git -C /r -c core.fsmonitor=false grep -nIE "))
  }

  @Test func `the usual Minikube is named as well: another one may be the chosen one`() throws {
    let usual = ToolPrograms(kubectl: Kubectl(program: ["kubectl"], context: "minikube"))
    #expect(
      try ToolQuestion.minikubeStatus.argv(for: usual) == [["minikube", "-p", "minikube", "status", "-o", "json"]])
  }

  @Test func `no name becomes an option or leads elsewhere`() throws {
    let bad: [ToolQuestion] = [
      .dockerImage("--help"), .dockerImage("a b"), .helmStatus(release: "-n", namespace: "ns"),
      .helmTemplate(chart: "c", release: "todo", namespace: "--x", values: []),
      .secretShape(name: "--all", namespace: "ns"), .secretShape(name: "s", namespace: "-A"),
      .podHealth(pod: "a/../../x", namespace: "ns", port: 1, path: "/"),
      .podHealth(pod: "p", namespace: "ns", port: 1, path: "/../../../secrets/s"),
      .podHealth(pod: "p", namespace: "ns", port: 1, path: "/%2e%2e/x"),
      .ownership(ObjectKey(.secrets, namespace: "ns", name: "-oyaml")),
    ]
    for question in bad { #expect(throws: AccessProblem.self) { try question.argv(for: programs) } }
    #expect(try words(.helmLint(chart: "-x", values: ["-"])) == ["helm lint ./-x -f ./-"])
  }

  @Test func `of a release nothing is kept that could be secret`() throws {
    let said = """
      {"name":"todo","info":{"status":"deployed","last_deployed":"2026-11-21T10:00:00Z","notes":"password hunter2",
      "description":"Upgrade complete"},"config":{"secrets":{"databaseUrl":"hunter2"}},"manifest":"hunter2","version":3,
      "namespace":"ns"}
      """
    let answer = ToolQuestion.helmStatus(release: "todo", namespace: "ns").reduced(finished(said))
    guard case .ended(0, let output, _) = answer else { return #expect(Bool(false), "\(answer)") }
    #expect(!output.contains("hunter2"))
    #expect(output.contains("\"status\":\"deployed\"") && output.contains("\"version\":3"))
  }

  @Test func `values of rendered Secrets are hidden, their keys and emptiness are not`() {
    let said = """
      ---
      apiVersion: v1
      kind: Secret
      metadata:
        name: s
      stringData:
        DATABASE_URL: "hunter2"
        EMPTY: ""
        LONG: |
          hunter2
          more: hunter2
      type: Opaque
      ---
      kind: Deployment
      spec:
        env:
        - name: DATABASE_URL
          value: postgres://me:hunter2@host/db
        - name: X
          valueFrom: {secretKeyRef: {name: s, key: DATABASE_URL}}
      ---
      apiVersion: v1
      kind: "Secret"
      data: {A: aHVudGVyMg==, B: hunter2}
      ---
      {"kind": "Secret", "data": {"A": "hunter2"}}
      """
    let text = redactedManifests(said)
    #expect(!text.contains("hunter2") && !text.contains("aHVudGVyMg"))
    #expect(text.contains("  DATABASE_URL: •••") && text.contains("  EMPTY: \"\"") && text.contains("  LONG: •••"))
    #expect(text.contains("type: Opaque") && text.contains("secretKeyRef: {name: s, key: DATABASE_URL}"))
  }

  @Test func `what kubectl prints of a template that failed is thrown away`() {
    let failed = Finished(
      end: .exited(1), stdout: Array("raw data was: map[A:aHVudGVyMg==]".utf8),
      stderr: Array("error: template failed".utf8))
    let question = ToolQuestion.secretShape(name: "s", namespace: "ns")
    #expect(question.reduced(failed) == .ended(code: 1, output: "", errorText: "error: template failed"))
    #expect(
      question.reduced(finished("A\t12\tok\nraw hunter2\nB\t0\tplaceholder\n"))
        == .ended(code: 0, output: "A\t12\tok\nB\t0\tplaceholder\n", errorText: ""))
  }

  @Test func `a committed secret is a place and a name`() {
    let lines = [
      "app/.env\u{0}3:OPENAI_API_KEY=sk-abcdefghijklmnopqrstuv",
      "a b.py\u{0}12\u{0}url = 'postgres://me:hunter22@db/x'",
      ".env.example\u{0}1:API_KEY=your-key-goes-here-123", "x\u{0}7:password_hash = 1",
    ]
    #expect(
      CommittedSecret.found(in: lines.joined(separator: "\n"))
        == "app/.env:3:API key\na b.py:12:URL with a password\n")
  }

  private func finished(_ text: String) -> Finished { Finished(end: .exited(0), stdout: Array(text.utf8), stderr: []) }
}
