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
