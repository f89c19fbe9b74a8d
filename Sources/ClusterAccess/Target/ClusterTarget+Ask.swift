import JSON
import Subprocess

extension ClusterTarget {
  /// How long one question to the server may take.
  static let askTimeLimit = ReadCommand.requestTimeLimit + .seconds(5)

  /// Asks the server for its version: `v1.32.4`.
  package func serverVersion() throws(AccessProblem) -> String {
    let answer = try run(.getRaw(path: "/version"), timeLimit: Self.askTimeLimit)
    var reader = JSONReader()
    return (try? reader.read(answer.stdout) { $0["gitVersion"]?.string ?? "" }) ?? ""
  }

  /// Asks whether metrics are served; `nil` when they are, else why not and what to do.
  package func metricsProblem() -> AccessProblem? {
    do {
      _ = try run(.getRaw(path: "/apis/metrics.k8s.io/v1beta1"), timeLimit: Self.askTimeLimit)
      return nil
    } catch {
      guard error.reason != .forbidden else { return error }
      return AccessProblem(
        .other, "metrics.k8s.io is not served (\(error.sentence))",
        nextStep: "install metrics-server; on Minikube: minikube addons enable metrics-server")
    }
  }

  /// Asks for the names of all namespaces, in order.
  ///
  /// - Throws: ``AccessProblem``, also where the user may not list them.
  package func namespaces() throws(AccessProblem) -> [String] {
    guard !kubectl.isEmpty else {
      throw AccessProblem(.kubectlNotFound, "kubectl is missing", nextStep: "install kubectl")
    }
    let answer = try run(.namespaces, timeLimit: Self.askTimeLimit)
    return names(in: answer.outputText).map { $0.hasPrefix("namespace/") ? String($0.dropFirst(10)) : $0 }
  }

  /// Asks kubectl which contexts its configuration has, in order; the server is not asked.
  package static func contexts(_ options: TargetOptions) throws(AccessProblem) -> [String] {
    let words = options.kubectl.split(separator: " ").map(String.init)
    guard !words.isEmpty else { throw AccessProblem(.badOption, "--kubectl names no program") }
    let target = ClusterTarget(kubectl: words, kubeconfig: options.kubeconfig, context: "", namespace: nil)
    return names(in: try target.run(.contexts, timeLimit: resolveTimeLimit).outputText)
  }
}

/// More names than this are no list to choose from.
private let namesMax = 10_000

private func names(in output: String) -> [String] {
  output.split(whereSeparator: \.isNewline).prefix(namesMax).map(String.init).filter { !$0.isEmpty }.sorted()
}
