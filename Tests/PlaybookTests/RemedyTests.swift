import ClusterModel
import Testing

@testable import Playbook

/// The commands of remedies, word for word.
@Suite struct RemedyTests {
  private let programs = ToolPrograms(
    kubectl: Kubectl(program: ["kubectl"], kubeconfig: "/k", context: "work"), docker: ["docker"])
  private let released = FactQuestion.tool(.helmStatus(release: "todo", namespace: "ns"))

  private func context(
    helm: FactAnswer? = nil, manifests: String? = nil, isSample: Bool = true, status: String = "deployed",
    history: String = "[]", origin: Profile.Origin = .builtIn
  ) -> CheckContext {
    var sources = Sources()
    sources.chart = Sources.Place("infra/helm/todo-app", isSample: isSample)
    sources.manifests = Sources.Place("m.yaml", isSample: true)
    sources.values = [Sources.Place("v.yaml", isSample: isSample)]
    sources.release = "todo"
    sources.images = [
      Sources.Image(name: "backend", image: "todo-backend:v1", dockerfile: nil, context: nil, maxMegabytes: nil)
    ]
    let profile = Profile(
      origin: origin, name: "Todo", namespace: "ns",
      workloads: [ObjectKey(.deployments, namespace: "ns", name: "todo-backend")], sources: sources,
      secret: Profile.SecretKeys(name: "todo-secrets", required: ["DATABASE_URL"], optional: ["OPENAI_API_KEY"]),
      phases: [])
    var facts = Facts()
    let now = Timestamp("2026-11-21T12:00:00Z") ?? Timestamp(nanoseconds: 0)
    func know(_ question: FactQuestion, _ answer: FactAnswer?) {
      if let answer { facts.merge([question: Fact(answer, readAt: now)]) }
    }
    know(.tool(.helmVersion), helm)
    know(.file("m.yaml"), manifests.map { .text($0) })
    know(
      released,
      .ended(
        code: 0, output: "{\"info\":{\"status\":\"\(status)\",\"last_deployed\":\"2026-11-21T11:48:00Z\"}}",
        errorText: ""))
    know(
      .tool(.helmHistory(release: "todo", namespace: "ns")), .ended(code: 0, output: history, errorText: ""))
    return CheckContext(snapshot: Snapshot(), facts: facts, record: DeployRecord(), profile: profile, now: now)
  }

  private func lines(_ result: Result<[RemedyCommand], RemedyProblem>) throws -> [String] {
    try result.get().map { $0.argv.joined(separator: " ") }
  }

  private func problem(_ result: Result<[RemedyCommand], RemedyProblem>) -> String? {
    if case .failure(let problem) = result { problem.sentence } else { nil }
  }

  private func helm(_ version: String) -> FactAnswer { .ended(code: 0, output: version, errorText: "") }

  @Test func `Helm 3 and Helm 4 get the flags of their own`() throws {
    let head =
      "helm --kubeconfig=/k --kube-context=work upgrade --install todo infra/helm/todo-app -n ns --create-namespace --wait "
    let tail = " --timeout 5m -f v.yaml --set secrets.existingSecret=todo-secrets"
    let third = commands(for: .deployChart, in: context(helm: helm("v3.18.4+gd80839c")), programs: programs)
    #expect(try lines(third) == [head + "--atomic" + tail])
    let fourth = commands(for: .deployChart, in: context(helm: helm("v4.0.1")), programs: programs)
    #expect(try lines(fourth) == [head + "--rollback-on-failure" + tail])
    #expect(try fourth.get().first?.goal == .seconds(180))
    let second = commands(for: .deployChart, in: context(helm: helm("v2.17.0")), programs: programs)
    #expect(problem(second)?.contains("too old") == true)
    let own = commands(for: .deployChart, in: context(helm: helm("v3.1"), isSample: false), programs: programs)
    #expect(try lines(own)[0].hasSuffix("-f v.yaml"))
  }

  @Test func `a release in the middle of something is explained with the way out`() {
    let history = """
      [{"revision":3,"status":"superseded"},{"revision":4,"status":"deployed"},{"revision":5,"status":"pending-upgrade"}]
      """
    let upgrade = commands(
      for: .deployChart, in: context(helm: helm("v3.18.4"), status: "pending-upgrade", history: history),
      programs: programs)
    #expect(problem(upgrade)?.contains("pending-upgrade for 12m") == true)
    #expect(problem(upgrade)?.contains("“helm rollback todo 4 -n ns”") == true)
    let install = commands(
      for: .deployChart,
      in: context(
        helm: helm("v3.18.4"), status: "pending-install", history: "[{\"revision\":1,\"status\":\"pending-install\"}]"),
      programs: programs)
    #expect(problem(install)?.contains("“helm uninstall todo -n ns”") == true)
  }

  private let manifests = "kind: ConfigMap\nmetadata:\n  name: c\n  namespace: todo\n"

  @Test func `without helm the manifests are applied and seen through`() throws {
    let missing = FactAnswer.missing(program: "helm")
    let result = commands(for: .deployChart, in: context(helm: missing, manifests: manifests), programs: programs)
    let kubectl = "kubectl --kubeconfig=/k --context=work "
    #expect(
      try lines(result) == [
        kubectl + "apply --server-side --field-manager=todotop --filename=-",
        kubectl + "--namespace=ns apply --server-side --field-manager=todotop --filename=-",
        kubectl + "--namespace=ns rollout status deployments.apps/todo-backend --timeout=180s",
      ])
    let made = try result.get()
    #expect(made[0].input == "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"ns\"}}\n")
    #expect(made[1].input.contains("namespace: ns") && !made[1].input.contains("namespace: todo"))
    #expect(made.allSatisfy { !$0.isSimulated })
    let own = commands(
      for: .deployChart, in: context(helm: missing, manifests: manifests, isSample: false), programs: programs)
    #expect(problem(own)?.contains("needs helm: install it") == true)
    let unread = commands(for: .deployChart, in: context(helm: missing), programs: programs)
    #expect(problem(unread)?.contains("m.yaml") == true)
    #expect(problem(commands(for: .deployChart, in: context(), programs: programs))?.contains("not known yet") == true)
  }

  @Test func `in the demo deploying is kubectl's, and the rest is played`() throws {
    let played = ToolPrograms(
      kubectl: Kubectl(program: ["kubectl"], context: "todotop-demo"), docker: ["todotop", "demo", "--play"],
      isPlayed: true)
    let deploy = commands(
      for: .deployChart, in: context(helm: helm("v3.18.4"), manifests: manifests), programs: played)
    #expect(try lines(deploy).allSatisfy { $0.hasPrefix("kubectl ") })
    let build = commands(
      for: .words(["docker", "build", "-t", "todo-backend:v1", "b"]), in: context(), programs: played)
    let command = try #require(try build.get().first)
    #expect(command.words == ["docker", "build", "-t", "todo-backend:v1", "b"])
    #expect(command.argv == ["todotop", "demo", "--play", "build", "-t", "todo-backend:v1", "b"])
    #expect(command.isSimulated && command.timedAs == "build backend" && command.goal == .seconds(300))
    let other = commands(
      for: .words(["make", "all"]), in: context(origin: .user(path: "p")), programs: played)
    #expect(problem(other)?.contains("not run in the demo") == true)
  }

  @Test func `no secret is in a word of any command`() throws {
    let values = ["DATABASE_URL": "postgres://me:hunter2@db/x", "OPENAI_API_KEY": "hunter2", "OTHER": "hunter2"]
    let result = commands(for: .createSecret, in: context(), programs: programs, secretValues: values)
    let made = try result.get()
    #expect(made.count == 2)
    #expect(!made.contains { ($0.argv + $0.words).contains { $0.contains("hunter2") } })
    #expect(made[1].isInputSecret && !made[0].isInputSecret)
    #expect(
      made[1].input == """
        {"apiVersion":"v1","kind":"Secret","metadata":{"name":"todo-secrets","namespace":"ns"},\
        "stringData":{"DATABASE_URL":"postgres://me:hunter2@db/x","OPENAI_API_KEY":"hunter2"},"type":"Opaque"}

        """)
    let unasked = commands(for: .createSecret, in: context(), programs: programs)
    #expect(problem(unasked)?.contains("--secrets -") == true)
    let empty = commands(for: .createSecret, in: context(), programs: programs, secretValues: ["DATABASE_URL": ""])
    #expect(problem(empty) == "the Secret todo-secrets needs values for DATABASE_URL")
    let demo = ToolPrograms(kubectl: Kubectl(program: ["kubectl"], context: "d"), isPlayed: true)
    let invented = try commands(for: .createSecret, in: context(), programs: demo).get()
    #expect(invented[1].input.contains("not-a-real-password"))
  }

  @Test func `words of a profile stay words, and stay with the cluster that is shown`() throws {
    func words(_ words: String..., origin: Profile.Origin = .workingFolder(path: "todotop.yaml")) -> Result<
      [RemedyCommand], RemedyProblem
    > { commands(for: .words(words), in: context(origin: origin), programs: programs) }
    #expect(
      try lines(words("kubectl", "create", "; rm -rf /", "$(x)"))
        == ["kubectl --kubeconfig=/k --context=work --namespace=ns create ; rm -rf / $(x)"])
    #expect(try words("kubectl", "a b").get()[0].argv.last == "a b")
    #expect(try lines(words("minikube", "image", "load", "x")) == ["minikube -p work image load x"])
    #expect(try lines(words("helm", "test", "todo")) == ["helm --kubeconfig=/k --kube-context=work -n ns test todo"])
    #expect(try lines(words("make", "images")) == ["make images"])
    #expect(problem(words("make", "images", origin: .builtIn)) == "make is none of the programs that are run")
    for bad in [
      ["kubectl", "get", "--context=prod"], ["kubectl", "-shttp://x"], ["helm", "list", "--kube-context", "prod"],
      ["minikube", "-p", "other", "delete"], ["kubectl", "delete", "--kubeconfig", "x"],
      ["kubectl", "get", "pods", "-As=http://x"], ["kubectl", "delete", "pods", "-n", "kube-system"],
      ["kubectl", "delete", "pods", "--all-namespaces"], ["/usr/bin/kubectl", "get", "--as=root"],
      ["helm", "uninstall", "todo", "-n", "other"], ["minikube", "kubectl", "--", "delete", "ns", "todo"],
      ["minikube", "ssh", "reboot"],
    ] {
      let result = commands(for: .words(bad), in: context(), programs: programs)
      #expect(problem(result)?.contains("a cluster of its own") == true, "\(bad)")
    }
    #expect(problem(commands(for: .words([]), in: context(), programs: programs)) == "a remedy without a program")
  }
}
