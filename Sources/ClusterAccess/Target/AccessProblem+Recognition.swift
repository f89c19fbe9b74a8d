import ClusterModel
import Subprocess

extension AccessProblem {
  /// The problem that kubectl's words, or those of its proxy, mean.
  ///
  /// - Parameter words: What kubectl wrote to standard error, or the plain text of a failed answer.
  package static func recognise(_ words: String) -> AccessProblem {
    let essence = essence(of: words)
    for (pattern, problem) in patterns where essence.contains(pattern) { return problem(essence) }
    return AccessProblem(.other, essence.isEmpty ? "kubectl failed without a word" : essence)
  }

  /// The problem that a program which cannot be started means.
  package static func recognise(_ problem: SpawnProblem) -> AccessProblem {
    AccessProblem(
      .kubectlNotFound, "\(problem)", nextStep: "install kubectl, name it with --kubectl, or try “todotop demo”")
  }

  /// What kubectl wanted to say: its last meaningful lines without logging noise and prefixes.
  package static func essence(of words: String) -> String {
    let lines = words.split(whereSeparator: \.isNewline).filter { !isNoise($0) }
    guard let line = lines.first(where: { $0.hasPrefix("error") || $0.hasPrefix("Error") }) ?? lines.last else {
      return noiseEssence(of: words)
    }
    var text = line
    for prefix in ["error: ", "Error: "] where text.hasPrefix(prefix) { text = text.dropFirst(prefix.count) }
    return String(text.prefix(maximumEssence))
  }

  /// How much of a message is kept, in characters.
  private static let maximumEssence = 400

  /// Lines of the logging library (`E1121 02:33:37.405888   27116 memcache.go:265] …`), warnings and chatter.
  static func isNoise(_ line: Substring) -> Bool {
    if line.allSatisfy(\.isWhitespace) { return true }
    if ["Warning:", "Defaulted container", "Starting to serve on", "DEPRECATED"].contains(where: line.hasPrefix) {
      return true
    }
    let start = line.utf8.prefix(6)
    return start.count == 6 && "EWIF".utf8.contains(start.first ?? 0)
      && start.dropFirst().prefix(4).allSatisfy(\.isASCIIDigit) && start.last == UInt8(ascii: " ")
  }

  /// Where there is nothing but logging noise, the error inside it is better than silence.
  private static func noiseEssence(of words: String) -> String {
    guard let line = words.split(whereSeparator: \.isNewline).last, let range = line.firstRange(of: "err=") else {
      return ""
    }
    return String(line[range.upperBound...].prefix(maximumEssence))
  }

  /// Words of kubectl, the most telling first, and what they mean.
  private static let patterns: [(String, @Sendable (String) -> AccessProblem)] = [
    ("server localhost:8080 was refused", { _ in noCluster("kubectl knows no cluster") }),
    ("must exist in order to minify", { _ in noCluster("kubectl has no current context") }),
    ("current-context is not set", { _ in noCluster("kubectl has no current context") }),
    ("context was not found for specified context: ", { unknownContext(after: "context: ", in: $0) }),
    ("cannot locate context ", { unknownContext(after: "cannot locate context ", in: $0) }),
    (
      "error loading config file",
      {
        AccessProblem(
          .malformedKubeconfig, "the kubeconfig cannot be read: \(rest(of: $0, after: "error loading config file "))",
          nextStep: "repair the file or name another with --kubeconfig")
      }
    ),
    ("no such file or directory", { noCluster("the kubeconfig is missing: \($0)") }),
    (
      "getting credentials",
      {
        AccessProblem(
          .credentialPlugin, "the program that gives kubectl its credentials failed: \($0)",
          nextStep: "log in with your provider's tool")
      }
    ),
    ("must be logged in", { unauthorized($0) }), ("Unauthorized", { unauthorized($0) }),
    (
      "x509:",
      {
        AccessProblem(
          .untrustedCertificate, "the server's certificate is not trusted: \(rest(of: $0, after: "x509: "))",
          nextStep: "the cluster may have been recreated: fetch its kubeconfig anew")
      }
    ),
    ("no such host", { AccessProblem(.unknownHost, "the server's name is unknown: \($0)", nextStep: reachStep) }),
    (
      "orbidden",
      { AccessProblem(.forbidden, withoutServerPrefix($0), nextStep: "ask for the right to get, list, watch") }
    ),
    (
      "was refused",
      {
        AccessProblem(
          .refused, "the API server at \(word(of: $0, after: "to the server ")) refuses connections", nextStep: runStep)
      }
    ),
    ("connection refused", { AccessProblem(.refused, "the API server refuses connections: \($0)", nextStep: runStep) }),
    ("i/o timeout", { timedOut($0) }), ("deadline exceeded", { timedOut($0) }), ("Client.Timeout", { timedOut($0) }),
    ("TLS handshake timeout", { timedOut($0) }), ("request timed out", { timedOut($0) }),
    ("no route to host", { AccessProblem(.unreachable, "the API server is out of reach: \($0)", nextStep: reachStep) }),
    ("network is unreachable", { AccessProblem(.unreachable, "the network is down: \($0)", nextStep: reachStep) }),
    (
      "unexpected EOF",
      { AccessProblem(.unreachable, "the API server broke off in the middle: \($0)", nextStep: runStep) }
    ),
    ("connection reset", { AccessProblem(.unreachable, "the API server broke off: \($0)", nextStep: runStep) }),
    ("Unable to connect to the server", { AccessProblem(.unreachable, $0, nextStep: reachStep) }),
  ]

  private static let runStep = "is the cluster running? (minikube status)"
  private static let reachStep = "check the network, the VPN and the address in the kubeconfig"

  private static func noCluster(_ sentence: String) -> AccessProblem {
    AccessProblem(
      .noKubeconfig, sentence, nextStep: "start a cluster (minikube start), use --kubeconfig, or try “todotop demo”")
  }

  private static func unknownContext(after words: String, in text: String) -> AccessProblem {
    AccessProblem(
      .unknownContext, "the kubeconfig has no context “\(rest(of: text, after: words))”",
      nextStep: "“kubectl config get-contexts” lists them")
  }

  private static func unauthorized(_ text: String) -> AccessProblem {
    AccessProblem(.unauthorized, "the server does not accept the credentials: \(text)", nextStep: "log in again")
  }

  private static func timedOut(_ text: String) -> AccessProblem {
    AccessProblem(.timedOut, "the API server does not answer in time: \(text)", nextStep: reachStep)
  }

  private static func withoutServerPrefix(_ text: String) -> String {
    text.hasPrefix("Error from server (") ? rest(of: text, after: "): ") : text
  }

  private static func rest(of text: String, after words: String) -> String {
    text.firstRange(of: words).map { String(text[$0.upperBound...]) } ?? text
  }

  private static func word(of text: String, after words: String) -> String {
    String(rest(of: text, after: words).prefix { !$0.isWhitespace })
  }
}
