import JSON
import Subprocess

extension ClusterTarget {
  /// How long kubectl may take to read its own configuration; a wrapper may have to download it first.
  package static let resolveTimeLimit: Duration = .seconds(30)

  /// Asks kubectl once which cluster the options mean; the server is not asked.
  ///
  /// - Throws: ``AccessProblem``, also when kubectl is missing.
  package static func resolve(_ options: TargetOptions) throws(AccessProblem) -> ClusterTarget {
    let words = options.kubectl.split(separator: " ").map(String.init)
    guard !words.isEmpty else { throw AccessProblem(.badOption, "--kubectl names no program") }
    if let namespace = options.namespace { try checkName(namespace, as: "namespace") }
    var target = ClusterTarget(
      kubectl: words, kubeconfig: options.kubeconfig, context: options.context ?? "", namespace: options.namespace)
    do {
      let answer = try target.run(.configuration, timeLimit: resolveTimeLimit)
      try target.adopt(configuration: answer.stdout)
    } catch  where error.reason == .noKubeconfig && options.context == nil && options.kubeconfig == nil {
      guard target.adoptServiceAccount() else { throw error }
    }
    if options.isAllNamespaces { target.namespace = nil }
    return target
  }

  /// What `kubectl version` says of itself: `v1.32.4`; empty where it does not answer, which is no failure.
  ///
  /// Reading a cluster does not need it, so only who shows it waits for it.
  package func kubectlVersion() -> String {
    guard let answer = try? run(.clientVersion, timeLimit: Self.resolveTimeLimit) else { return "" }
    var reader = JSONReader()
    return (try? reader.read(answer.stdout) { $0["clientVersion"]?["gitVersion"]?.string ?? "" }) ?? ""
  }

  /// Runs one command to its end; a failure of kubectl is thrown.
  func run(
    _ command: ReadCommand, timeLimit: Duration, limitBytes: Int = 16 << 20
  ) throws(AccessProblem) -> Finished {
    let argv = try command.argv(for: self)
    let finished: Finished
    do { finished = try Child.run(argv, limitBytes: limitBytes, timeLimit: timeLimit) } catch {
      throw .recognise(error)
    }
    if finished.isTimedOut {
      throw AccessProblem(.kubectlTooSlow, "kubectl did not answer within \(timeLimit.components.seconds) s")
    }
    guard finished.end.isSuccess else { throw .recognise(finished.errorText) }
    return finished
  }

  /// Takes what `kubectl config view --minify -o json` says; options given by the user win.
  mutating func adopt(configuration: [UInt8]) throws(AccessProblem) {
    var reader = JSONReader()
    do {
      let (context, cluster, namespace, server) = try reader.read(configuration) { root in
        let entry = root["contexts"]?.elements.first { _ in true }
        let address = root["clusters"]?.elements.first { _ in true }?["cluster"]?["server"]?.string
        return (
          entry?["name"]?.string, entry?["context"]?["cluster"]?.string, entry?["context"]?["namespace"]?.string,
          address
        )
      }
      if let context { self.context = context }
      self.cluster = cluster ?? ""
      self.server = server ?? ""
      self.namespace = self.namespace ?? namespace ?? "default"
    } catch {
      throw AccessProblem(.other, "kubectl's configuration cannot be understood: \(error)")
    }
  }

  /// Inside a pod kubectl needs no kubeconfig; whether that is so.
  private mutating func adoptServiceAccount() -> Bool {
    guard let host = environmentValue("KUBERNETES_SERVICE_HOST"),
      let port = environmentValue("KUBERNETES_SERVICE_PORT")
    else {
      return false
    }
    server = "https://\(host):\(port)"
    cluster = "in-cluster"
    let path = "/var/run/secrets/kubernetes.io/serviceaccount/namespace"
    let own = (try? readFile(path, limitBytes: 253)).map { String(decoding: $0, as: UTF8.self) }
    namespace = namespace ?? own ?? "default"
    return true
  }
}
