import ClusterModel

/// The options that choose a cluster, as given on the command line.
package struct TargetOptions: Hashable, Sendable {
  /// The command that stands for kubectl; split at spaces, so that `minikube kubectl --` works.
  package var kubectl = "kubectl"
  package var kubeconfig: String?
  package var context: String?
  package var namespace: String?
  package var isAllNamespaces = false

  /// Nothing chosen: kubectl's own defaults.
  package init() {}
}

/// The cluster that is read, frozen at start: a later `kubectl config use-context` changes nothing.
package struct ClusterTarget: Hashable, Sendable {
  /// The leading words of every command; empty where the cluster is read without kubectl.
  package var kubectl: [String]
  package var kubeconfig: String?
  package var context: String
  package var cluster: String
  /// The namespace read; `nil` for all.
  package var namespace: String?
  /// The address of the API server.
  package var server: String

  /// A target whose parts are known.
  package init(
    kubectl: [String], kubeconfig: String? = nil, context: String, cluster: String = "", namespace: String?,
    server: String = ""
  ) {
    self.kubectl = kubectl
    self.kubeconfig = kubeconfig
    self.context = context
    self.cluster = cluster
    self.namespace = namespace
    self.server = server
  }

  /// How kubectl is called for this cluster; without a program where it is read without kubectl.
  package var calledKubectl: Kubectl { Kubectl(program: kubectl, kubeconfig: kubeconfig, context: context) }
}
