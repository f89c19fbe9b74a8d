import ClusterModel

/// The commands that carry out a remedy on this machine and cluster, in their order; or in a sentence why there are none.
///
/// - Parameter secretValues: What a person gave for the keys of the Secret; `nil` where nobody was asked.
package func commands(
  for step: RemedyStep, in context: CheckContext, programs: ToolPrograms, secretValues: [String: String]? = nil
) -> Result<[RemedyCommand], RemedyProblem> {
  let maker = RemedyMaker(context: context, programs: programs)
  do {
    switch step {
    case .words(let words): return .success([try maker.command(of: words)])
    case .deployChart: return .success(try maker.deploy())
    case .createSecret: return .success(try maker.createSecret(secretValues))
    }
  } catch {
    return .failure(error)
  }
}

/// Makes commands of remedies: exact words, and none of them secret.
struct RemedyMaker {
  let context: CheckContext
  let programs: ToolPrograms

  /// The namespace of the application: its own, else the one that is read.
  var namespace: String { context.profile.namespace ?? context.namespace ?? "default" }

  /// How long kubectl may take for what is done at once.
  static let shortTimeLimit = Duration.seconds(60)

  /// The namespace, once it is sure that it can be a name.
  func checkedNamespace() throws(RemedyProblem) -> String {
    guard isObjectName(namespace) else { throw RemedyProblem("“\(namespace)” cannot be the name of a namespace") }
    return namespace
  }

  /// A command of kubectl, shown as it runs.
  func kubectl(
    _ words: [String], input: String = "", isInputSecret: Bool = false, timeLimit: Duration = shortTimeLimit,
    goal: Duration? = nil
  ) throws(RemedyProblem) -> RemedyCommand {
    guard !programs.kubectl.program.isEmpty else {
      throw RemedyProblem("kubectl is missing; install it, or name it with --kubectl")
    }
    let all = programs.kubectl.words + words
    return RemedyCommand(
      words: all, argv: all, input: input, isInputSecret: isInputSecret, timeLimit: timeLimit, goal: goal)
  }

  /// Makes the namespace; nothing where it is seen to be there.
  func namespaceCommands() throws(RemedyProblem) -> [RemedyCommand] {
    let namespace = try checkedNamespace()
    let snapshot = context.snapshot
    // Kubernetes gives every namespace a ConfigMap of its own.
    let signs: [ResourceKind] = [.configMaps, .pods, .services]
    if signs.contains(where: { !snapshot.keys(of: $0, in: namespace).isEmpty }) { return [] }
    return [
      try kubectl(
        ["apply", "--server-side", "--field-manager=\(ChangeCommand.fieldManager)", "--filename=-"],
        input: jsonText(NamespaceObject(namespace)) + "\n")
    ]
  }
}

/// A namespace, as the API server takes it.
private struct NamespaceObject: Encodable {
  struct Metadata: Encodable { let name: String }

  let apiVersion = "v1"
  let kind = "Namespace"
  let metadata: Metadata

  init(_ name: String) { metadata = Metadata(name: name) }
}
