import ClusterAccess
import ClusterModel
import Foundation
import JSON
import Playbook
import Testing

extension OneAfterTheOther {
  /// What is looked up by the real kubectl, and by the programs that the demo plays.
  @Suite(.serialized) struct FactTests {
    @Test func `the real kubectl answers without a value of a Secret`() throws {
      let demo = try DemoProcess()
      let pod = try #require(demo.podNames().first { $0.hasPrefix("todo-backend-") })
      let programs = ToolPrograms(
        kubectl: Kubectl(program: ["kubectl"], kubeconfig: demo.kubeconfig, context: "todotop-demo"))
      let shape = FactQuestion.tool(.secretShape(name: "todo-secrets", namespace: "todo"))
      let health = FactQuestion.tool(.podHealth(pod: pod, namespace: "todo", port: 8_000, path: "/health/live"))
      let closed = FactQuestion.tool(.podHealth(pod: pod, namespace: "todo", port: 9, path: "/"))
      let uid = FactQuestion.tool(.clusterUID)
      let secret = FactQuestion.tool(.ownership(ObjectKey(.secrets, namespace: "todo", name: "todo-secrets")))
      let gone = FactQuestion.tool(.secretShape(name: "no-such", namespace: "todo"))
      let container = LogTarget(namespace: "todo", pod: pod, container: "backend")
      let log = FactQuestion.tool(.logTail(container, lines: 5))
      let reader = FactReader(programs, timeLimit: .seconds(20)) { Timestamp(nanoseconds: 1) }
      let facts = reader.answers([shape, health, closed, uid, secret, gone, log]).mapValues(\.answer)
      #expect(
        facts[shape]
          == .ended(
            code: 0, output: "BETTER_AUTH_SECRET\t17\tok\nDATABASE_URL\t61\tok\nNEON_DB_URL\t61\tok\n", errorText: ""))
      guard case .ended(0, let body, _)? = facts[health] else { return #expect(Bool(false), "\(facts)") }
      #expect(body.contains("\"status\":\"ok\"") && body.contains(pod))
      guard case .ended(1, "", let refusal)? = facts[closed] else { return #expect(Bool(false), "\(facts)") }
      #expect(refusal.contains("connection refused"))
      guard case .ended(0, let id, _)? = facts[uid] else { return #expect(Bool(false), "\(facts)") }
      #expect(UUID(uuidString: id) != nil)
      guard case .ended(0, let owner, _)? = facts[secret] else { return #expect(Bool(false), "\(facts)") }
      #expect(owner.contains("\"meta.helm.sh/release-name\":\"todo\"") && owner.contains("f:DATABASE_URL"))
      #expect(!owner.contains("postgresql"))
      var reader2 = JSONReader()
      #expect(try reader2.read(Array(owner.utf8)) { ($0["metadata"]?["managedFields"]?.elementCount ?? 0) > 0 })
      guard case .ended(1, "", let missing)? = facts[gone] else { return #expect(Bool(false), "\(facts)") }
      #expect(missing.contains("NotFound"))
      guard case .ended(0, let lines, _)? = facts[log] else { return #expect(Bool(false), "\(facts)") }
      #expect((1...5).contains(lines.split(separator: "\n").count))
    }

    @Test func `placeholders and empty values are told by kubectl itself`() throws {
      let demo = try DemoProcess("--scenario", "bare")
      let words = [
        "create", "secret", "generic", "s", "-n", "default", "--from-literal=A=changeme", "--from-literal=B=",
        "--from-literal=C=your-key-here", "--from-literal=D=<key>", "--from-literal=E=x", "--from-literal=F=r3al-v4lue",
        "--from-literal=G=YOUR_KEY",
      ]
      let made = try run(["kubectl", "--kubeconfig", demo.kubeconfig] + words)
      #expect(made.exitCode == 0, "\(made.errors)")
      let programs = ToolPrograms(kubectl: Kubectl(program: ["kubectl"], kubeconfig: demo.kubeconfig, context: ""))
      let shape = FactQuestion.tool(.secretShape(name: "s", namespace: "default"))
      let facts = FactReader(programs, timeLimit: .seconds(20)) { Timestamp(nanoseconds: 1) }.answers([shape])
      let expected =
        "A\t8\tplaceholder\nB\t0\tok\nC\t13\tplaceholder\nD\t5\tplaceholder\nE\t1\tok\nF\t10\tok\nG\t8\tplaceholder\n"
      #expect(facts[shape]?.answer == .ended(code: 0, output: expected, errorText: ""))
    }

    @Test func `the program plays docker, Minikube and helm for its demo`() throws {
      let folder = FileManager.default.temporaryDirectory.appending(path: "todotop-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      try "FROM scratch\nCOPY a b\n".write(
        to: folder.appending(path: "Dockerfile"), atomically: true, encoding: .utf8)
      func words(_ tool: String) -> [String] {
        [
          programPath, "demo", "--play", tool, "--state", folder.path, "--scenario", "bare", "--speed", "100", "--",
        ]
      }
      let programs = ToolPrograms(
        kubectl: Kubectl(program: ["kubectl"], context: "todotop-demo"), docker: words("docker"),
        minikube: words("minikube"), helm: words("helm"), isPlayed: true)
      let reader = FactReader(programs, timeLimit: .seconds(20)) { Timestamp(nanoseconds: 1) }
      let image = FactQuestion.tool(.dockerImage("todo-backend:v1.0.0"))
      let status = FactQuestion.tool(.minikubeStatus)
      let before = reader.answers([image, status, .tool(.helmVersion)])
      guard case .ended(1, _, let errors)? = before[image]?.answer else { return #expect(Bool(false), "\(before)") }
      #expect(errors.contains("No such image") && before[image]?.isSimulated == true)
      guard case .ended(0, let json, _)? = before[status]?.answer else { return #expect(Bool(false), "\(before)") }
      #expect(json.contains("\"Name\":\"todotop-demo\""))
      let build = try run(words("docker") + ["build", "-t", "todo-backend:v1.0.0", folder.path])
      #expect(build.exitCode == 0 && build.output.contains("(played by the demo)"))
      guard case .ended(0, let inspection, _)? = reader.answers([image])[image]?.answer else {
        return #expect(Bool(false))
      }
      #expect(inspection.contains("\"Size\":151204377"))
      let unknown = try run(words("helm") + ["upgrade", "--install", "x", "y"])
      #expect(unknown.exitCode == 1 && unknown.errors.contains("kubectl"))
      let outside = try run([programPath, "--play", "docker", "--", "version"])
      #expect(outside.exitCode == 2)
      #expect(try !run([programPath, "--help"]).output.contains("--play"))
    }

    @Test func `the program holds the files of Resources, all of them`() throws {
      let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
      let check = try run([root.appending(path: "script/resources").path, "--check"])
      #expect(check.exitCode == 0, "\(check.errors)")
    }
  }
}
