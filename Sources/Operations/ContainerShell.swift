import ClusterModel
import Playbook
import Subprocess

/// A shell in a container, which has the terminal until it ends.
package struct ContainerShell: Sendable {
  private let kubectl: Kubectl
  private let command: ChangeCommand

  /// A shell in a container of a pod.
  package init(_ kubectl: Kubectl, pod: ObjectKey, container: String) {
    self.kubectl = kubectl
    command = .shell(pod, container: container)
  }

  /// Runs it; returns in a sentence how it ended, and whether there may be words on the terminal that say why.
  ///
  /// - Parameter isCancelled: Asked often; once it is true the shell is ended.
  package func run(isCancelled: () -> Bool) -> (sentence: String, hasWords: Bool) {
    let name = command.object.name
    do {
      let argv = try command.argv(for: kubectl)
      switch try runInForeground(argv, isCancelled: isCancelled) {
      case .exited(0): return ("the shell in \(name) has ended", false)
      case .exited(let code) where code == 126 || code == 127:
        return ("the shell in \(name) ended with exit code \(code): its image may have no shell", true)
      case .exited(let code): return ("the shell in \(name) ended with exit code \(code)", true)
      case .signalled(let number): return ("the shell in \(name) was ended by signal \(number)", false)
      }
    } catch let problem as ChangeProblem {
      return (problem.sentence, false)
    } catch {
      return ("no shell in \(name): \(error)", false)
    }
  }
}
