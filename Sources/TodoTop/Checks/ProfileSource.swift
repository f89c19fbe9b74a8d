import ClusterModel
import Dashboard
import Operations
import Playbook

/// All that decides which profile counts, read once at the start: files of the user, and where sources were found.
struct ProfileSource: Sendable {
  private let named: ProfileChoice.File?
  private let inFolder: ProfileChoice.File?
  private let found: FoundSources
  /// The built-in profile that counts, whatever the cluster looks like.
  private let builtIn: BuiltIn?
  /// Which tour counts.
  let tours: TourChoice

  /// The profiles that come with the program, as `--profile` names them.
  enum BuiltIn: String { case todo, generic }

  /// The file that is looked for in the working folder.
  static let usualName = "todotop.yaml"
  /// The tour that is looked for there.
  static let usualTourName = "todotop-tour.yaml"

  /// Reads what the command line and the working folder say; in the demo the working folder is not asked.
  ///
  /// - Throws: ``StartProblem`` where a file that was named cannot be read.
  init(_ arguments: Arguments) throws(StartProblem) {
    let path = arguments.profile
    builtIn =
      path.flatMap(BuiltIn.init) ?? (path == nil && (arguments.demo || arguments.command == .deploy) ? .todo : nil)
    if let path, builtIn == nil {
      guard let text = textFile(path) else {
        throw StartProblem("The profile \(path) cannot be read: no plain file of at most 4 MiB.", exitCode: 2)
      }
      named = ProfileChoice.File(path: path, text: text)
    } else {
      named = nil
    }
    let paths = arguments.demo ? [] : WorkingFolder.paths()
    inFolder =
      path == nil && paths.contains(Self.usualName)
      ? ProfileChoice.File(path: "./\(Self.usualName)", text: textFile(Self.usualName)) : nil
    tours = TourChoice(
      own: Self.tourFile(arguments, paths), builtIn: SampleFolder.text("tour.yaml") ?? "", words: Command.allWords)
    let sample = try SampleFolder()
    found = FoundSources(
      working: Self.folder(".", paths), sample: Self.folder(sample.path, SampleFolder.names))
  }

  /// The tour that the user named, or the one of the working folder.
  private static func tourFile(_ arguments: Arguments, _ paths: [String]) -> ProfileChoice.File? {
    if let path = arguments.tour { return ProfileChoice.File(path: path, text: textFile(path)) }
    guard paths.contains(usualTourName) else { return nil }
    return ProfileChoice.File(path: "./\(usualTourName)", text: textFile(usualTourName))
  }

  /// Whether it is known which one counts without a look at the cluster.
  var isDecided: Bool { builtIn != nil || named != nil || inFolder != nil }

  /// What decides for a cluster; `nil` for recordings, which use no profile.
  static func forCluster(_ arguments: Arguments) throws(StartProblem) -> ProfileSource? {
    guard arguments.from.isEmpty, arguments.replayedFile == nil else { return nil }
    return try ProfileSource(arguments)
  }

  /// What is wrong with the profile that was to be used; `nil` where nothing is.
  var problem: String? { choice(for: Snapshot()).problem.map { "\($0)" } }

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
      found: found, snapshot: snapshot, isTodo: builtIn.map { $0 == .todo })
  }
}
