/// How kubectl is called for one cluster, frozen when the program begins: a later `kubectl config use-context` changes
/// nothing.
package struct Kubectl: Hashable, Sendable {
  /// The words that stand for kubectl: `["minikube", "kubectl", "--"]`; empty where there is none.
  package var program: [String]
  package var kubeconfig: String?
  /// Empty where there is none, as inside of a pod.
  package var context: String

  /// A way to call kubectl.
  package init(program: [String], kubeconfig: String? = nil, context: String) {
    self.program = program
    self.kubeconfig = kubeconfig
    self.context = context
  }

  /// The words that every command for the cluster begins with; every value is inside the word of its option.
  package var words: [String] { wordsWithoutContext + (context.isEmpty ? [] : ["--context=\(context)"]) }

  /// The words of a command that asks kubectl or the kubeconfig, and no cluster.
  package var wordsWithoutContext: [String] { program + (kubeconfig.map { ["--kubeconfig=\($0)"] } ?? []) }
}
