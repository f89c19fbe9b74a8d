import ClusterModel

/// Something outside the snapshot that a check has to know: the closed list of all that is ever looked up.
///
/// Answering one changes nothing, anywhere.
package enum FactQuestion: Hashable, Sendable {
  /// What a program says.
  case tool(ToolQuestion)
  /// The text of a file, by its path.
  case file(String)
  /// All that lies below a folder, as paths from there.
  case folder(String)
  /// The addresses of a name, as this machine resolves it.
  case host(String)
}

/// A question to a program on this machine: the closed list, each with words of its own.
package enum ToolQuestion: Hashable, Sendable {
  /// The version of the engine that Docker's client talks to.
  case dockerVersion
  /// Size, environment, user and health check of an image.
  case dockerImage(String)
  case minikubeVersion
  case minikubeStatus
  case minikubeAddons
  /// The images that Minikube's nodes hold.
  case minikubeImages
  case helmVersion
  case helmLint(chart: String, values: [String])
  /// The manifests that a chart gives.
  case helmTemplate(chart: String, release: String, namespace: String, values: [String])
  case helmStatus(release: String, namespace: String)
  case helmHistory(release: String, namespace: String)
  case kubectlVersion
  /// The UID of the namespace `kube-system`: it tells clusters apart.
  case clusterUID
  /// The keys of a Secret, each with the length of its value and whether it looks like a placeholder; never a value.
  case secretShape(name: String, namespace: String)
  /// Who wrote the fields of an object, and its Helm labels.
  case ownership(ObjectKey)
  /// What one pod answers on a path, asked through the API server.
  case podHealth(pod: String, namespace: String, port: Int, path: String)
  /// The last lines of a container.
  case logTail(LogTarget, lines: Int)
  /// Files of a repository that look as if they held a secret: names and line numbers only.
  case committedSecrets(folder: String)
  /// The version and help of an AI tool.
  case aiTool(AITool)
}

/// An AI tool of the showcase.
package enum AITool: String, CaseIterable, Hashable, Sendable { case gordon, kubectlAI = "kubectl-ai", kagent }
