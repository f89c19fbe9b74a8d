import ClusterModel
import Playbook

extension ChangeProblem {
  /// What kubectl's words mean for a change; words that are not known stay as they are.
  ///
  /// The words are those of a v1.32 API server and of kubectl 1.20 to 1.32.
  package init(of errorText: String, _ change: ClusterChange) {
    let text = ChangeProblem.sentence(in: errorText)
    let object = change.object.typedName
    func has(_ words: String) -> Bool { text.contains(words) }
    switch true {
    case has("does not match the UID in record"):
      self.init(
        .replaced, "\(object) is another object of the same name now; nothing was changed", nextStep: "select it again")
    case has("(NotFound)") && has("\"\(change.object.name)\" not found"):
      self.init(.gone, "\(object) is gone; nothing was changed")
    case has("violate the pod's disruption budget"):
      self.init(
        .budget, "its disruption budget does not let \(object) go now", nextStep: "wait until more pods are ready")
    case has("the object has been modified"), has("the server rejected our request due to an error in our request"),
      has("testing value") && has("failed"):
      self.init(
        .changedMeanwhile, "\(object) is not as it was shown: somebody changed it; nothing was changed",
        nextStep: "look at it and do it again")
    case has("can't restart paused"):
      self.init(.invalid, "\(object) is paused, so it is not restarted", nextStep: "resume its rollouts first")
    case has("can't rollback a paused"):
      self.init(.invalid, "\(object) is paused, so it is not rolled back", nextStep: "resume its rollouts first")
    case has("within the past second"):
      self.init(.invalid, "\(object) was restarted within the last second", nextStep: "wait a second")
    case has("unable to find specified revision"), has("no rollout history found"):
      self.init(.gone, "the revision is not kept any more; nothing was changed", nextStep: "choose another revision")
    case has("admission webhook"), has("exceeded quota"): self.init(.invalid, text, nextStep: "ask who set that rule")
    case has("(Forbidden)"), has("forbidden:"):
      let right = change.verb.right(on: change.object.kind)
      self.init(.forbidden, text, nextStep: "ask for the right to \(right.verb) \(right.resource)")
    case has("(Invalid)"), has(" is invalid"): self.init(.invalid, text)
    case KubectlWords(text).isAnswerLost:
      self.init(.timedOut, "\(text); it may have been done all the same: look before you repeat it")
    default: self.init(.other, text)
    }
  }

  /// The line that counts: kubectl's warnings come before its error.
  private static func sentence(in text: String) -> String {
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    let line = lines.last { $0.hasPrefix("Error") || $0.hasPrefix("error") } ?? lines.last ?? ""
    return line.isEmpty ? "kubectl failed without a word" : line
  }
}
