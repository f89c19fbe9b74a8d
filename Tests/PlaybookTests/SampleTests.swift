import ClusterModel
import Foundation
import Testing

@testable import Playbook

/// Whether the sample is there at all.
private let hasSample = !resource("infra/helm/todo-app/Chart.yaml").isEmpty

/// The sample that comes with the program passes the checks that need no cluster and no tool.
@Suite(.enabled(if: hasSample)) struct SampleTests {
  private static let root = "/cache/sample"

  private let sample: SourceFolder = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Resources").standardized
    let all = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    let files = all.filter { path in
      let values = try? folder.appending(path: path).resourceValues(forKeys: [.isRegularFileKey])
      return values?.isRegularFile == true
    }
    let texts = SourceFolder.textsWanted(among: files).map { ($0, resource($0)) }
    return SourceFolder(root: root, paths: files, texts: Dictionary(texts) { first, _ in first })
  }()

  /// Answers from the sample's files; there is no tool.
  private func answer(_ question: FactQuestion) -> FactAnswer? {
    func below(_ path: String) -> String? {
      path.hasPrefix(Self.root + "/") ? String(path.dropFirst(Self.root.count + 1)) : nil
    }
    switch question {
    case .file(let path):
      guard let name = below(path) else { return nil }
      return sample.paths.contains(name) ? .text(resource(name)) : .absent
    case .folder(let path): return below(path).map { .entries(sample.files(below: $0)) }
    case .tool: return .missing(program: "tool")
    case .host: return nil
    }
  }

  @Test func `the sample passes the checks of its files`() throws {
    let profile = try Profile(
      yaml: resource("profiles/todo.yaml"), file: "todo.yaml", origin: .builtIn, found: FoundSources(sample: sample))
    #expect(profile.sources.images.map(\.image) == ["todo-backend:v1.0.0", "todo-frontend:v1.0.0"])
    let snapshot = World().snapshot
    var known: [FactQuestion: FactAnswer] = [:]
    for question in profile.questions(in: snapshot) { known[question] = answer(question) }
    let context = CheckContext(
      snapshot: snapshot, facts: facts(known), record: DeployRecord(), profile: profile, now: World.now)
    let kinds: Set<String> = [
      "dockerfile", "docker-ignore", "image-environment", "chart-files", "helm-template", "rendered-kinds",
      "rendered-hardening", "rewrite-target", "values-used", "build-time-variables", "no-literal-secrets",
      "environment-complete",
    ]
    for check in profile.checks where kinds.contains(check.kind.name) {
      let result = check.result(in: context)
      #expect(result.state == .holds, "\(check.id) \(check.title): \(result.evidence)")
    }
  }
}
