import ClusterModel
import Playbook

/// The closed list of all that programs other than kubectl are ever asked; none of it changes anything.
extension ToolQuestion {
  /// The words of each of its commands, in order; all but a few have one.
  ///
  /// - Throws: ``AccessProblem`` for a name that could be taken for an option.
  package func argv(for programs: ToolPrograms) throws(AccessProblem) -> [[String]] {
    if case .podHealth(let pod, let namespace, _, let path) = self {
      try checkName(namespace, as: "namespace")
      try checkName(pod, as: "pod")
      // Such parts could lead out of the pod's own paths.
      guard !path.contains(".."), !path.contains("%") else {
        throw AccessProblem(.badOption, "“\(path)” is no path that is asked of a pod")
      }
    }
    if let command = readCommand { return [try command.argv(for: ClusterTarget(programs.kubectl))] }
    let docker = programs.docker
    let minikube = programs.minikube + programs.kubectl.minikubeProfile
    switch self {
    case .dockerVersion: return [docker + ["version", "--format", "{{.Server.Version}}"]]
    case .dockerImage(let image): return [docker + ["image", "inspect", try checkedImage(image)]]
    case .minikubeVersion: return [programs.minikube + ["version", "--short"]]
    case .minikubeStatus: return [minikube + ["status", "-o", "json"]]
    case .minikubeAddons: return [minikube + ["addons", "list", "-o", "json"]]
    case .minikubeImages: return [minikube + ["image", "ls", "--format", "json"]]
    case .committedSecrets(let folder): return [CommittedSecret.argv(in: folder)]
    case .aiTool(.gordon): return [docker + ["ai", "version"]]
    case .aiTool(.kubectlAI): return [["kubectl-ai", "version"], ["kubectl-ai", "--help"]]
    case .aiTool(.kagent): return [["kagent", "--help"]]
    default: return [try helmWords(programs)]
    }
  }

  /// What kubectl is asked; `nil` for the other programs.
  var readCommand: ReadCommand? {
    switch self {
    case .kubectlVersion: .clientVersion
    case .clusterUID: .clusterUID
    case .secretShape(let name, let namespace): .secretShape(name: name, namespace: namespace)
    case .ownership(let object): .ownership(object)
    case .podHealth(let pod, let namespace, let port, let path):
      .getRaw(path: "/api/v1/namespaces/\(namespace)/pods/\(pod):\(port)/proxy\(path.hasPrefix("/") ? "" : "/")\(path)")
    case .logTail(let container, let lines): .logs(container, LogOpening(.start(.tail(lines: lines)), follows: false))
    default: nil
    }
  }

  private func helmWords(_ programs: ToolPrograms) throws(AccessProblem) -> [String] {
    let access = programs.helm + programs.kubectl.helmWords
    switch self {
    case .helmLint(let chart, let values):
      return programs.helm + ["lint", safePath(chart)] + valueWords(values)
    case .helmTemplate(let chart, let release, let namespace, let values):
      try checkName(release, as: "release")
      try checkName(namespace, as: "namespace")
      return programs.helm + ["template", release, safePath(chart), "-n", namespace] + valueWords(values)
    case .helmStatus(let release, let namespace):
      try checkName(release, as: "release")
      try checkName(namespace, as: "namespace")
      return access + ["status", release, "-n", namespace, "-o", "json"]
    case .helmHistory(let release, let namespace):
      try checkName(release, as: "release")
      try checkName(namespace, as: "namespace")
      return access + ["history", release, "-n", namespace, "-o", "json"]
    default: return programs.helm + ["version", "--template", "{{.Version}}"]
    }
  }

  private func valueWords(_ values: [String]) -> [String] { values.flatMap { ["-f", safePath($0)] } }
}

extension ClusterTarget {
  /// The cluster of a way to call kubectl.
  init(_ kubectl: Kubectl) {
    self.init(kubectl: kubectl.program, kubeconfig: kubectl.kubeconfig, context: kubectl.context, namespace: nil)
  }
}

/// Refuses what cannot name an image.
private func checkedImage(_ image: String) throws(AccessProblem) -> String {
  guard isImageName(image) else { throw AccessProblem(.badOption, "“\(image)” cannot be the name of an image") }
  return image
}
