import ClusterModel

extension RemedyMaker {
  /// How long a build is allowed, whatever its goal.
  private static let buildTimeLimit = Duration.seconds(1_200)
  /// How long anything else is allowed that a profile names.
  private static let usualTimeLimit = Duration.seconds(600)
  /// How long a build should take at most.
  private static let buildGoal = Duration.seconds(300)

  /// A command of a profile, pointed to the cluster that is shown.
  func command(of words: [String]) throws(RemedyProblem) -> RemedyCommand {
    guard let first = words.first, !first.isEmpty else { throw RemedyProblem("a remedy without a program") }
    // kubectl by its path is kubectl all the same.
    let name = first.split(separator: "/").last.map(String.init) ?? first
    let program = ToolPrograms.names.contains(name) ? name : first
    let rest = Array(words.dropFirst())
    let shown = words.joined(separator: " ")
    if let option = Self.redirection(in: [program] + rest) {
      throw RemedyProblem(
        "“\(shown)” names a cluster of its own by \(option); take that out of the profile: the one on the screen counts"
      )
    }
    switch program {
    case "kubectl":
      return try kubectl(["--namespace=\(checkedNamespace())"] + rest, timeLimit: Self.usualTimeLimit)
    case "helm":
      let after = programs.kubectl.helmWords + ["-n", try checkedNamespace()] + rest
      return command(program, programs.helm, after, isPlayed: programs.isPlayed)
    case "minikube":
      return command(
        program, programs.minikube, programs.kubectl.minikubeProfile + rest, isPlayed: programs.isPlayed)
    case "docker": return command(program, programs.docker, rest, isPlayed: programs.isPlayed)
    default:
      guard context.profile.origin != .builtIn else {
        throw RemedyProblem("\(program) is none of the programs that are run")
      }
      guard !programs.isPlayed else {
        throw RemedyProblem("“\(shown)” is not run in the demo: only kubectl runs there, and the demo plays the rest")
      }
      return command(program, [program], rest, isPlayed: false)
    }
  }

  private func command(_ name: String, _ program: [String], _ rest: [String], isPlayed: Bool) -> RemedyCommand {
    let image = builtImage([name] + rest)
    return RemedyCommand(
      words: [name] + rest, argv: program + rest,
      timeLimit: image == nil ? Self.usualTimeLimit : Self.buildTimeLimit, isSimulated: isPlayed,
      timedAs: image.map { "build \($0)" } ?? "", goal: image == nil ? nil : Self.buildGoal)
  }

  /// The name of the image that a command builds; `nil` for other commands.
  private func builtImage(_ words: [String]) -> String? {
    guard ["docker", "minikube", "podman", "nerdctl"].contains(words[0]), words.contains("build") else { return nil }
    return context.profile.sources.images.first { image in
      words.contains { $0 == image.image || $0.hasSuffix("=\(image.image)") }
    }?.name
  }

  /// An option that would point a program to another cluster than the one that is shown.
  private static func redirection(in words: [String]) -> String? {
    let names: [String: [String]] = [
      "kubectl": [
        "--context", "--kubeconfig", "--cluster", "--server", "-s", "--user", "--token", "--as", "--as-group",
        "--as-uid", "--certificate-authority", "--client-key", "--client-certificate", "--insecure-skip-tls-verify",
        "--tls-server-name", "--username", "--password", "--namespace", "-n", "--all-namespaces", "-A",
      ],
      "helm": [
        "--kube-context", "--kubeconfig", "--kube-apiserver", "--kube-token", "--kube-as-user", "--kube-as-group",
        "--kube-ca-file", "--kube-insecure-skip-tls-verify", "--kube-tls-server-name", "--namespace", "-n",
      ],
      "minikube": ["-p", "--profile", "kubectl", "ssh"],
    ]
    guard let list = names[words[0]] else { return nil }
    // One letter of several behind one dash counts as well: `-As=URL`.
    let letters = Set(list.filter { !$0.hasPrefix("--") && $0.hasPrefix("-") }.compactMap(\.last))
    // Behind `--` stand the words of another program.
    for word in words.dropFirst().prefix(while: { $0 != "--" }) {
      for name in list {
        if word == name || word.hasPrefix(name + "=") { return name }
        // `-sURL` and `-pNAME` are one word.
        if !name.hasPrefix("--"), name.hasPrefix("-"), word.hasPrefix(name), !word.hasPrefix("--") { return name }
      }
      if word.hasPrefix("-"), !word.hasPrefix("--"),
        let letter = word.prefix(while: { $0 != "=" }).first(where: letters.contains)
      {
        return "-\(letter)"
      }
    }
    return nil
  }
}
