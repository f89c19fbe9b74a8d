import ClusterModel
import Operations
import Playbook

/// All that decides which profile counts, read once at the start: files of the user, and where sources were found.
struct ProfileSource: Sendable {
  private let named: ProfileChoice.File?
  private let inFolder: ProfileChoice.File?
  private let found: FoundSources
  /// Whether the application is known to be the built-in one, whatever the cluster looks like.
  private let isTodo: Bool

  /// The file that is looked for in the working folder.
  static let usualName = "todotop.yaml"

  /// Reads what the command line and the working folder say; in the demo the working folder is not asked.
  ///
  /// - Throws: ``StartProblem`` where a file that was named cannot be read.
  init(_ arguments: Arguments) throws(StartProblem) {
    isTodo = arguments.demo && arguments.profile == nil
    named = try arguments.profile.map { path throws(StartProblem) in
      guard let text = textFile(path) else {
        throw StartProblem("The profile \(path) cannot be read: no file of at most 1 MiB.", exitCode: 2)
      }
      return ProfileChoice.File(path: path, text: text)
    }
    let paths = isTodo ? [] : WorkingFolder.paths()
    inFolder =
      arguments.profile == nil && paths.contains(Self.usualName)
      ? textFile(Self.usualName).map { ProfileChoice.File(path: "./\(Self.usualName)", text: $0) } : nil
    let sample = try SampleFolder()
    found = FoundSources(
      working: Self.folder(".", paths), sample: Self.folder(sample.path, SampleFolder.names))
  }

  private static func folder(_ root: String, _ paths: [String]) -> SourceFolder {
    let texts = SourceFolder.textsWanted(among: paths).reduce(into: [String: String]()) { texts, path in
      texts[path] = textFile(root == "." ? path : "\(root)/\(path)")
    }
    return SourceFolder(root: root, paths: paths, texts: texts)
  }

  /// The profile that counts for what the cluster looks like.
  func choice(for snapshot: Snapshot) -> ProfileChoice {
    ProfileChoice(
      named: named, inFolder: inFolder,
      builtIn: ProfileChoice.BuiltIn(
        todo: SampleFolder.text("profiles/todo.yaml") ?? "", generic: SampleFolder.text("profiles/generic.yaml") ?? ""),
      found: found, snapshot: snapshot, isTodo: isTodo)
  }
}
