import ClusterModel

/// How the programs of this machine are called.
package struct ToolPrograms: Hashable, Sendable {
  package var kubectl: Kubectl
  /// The words that stand for each program: `["docker"]`.
  package var docker: [String]
  package var minikube: [String]
  package var helm: [String]
  /// Whether the demo plays docker, minikube and helm: then nothing is built or started on this machine.
  package var isPlayed: Bool

  /// The names of the programs: no other program of this machine is called for a profile.
  package static let names: Set = ["kubectl", "helm", "minikube", "docker"]

  /// The programs of this machine by their own names.
  package init(
    kubectl: Kubectl, docker: [String] = ["docker"], minikube: [String] = ["minikube"], helm: [String] = ["helm"],
    isPlayed: Bool = false
  ) {
    self.kubectl = kubectl
    self.docker = docker
    self.minikube = minikube
    self.helm = helm
    self.isPlayed = isPlayed
  }
}

extension Kubectl {
  /// The words that point Minikube to the cluster: its profile is named like the context.
  package var minikubeProfile: [String] { context.isEmpty ? [] : ["-p", context] }

  /// The words that point helm to the cluster; every value is inside the word of its option.
  package var helmWords: [String] {
    (kubeconfig.map { ["--kubeconfig=\($0)"] } ?? []) + (context.isEmpty ? [] : ["--kube-context=\(context)"])
  }
}

/// A path that no program takes for an option or for its standard input.
package func safePath(_ path: String) -> String { path.hasPrefix("-") ? "./" + path : path }

/// Whether a text can name an image; nothing that can is taken for an option.
package func isImageName(_ text: String) -> Bool {
  let isLetterOrDigit = { (byte: UInt8) in byte.isASCIILetter || byte.isASCIIDigit }
  return text.utf8.count <= 512 && text.utf8.first.map(isLetterOrDigit) == true
    && text.utf8.allSatisfy { isLetterOrDigit($0) || "._-/:@".utf8.contains($0) }
}
