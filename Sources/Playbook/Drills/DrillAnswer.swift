import ClusterModel

/// What the cluster answered to a command of a drill.
package enum DrillAnswer: Hashable, Sendable {
  /// It was done; the object as it is then, where the answer holds it.
  case done(DocumentValue?)
  /// There is no such object, or another one of its name.
  case gone
  /// The object is not as the command expects it: nothing was done.
  case changed
  /// An object of that name is there already.
  case taken
  /// A disruption budget holds it back.
  case budget
  case forbidden(String)
  /// The server or one of its rules does not accept it.
  case refused(String)
  /// The server was not reached: nothing was done.
  case unreachable(String)
  /// No answer came: it may have been done all the same.
  case unknown(String)

  /// What kubectl's words mean; those of a v1.32 API server and of kubectl 1.20 to 1.32.
  ///
  /// A change counts as not done only where the words prove it; whatever is not known may have been done.
  package init(failure text: String, of command: DrillCommand) {
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    let line =
      lines.last { $0.hasPrefix("Error") || $0.hasPrefix("error") || $0.hasPrefix("The ") || $0.hasPrefix("Unable") }
      ?? lines.last ?? "kubectl failed without a word"
    func has(_ words: String...) -> Bool { words.contains { text.contains($0) } }
    let words = KubectlWords(line)
    switch true {
    // The program that struck the blow died with the container: only one that was hit ends it so.
    case command.endsProcess && has("exit code 137", "exit code 143"): self = .done(nil)
    case has("does not match the UID in record"): self = .gone
    case has("(NotFound)") && command.object.map({ text.contains("\"\($0.name)\" not found") }) ?? false: self = .gone
    case has("(AlreadyExists)"): self = .taken
    case has("violate the pod's disruption budget"): self = .budget
    case has("the object has been modified", "the server rejected our request due to an error in our request"),
      has("testing value") && has("failed"):
      self = .changed
    case words.isForbidden: self = has("admission webhook", "exceeded quota") ? .refused(line) : .forbidden(line)
    case words.isRefused: self = .refused(line)
    // Before what tells that the server was not reached: kubectl prints lost answers with the same first words.
    case words.isAnswerLost: self = command.isRead ? .unreachable(line) : .unknown(line)
    case words.isUndelivered: self = .unreachable(line)
    case command.isRead && line.hasPrefix("Unable to connect"): self = .unreachable(line)
    default: self = command.isRead ? .refused(line) : .unknown(line)
    }
  }

  /// What went wrong, in words; empty where it was done.
  package var words: String {
    switch self {
    case .done: ""
    case .gone: "it is gone"
    case .changed: "somebody changed it meanwhile"
    case .taken: "it is there already"
    case .budget: "its disruption budget refused"
    case .forbidden(let text), .refused(let text), .unreachable(let text), .unknown(let text): text
    }
  }
}
