import ClusterModel

/// How a connection to a container's output ended.
enum LogEnd: Hashable {
  /// The container ended, or the server closed the stream as it does after hours.
  case finished
  /// The container has no output, or not yet: why, in a sentence.
  case notReady(String)
  /// The pod is gone.
  case gone
  case forbidden(String)
  case broken(String)
}

extension LogEnd {
  /// What the end of a request means.
  init(_ end: RequestEnd) {
    self =
      switch end {
      case .finished: .finished
      case .broken(let reason): .broken(reason)
      case .refused(let status, _) where status.code == 404: .gone
      case .refused(let status, _) where status.code == 400: .notReady(Self.sentence(status.message))
      case .refused(let status, _) where status.code == 403 || status.code == 401:
        .forbidden(Self.sentence(status.message))
      case .refused(let status, _): .broken(status.message)
      }
  }

  /// What the words of `kubectl logs` mean.
  init(kubectlWords words: String) {
    let problem = AccessProblem.recognise(words)
    let message = problem.sentence.firstRange(of: "): ").map { String(problem.sentence[$0.upperBound...]) }
    self =
      if words.contains("(NotFound)") {
        .gone
      } else if words.contains("(BadRequest)") {
        .notReady(Self.sentence(message ?? problem.sentence))
      } else if problem.reason == .forbidden {
        .forbidden(Self.sentence(message ?? problem.sentence))
      } else {
        .broken(problem.sentence)
      }
  }

  /// What the server's words mean, in one sentence with what to do; words that are not known stay as they are.
  static func sentence(_ words: String) -> String {
    if let reason = rest(of: words, after: " is waiting to start: ") {
      return "it has not started yet: \(meaning(of: reason))"
    }
    if words.hasPrefix("previous terminated container") {
      return "there is no run before this one: it was not restarted, or its node has cleaned up; l shows this run"
    }
    if words.hasSuffix(" is terminated") { return "its output is gone: the pod ended and its node removed it" }
    if words.hasSuffix("is not valid for pod") || words.contains(" is not valid for pod ") {
      return "the pod has no such container: \(words)"
    }
    if let resource = rest(of: words, after: "cannot get resource ") {
      let user = rest(of: words, after: "User \"").map { $0.prefix { $0 != "\"" } } ?? "you"
      return "logs are forbidden: \(user) cannot get \(resource); ask for the right to get pods/log"
    }
    return words
  }

  private static func rest(of words: String, after mark: String) -> String? {
    words.firstRange(of: mark).map { String(words[$0.upperBound...]) }
  }

  /// The reasons of the kubelet as people say them.
  private static func meaning(of reason: String) -> String {
    switch reason {
    case "trying and failing to pull image": "its image cannot be pulled; enter on the pod says why"
    case "image can't be pulled": "its image cannot be pulled; enter on the pod says why"
    case "ContainerCreating": "it is being created"
    case "PodInitializing": "the init containers before it are not done"
    case "CreateContainerConfigError": "a ConfigMap or Secret that it needs is missing or lacks a key"
    default: reason
    }
  }
}
