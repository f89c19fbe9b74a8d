import ClusterModel

/// One question to an AI tool, ready to be started: what is shown is what runs.
///
/// It only asks to read, and has none of the options that let a tool act without asking.
package struct AIOperation: Hashable, Sendable {
  package let tool: AITool
  package let program: AIProgram
  /// What it is asked, with the request to only read.
  package let prompt: String
  package let namespace: String
  /// Where it runs: the application's own folder, where that is known.
  package let folder: String

  /// How long a tool has for an answer.
  package static let timeLimit = Duration.seconds(300)
  /// The longest prompt.
  package static let promptLength = 500

  /// A question; `nil` where the prompt could be taken for an option.
  package init?(_ tool: AITool, _ program: AIProgram, asks text: String, namespace: String, folder: String) {
    guard Self.isPrompt(text), isObjectName(namespace) else { return nil }
    self.tool = tool
    self.program = program
    self.namespace = namespace
    self.folder = folder.isEmpty ? "." : folder
    prompt = program.request(text, namespace: namespace)
  }

  /// Whether a text can be asked: it begins with a letter, is one line and not too long.
  package static func isPrompt(_ text: String) -> Bool {
    text.first?.isLetter == true && text.count <= promptLength
      && !text.unicodeScalars.contains { $0.value < 32 || $0.value == 127 }
  }

  /// The words that are started.
  ///
  /// - Parameter kubeconfig: Nothing of it is among the words: tools find it by the variable `KUBECONFIG`.
  package func argv(for programs: ToolPrograms) -> [String] {
    switch program {
    case .gordon: programs.docker + ["ai", "-C", safePath(folder), prompt]
    case .kubectlAI: ["kubectl-ai", "--quiet", prompt]
    case .kubectlAIManifests: ["kubectl-ai", "--raw", prompt]
    case .kagent: ["kagent", "invoke", "--agent", "k8s-agent", "--task", prompt]
    }
  }
}

extension AIProgram {
  /// A question with the request to only read.
  fileprivate func request(_ text: String, namespace: String) -> String {
    switch self {
    case .gordon: "\(text); only read, do not change any file, image or container"
    case .kubectlAI, .kagent: "\(text), in namespace \(namespace); only read, do not change anything"
    case .kubectlAIManifests: "\(text), for namespace \(namespace); only print it, do not apply it"
    }
  }
}
