import ClusterModel
import Playbook
import Subprocess

/// Makes changes, one command after the other, and says what came of it.
///
/// It starts nothing but a ``ChangeCommand``.
package struct ChangeRunner: Sendable {
  private let kubectl: Kubectl
  private let timeLimit: Duration

  /// How much longer than the server's answer kubectl itself may take; a wrapper may be slow to start.
  package static let startSeconds = 10

  /// A runner for one cluster.
  package init(
    _ kubectl: Kubectl, timeLimit: Duration = .seconds(ChangeCommand.requestSeconds + ChangeRunner.startSeconds)
  ) {
    self.kubectl = kubectl
    self.timeLimit = timeLimit
  }

  /// Makes a change; returns what kubectl said of it.
  ///
  /// - Parameter isCancelled: Asked often; once it is true the command that runs is ended.
  /// - Throws: ``ChangeProblem``: then the change was not made, unless ``ChangeProblem/mayBeDone``.
  package func run(_ change: ClusterChange, isCancelled: @escaping @Sendable () -> Bool = { false })
    throws(ChangeProblem)
    -> String
  {
    var said = ""
    for command in change.commands {
      if isCancelled() { throw ChangeProblem(.other, "stopped before it began; nothing was changed") }
      let finished = try run(command, isCancelled)
      guard finished.end.isSuccess else { throw ChangeProblem(of: finished.errorText, change) }
      if case .uid = command {
        try check(finished.outputText, change)
      } else {
        said = change.words(for: finished.outputText)
        if said.contains("skipped rollback") {
          throw ChangeProblem(.invalid, "it is at that revision already; nothing was changed")
        }
      }
    }
    return said
  }

  private func run(_ command: ChangeCommand, _ isCancelled: () -> Bool) throws(ChangeProblem) -> Finished {
    let argv = try command.argv(for: kubectl)
    let finished: Finished
    do {
      finished = try Child.run(argv, stdin: Array(command.input.utf8), timeLimit: timeLimit, isCancelled: isCancelled)
    } catch {
      throw ChangeProblem(.kubectlMissing, "\(error)", nextStep: "install kubectl, or name it with --kubectl")
    }
    // What only asks has changed nothing, however it ended.
    let doubt = command.isRead ? "nothing was changed" : "it may have been done all the same: look before you repeat it"
    if finished.isCancelled { throw ChangeProblem(.cancelled, "stopped before kubectl answered; \(doubt)") }
    if finished.isTimedOut {
      throw ChangeProblem(
        command.isRead ? .other : .timedOut, "kubectl did not answer within \(timeLimit.components.seconds) s; \(doubt)"
      )
    }
    return finished
  }

  /// Whether the name still belongs to the object that was seen.
  private func check(_ answer: String, _ change: ClusterChange) throws(ChangeProblem) {
    let uid = answer.filter { !$0.isWhitespace }
    guard uid != change.uid.value else { return }
    throw ChangeProblem(
      .replaced, "\(change.object.typedName) is another object of the same name now; nothing was changed",
      nextStep: "select it again")
  }
}

extension ClusterChange {
  /// What kubectl said, in one line; what it prints of raw requests is the object itself.
  fileprivate func words(for output: String) -> String {
    let line = output.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    return line.hasPrefix("{") ? "\(object.typedName) \(verb.pastWords)" : line
  }
}
