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
}
