import ClusterModel
import Foundation
import Playbook
import Subprocess
import Testing

@testable import ClusterAccess

/// What is looked up on this machine, by stand-ins for the programs.
@Suite struct FactReaderTests {
  private let moment = Timestamp(nanoseconds: 1_000_000_000)

  private func reader(_ programs: ToolPrograms, timeLimit: Duration = .seconds(5)) -> FactReader {
    FactReader(programs, timeLimit: timeLimit) { [moment] in moment }
  }

  private func answer(_ reader: FactReader, _ question: FactQuestion) -> FactAnswer? {
    reader.answers([question])[question]?.answer
  }

  @Test func `programs are missing, fail, hang and print too much`() throws {
    let standIn = try FakeKubectl(
      """
      case "$*" in
        *version*) echo 1.2.3;;
        *status*) echo broken >&2; exit 7;;
        *addons*) sleep 30;;
        *image*) head -c 5000000 /dev/zero | tr '\\0' x;;
      esac
      """)
    let program = ["\(standIn.folder)/kubectl"]
    let programs = ToolPrograms(
      kubectl: Kubectl(program: program, context: ""), docker: ["todotop-no-such-program"], minikube: program,
      helm: program)
    let reader = reader(programs, timeLimit: .seconds(1))
    let questions: [FactQuestion] = [
      .tool(.dockerVersion), .tool(.minikubeVersion), .tool(.minikubeAddons), .tool(.minikubeImages),
      .tool(.helmStatus(release: "r", namespace: "n")), .tool(.helmStatus(release: "--x", namespace: "n")),
    ]
    let found = reader.answers(questions).mapValues(\.answer)
    #expect(found[questions[0]] == .missing(program: "todotop-no-such-program"))
    #expect(found[questions[1]] == .ended(code: 0, output: "1.2.3\n", errorText: ""))
    #expect(found[questions[2]] == .late(seconds: 1))
    #expect(found[questions[3]] == .failed("the answer is larger than 4 MiB"))
    #expect(found[questions[4]] == .ended(code: 7, output: "", errorText: "broken\n"))
    guard case .failed(let sentence)? = found[questions[5]] else { return #expect(Bool(false)) }
    #expect(sentence.contains("--x"))
  }

  @Test func `what was cancelled is left out`() throws {
    let standIn = try FakeKubectl("sleep 30")
    let programs = ToolPrograms(kubectl: Kubectl(program: ["\(standIn.folder)/kubectl"], context: ""))
    let start = monotonicTime()
    #expect(reader(programs).answers([.tool(.clusterUID)]) { monotonicTime() - start > .milliseconds(200) }.isEmpty)
  }

  @Test func `the demo's answers say so, and its helm has no releases`() throws {
    let standIn = try FakeKubectl("echo '[]'")
    let program = ["\(standIn.folder)/kubectl"]
    let programs = ToolPrograms(
      kubectl: Kubectl(program: program, context: ""), docker: program, minikube: program, helm: program,
      isPlayed: true)
    let questions: [FactQuestion] = [
      .tool(.dockerVersion), .tool(.kubectlVersion), .tool(.helmStatus(release: "r", namespace: "n")),
    ]
    let found = reader(programs).answers(questions)
    #expect(questions.map { found[$0]?.isSimulated } == [true, false, true])
    #expect(found[questions[2]]?.answer == .missing(program: "helm"))
    #expect(found[questions[0]]?.readAt == moment)
  }

  @Test func `files and folders are bounded, and links lead nowhere`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "todotop-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let deep = folder.appending(path: "infra/helm/templates")
    try FileManager.default.createDirectory(at: deep, withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      at: folder.appending(path: "node_modules/x"), withIntermediateDirectories: true)
    try "a: 1\n".write(to: deep.appending(path: "a.yaml"), atomically: true, encoding: .utf8)
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "outside"), withDestinationURL: URL(filePath: "/etc"))
    try Data(count: 1 << 21).write(to: folder.appending(path: "large"))
    let path = folder.path
    let reader = reader(ToolPrograms(kubectl: Kubectl(program: [], context: "")))
    #expect(
      answer(reader, .folder(path))
        == .entries([
          "infra/", "infra/helm/", "infra/helm/templates/", "infra/helm/templates/a.yaml", "large", "node_modules/",
          "outside",
        ]))
    #expect(answer(reader, .folder(path + "/none")) == .absent)
    #expect(answer(reader, .file(path + "/infra/helm/templates/a.yaml")) == .text("a: 1\n"))
    #expect(answer(reader, .file(path + "/none")) == .absent)
    #expect(answer(reader, .file(path + "/large")) == .failed("\(path)/large is larger than 1 MiB"))
    #expect(answer(reader, .file(path)) == .failed("\(path) is no plain file"))
    #expect(answer(reader, .file("/dev/zero")) == .failed("/dev/zero is no plain file"))
    #expect(answer(reader, .tool(.clusterUID)) == .missing(program: "kubectl"))
  }

  @Test func `names of hosts are resolved`() {
    let reader = reader(ToolPrograms(kubectl: Kubectl(program: [], context: "")))
    guard case .addresses(let addresses)? = answer(reader, .host("localhost")) else { return #expect(Bool(false)) }
    #expect(addresses.contains("127.0.0.1") || addresses.contains("::1"))
    #expect(answer(reader, .host("-x")) == .failed("“-x” cannot be the name of a host"))
  }

  @Test func `committed secrets are found in a real repository`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "todotop-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    _ = try Child.run(["git", "init", "-q", folder], timeLimit: .seconds(20))
    try "# configuration\nDATABASE_URL=postgresql://me:hunter2hunter2@db.host/x\n"
      .write(toFile: folder + "/.env", atomically: true, encoding: .utf8)
    try "API_KEY=${API_KEY}\nDATABASE_URL=postgresql://user:password@localhost/x\n"
      .write(toFile: folder + "/.env.example", atomically: true, encoding: .utf8)
    _ = try Child.run(["git", "-C", folder, "add", "-A"], timeLimit: .seconds(20))
    let reader = reader(ToolPrograms(kubectl: Kubectl(program: [], context: "")))
    #expect(
      answer(reader, .tool(.committedSecrets(folder: folder)))
        == .ended(code: 0, output: ".env:2:URL with a password\n", errorText: ""))
  }
}
