import ClusterModel

/// How kubectl is called for one cluster, frozen when the program begins: a later `kubectl config use-context` changes
/// nothing.
package struct Kubectl: Hashable, Sendable {
  /// The words that stand for kubectl: `["minikube", "kubectl", "--"]`.
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

  /// The words that every command begins with; every value is inside the word of its option.
  package var words: [String] {
    program + (kubeconfig.map { ["--kubeconfig=\($0)"] } ?? []) + (context.isEmpty ? [] : ["--context=\(context)"])
  }
}

/// Whether Kubernetes allows it as the name of an object (RFC 1123): what is not one is never put into a command.
package func isObjectName(_ name: String) -> Bool {
  let isLetterOrDigit: (UInt8) -> Bool = { (97...122).contains($0) || (48...57).contains($0) }
  return name.utf8.count <= 253 && name.utf8.first.map(isLetterOrDigit) == true
    && name.utf8.last.map(isLetterOrDigit) == true
    && name.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
}
