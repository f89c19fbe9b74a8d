import ClusterModel
import Subprocess

extension ClusterTarget {
  /// Asks the server what the user may do in the target's namespace.
  package func rights() throws(AccessProblem) -> Rights {
    let answer = try run(.rights, timeLimit: ReadCommand.requestTimeLimit + .seconds(5))
    return Rights(table: answer.outputText)
  }
}
