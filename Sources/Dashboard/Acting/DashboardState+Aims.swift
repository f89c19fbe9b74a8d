import CellScreen
import ClusterModel
import Playbook

/// What keys that change something are about, and the questions that they lead to.
extension DashboardState {
  /// The workload of what is selected or shown: itself, or the one that keeps the pod.
  var workloadOfSubject: ObjectKey? {
    guard let subject else { return nil }
    if WorkloadSummary.kinds.contains(subject.kind) { return subject }
    return subject.kind == .pods ? snapshot.workload(ofPod: subject) : ownerRow(of: subject).map { workloads[$0] }
  }

  /// The workload of what is selected, as it is seen now.
  var aimOfSubject: Acting.Aim? { workloadOfSubject.flatMap { aim(at: $0) } }

  /// The marked pods, else the selected one.
  var podsOfSubject: [Acting.Aim] {
    if views.isEmpty, focus == .pods, let marks = tables[.pods]?.marks, !marks.isEmpty {
      return marks.compactMap { mark in
        guard case .object(let key, let uid) = mark else { return nil }
        return Acting.Aim(object: key, uid: uid)
      }.sorted { ($0.object.namespace, $0.object.name) < ($1.object.namespace, $1.object.name) }
    }
    guard let subject, subject.kind == .pods else { return [] }
    return aim(at: subject).map { [$0] } ?? []
  }

  /// An object as it is seen now; in a table the one that the row stands for.
  func aim(at key: ObjectKey) -> Acting.Aim? {
    if views.isEmpty, case .object(key, let uid)? = selectedRow(in: Panel.of(focus)) {
      return Acting.Aim(object: key, uid: uid)
    }
    return snapshot[key].map { Acting.Aim(object: key, uid: $0.metadata.uid) }
  }

  mutating func askOfWorkload(_ verb: ChangeVerb) -> [Effect] {
    guard let aim = aimOfSubject else { return [] }
    ask([aim.change(verb)])
    return []
  }

  mutating func askOfPods(_ verb: ChangeVerb) -> [Effect] {
    ask(podsOfSubject.map { $0.change(verb) })
    return []
  }

  mutating func askOfNode(_ verb: ChangeVerb) -> [Effect] {
    guard let subject, let aim = aim(at: subject) else { return [] }
    ask([aim.change(verb)])
    return []
  }

  // MARK: - Replicas

  mutating func openScalePrompt() {
    guard let aim = aimOfSubject else { return }
    acting.aim = aim
    openPrompt(.replicas)
  }

  /// Asks whether to scale; what is no number stays to be mended.
  mutating func askToScale(to text: String, _ aim: Acting.Aim?) -> [Effect] {
    guard let aim else { return [] }
    if let problem = replicasProblem(text) {
      refuseLine(problem)
      return []
    }
    closeAimedPrompt()
    guard let after = Int(text), let summary = snapshot.workload(aim.object, at: now) else {
      notice = "\(aim.object.typedName) is gone"
      return []
    }
    ask([aim.change(.scale(from: summary.desired, to: after))])
    return []
  }

  /// More than this is a slip of the finger in most clusters.
  static let replicasMax = 500

  private func replicasProblem(_ text: String) -> String? {
    guard !text.isEmpty, text.utf8.allSatisfy(\.isASCIIDigit), let count = Int(text) else {
      return "“\(text)” is no number of replicas: 0 to \(Self.replicasMax)"
    }
    return count > Self.replicasMax ? "more than \(Self.replicasMax) at once is done with kubectl scale, by hand" : nil
  }

  // MARK: - Images

  mutating func openImagePrompt() {
    guard let aim = aimOfSubject else { return }
    acting.aim = aim
    openPrompt(.image, text: images(of: aim.object).first ?? "")
  }

  /// `container=image` of every container.
  private func images(of workload: ObjectKey) -> [String] {
    snapshot.template(of: workload)?.containers.map { "\($0.name)=\($0.image)" } ?? []
  }

  /// What could be set, with the images that older revisions had.
  var imageCandidates: [String] {
    guard let workload = workloadOfSubject else { return [] }
    let names = snapshot.template(of: workload)?.containers.map(\.name) ?? []
    let older = snapshot.revisions(of: workload).flatMap { zip(names, $0.images).map { "\($0)=\($1)" } }
    return (images(of: workload) + older).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Asks whether to set an image; what names no container or image stays to be mended.
  mutating func askForImage(_ text: String, _ aim: Acting.Aim?) -> [Effect] {
    guard let aim else { return [] }
    let containers = snapshot.template(of: aim.object)?.containers ?? []
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let name = parts.count == 2 ? parts[0] : containers.count == 1 ? containers[0].name : ""
    guard let index = containers.firstIndex(where: { $0.name == name }) else {
      refuseLine("name a container: \(containers.map { "\($0.name)=IMAGE" }.joined(separator: " or "))")
      return []
    }
    let image = parts.last ?? ""
    guard isImageName(image) else {
      refuseLine("“\(image)” is no image: NAME:TAG or NAME@sha256:DIGEST, without blanks")
      return []
    }
    closeAimedPrompt()
    let set = ChangeVerb.SetImage(index: index, container: name, before: containers[index].image, after: image)
    ask([aim.change(.setImage(set))])
    return []
  }

  // MARK: - Revisions

  var revisionCandidates: [String] {
    workloadOfSubject.map { olderRevisions(of: $0).compactMap { $0.number.map(String.init) } } ?? []
  }

  /// The revisions that one could go back to.
  private func olderRevisions(of workload: ObjectKey) -> [Revision] {
    snapshot.revisions(of: workload).filter { !$0.isCurrent }
  }

  mutating func openRevisionChooser() -> [Effect] {
    guard let aim = aimOfSubject else { return [] }
    let older = olderRevisions(of: aim.object)
    guard !older.isEmpty else {
      notice =
        aim.object.kind == .deployments
        ? "there is no other revision of \(aim.object.name)"
        : "revisions of a \(aim.object.kind.kindName) are not read; by hand: kubectl rollout undo \(aim.object.typedName)"
      return []
    }
    let lines = older.compactMap { revision in
      revision.number.map { number in
        let age = Age.text(since: revision.createdAt, at: now)
        return
          "\(number)  \(age.padded(to: 6))  \(revision.images.joined(separator: " "))  \(oneLine(revision.changeCause))"
      }
    }
    open(Chooser(.revision, title: "Revisions of \(aim.object.name)", items: lines))
    acting.aim = aim
    return []
  }

  /// Asks whether to go back to a revision: a number, or a line of the list that begins with one.
  mutating func askToRollBack(to text: String, _ aim: Acting.Aim?) -> [Effect] {
    guard let aim else { return [] }
    let known = olderRevisions(of: aim.object).compactMap(\.number)
    guard let number = Int(text.prefix { $0 != " " }), known.contains(number) else {
      let list = known.map(String.init).joined(separator: ", ")
      notice = "there is no revision \(text) to go back to\(list.isEmpty ? "" : "; there are \(list)")"
      return []
    }
    ask([aim.change(.rollBack(revision: number))])
    return []
  }

  // MARK: - The line

  /// Leaves the mistake in the line, or says it where the line is gone.
  private mutating func refuseLine(_ problem: String) {
    if prompt != nil { prompt?.problem = Prompt.Problem(at: 0, problem) } else { notice = problem }
  }

  private mutating func closeAimedPrompt() {
    prompt = nil
    acting.aim = nil
  }
}
