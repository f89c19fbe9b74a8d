/// Why the cluster cannot be read, in words a person can act on.
package struct AccessProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// What went wrong.
  package enum Reason: Hashable, Sendable {
    case kubectlNotFound, kubectlTooSlow
    case noKubeconfig, malformedKubeconfig, unknownContext, badOption
    case refused, unreachable, timedOut, unknownHost, untrustedCertificate
    case unauthorized, credentialPlugin, forbidden
    case unreadableFile
    case other
  }

  package var reason: Reason
  /// One clear sentence.
  package var sentence: String
  /// What to try next; empty where nothing is known to help.
  package var nextStep: String

  /// A problem.
  package init(_ reason: Reason, _ sentence: String, nextStep: String = "") {
    self.reason = reason
    self.sentence = sentence
    self.nextStep = nextStep
  }

  /// 2 where the command line or a file is at fault, 3 where the cluster is out of reach.
  package var exitCode: Int32 {
    switch reason {
    case .kubectlNotFound, .noKubeconfig, .malformedKubeconfig, .unknownContext, .badOption, .unreadableFile: 2
    default: 3
    }
  }

  /// The sentence and the next step.
  package var description: String { nextStep.isEmpty ? sentence : "\(sentence); \(nextStep)" }
}
