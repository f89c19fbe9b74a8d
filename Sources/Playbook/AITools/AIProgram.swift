/// A program behind the name of an AI tool; two that differ are called `kubectl-ai`.
package enum AIProgram: String, CaseIterable, Hashable, Sendable {
  case gordon
  /// The one of GoogleCloudPlatform: it answers questions about a cluster.
  case kubectlAI
  /// The older one of sozercan: it writes manifests.
  case kubectlAIManifests
  case kagent

  /// The program of a tool, told apart by what it said of itself; `nil` where that is neither.
  package init?(_ tool: AITool, said text: String) {
    switch tool {
    case .gordon: self = .gordon
    case .kagent where text.contains("invoke"): self = .kagent
    case .kubectlAI where text.contains("--llm-provider"): self = .kubectlAI
    case .kubectlAI where text.contains("--require-confirmation"): self = .kubectlAIManifests
    case .kagent, .kubectlAI: return nil
    }
  }

  /// Whether it reaches into the cluster by itself.
  package var readsCluster: Bool { self == .kubectlAI || self == .kagent }

  /// What it is asked where nobody names a prompt.
  package var usualPrompt: String {
    switch self {
    case .gordon: "rate my Dockerfiles"
    case .kubectlAI: "show unhealthy pods and say why"
    case .kubectlAIManifests: "write a deployment of nginx with two replicas, probes and limits"
    case .kagent: "check the health of the application"
    }
  }
}
