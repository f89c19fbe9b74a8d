import ClusterModel
import Playbook
import Subprocess

/// Carries out the commands of drills, one at a time.
///
/// It starts nothing but a ``DrillCommand``.
package struct DrillKubectl: Sendable {
  private let kubectl: Kubectl
  private let timeLimit: Duration

  /// One cluster.
  package init(
    _ kubectl: Kubectl, timeLimit: Duration = .seconds(ChangeCommand.requestSeconds + ChangeRunner.startSeconds)
  ) {
    self.kubectl = kubectl
    self.timeLimit = timeLimit
  }

  /// Carries out a command; says what came of it.
  package func run(_ command: DrillCommand) -> DrillAnswer {
    let argv: [String]
    do throws(ChangeProblem) { argv = try command.argv(for: kubectl) } catch { return .refused(error.sentence) }
    let finished: Finished
    do throws(SpawnProblem) {
      finished = try Child.run(argv, stdin: Array(command.input.utf8), timeLimit: timeLimit)
    } catch {
      return .unreachable("\(error)")
    }
    if finished.isTimedOut || finished.isCancelled {
      let words = "kubectl did not answer within \(timeLimit.components.seconds) s"
      return command.isRead ? .unreachable(words) : .unknown(words)
    }
    guard case .exited = finished.end else {
      let words = "kubectl was ended by a signal"
      return command.isRead ? .unreachable(words) : .unknown(words)
    }
    guard finished.end.isSuccess else { return DrillAnswer(failure: finished.errorText, of: command) }
    return .done(try? DocumentValue.read(finished.stdout))
  }

  /// The UID of the cluster; `nil` where it could not be asked.
  package func clusterUID() -> String? { text(.clusterUID) }

  /// The one word that a command prints.
  private func text(_ command: DrillCommand) -> String? {
    guard let argv = try? command.argv(for: kubectl),
      let finished = try? Child.run(argv, timeLimit: timeLimit), finished.end.isSuccess
    else { return nil }
    let word = finished.outputText.filter { !$0.isWhitespace }
    return word.isEmpty ? nil : word
  }

  /// Whether a namespace is marked as one that drills may be done in.
  package func isOptedIn(_ namespace: String) -> Bool { text(.optIn(namespace)) == "enabled" }

  /// An object as it is now: `nil` where it is gone.
  package func read(_ object: DrillObject) -> Result<DocumentValue?, ReadProblem> {
    switch run(.read(object)) {
    case .done(let document?): .success(document)
    case .done(nil): .failure(ReadProblem(sentence: "the server's answer about \(object.name) is no object"))
    case .gone: .success(nil)
    case .forbidden(let words): .failure(ReadProblem(sentence: words, isForbidden: true))
    case let answer: .failure(ReadProblem(sentence: answer.words))
    }
  }

  /// Why an object could not be read.
  package struct ReadProblem: Error, Hashable, Sendable {
    package let sentence: String
    /// Whether the rights do not suffice: asking again does not help.
    var isForbidden = false
  }

  /// Plans a drill with its object as it is now, and has the server try the change and its undo; changes nothing.
  package func plan(
    _ kind: DrillKind, _ target: DrillTarget, limitSeconds: Int, token: String, setting: DrillSetting,
    in snapshot: Snapshot, at now: Timestamp
  ) -> DrillPlan {
    let object = DrillObject(target.object, uid: target.uid)
    let document = object.flatMap { object in try? read(object).get() } ?? nil
    let plan = DrillPlan(
      kind, target, document: document, limitSeconds: limitSeconds, token: token, setting: setting, in: snapshot,
      at: now)
    return plan.refusals.isEmpty ? trying(plan) : plan
  }

  /// Has the server try a change and its undo; changes nothing.
  package func trying(_ plan: DrillPlan) -> DrillPlan {
    var plan = plan
    for command in plan.trialCommands { plan.note(run(command), to: command) }
    return plan
  }
}
