import ClusterModel
import Subprocess

extension ClusterTarget {
  /// How much of one object's text is read: several times what the API server stores of one.
  static let objectLimitBytes = 8 << 20

  /// Reads one object with all its fields.
  ///
  /// - Throws: ``AccessProblem``; also for Secrets, whose values are never read.
  package func object(_ key: ObjectKey) throws(AccessProblem) -> DocumentValue {
    let answer = try ask(ReadCommand.object(key), about: key)
    do {
      return try DocumentValue.read(answer.stdout)
    } catch {
      throw AccessProblem(.other, "the server's answer about \(key.name) is no object", nextStep: "y asks again")
    }
  }

  /// What `kubectl describe` prints about one object.
  package func description(of key: ObjectKey) throws(AccessProblem) -> String {
    try ask(.describe(key), about: key).outputText
  }

  private func ask(_ command: ReadCommand, about key: ObjectKey) throws(AccessProblem) -> Finished {
    guard !kubectl.isEmpty else {
      throw AccessProblem(.kubectlNotFound, "kubectl is missing", nextStep: "install kubectl")
    }
    do {
      return try run(command, timeLimit: Self.askTimeLimit, limitBytes: Self.objectLimitBytes)
    } catch {
      guard error.sentence.contains("(NotFound)") else { throw error }
      throw AccessProblem(.other, "\(key.kind.kindName) \(key.name) is gone", nextStep: "esc goes back")
    }
  }
}
