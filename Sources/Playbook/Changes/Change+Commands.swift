import ClusterModel

extension Change {
  /// The commands that make the change, in their order.
  ///
  /// What is not a patch with a test of the UID, or a deletion bound to it, asks first whose the name is: kubectl's own
  /// rollout commands take a name alone.
  package var commands: [ChangeCommand] {
    switch verb {
    case .restart: [.uid(of: object), .rolloutRestart(object)]
    case .rollBack(let revision): [.uid(of: object), .rolloutUndo(object, revision: revision)]
    case .delete(let byForce): [.delete(object, uid, byForce: byForce)]
    case .evict: [.evict(object, uid)]
    case .scale, .setImage, .pause, .resume, .cordon, .uncordon: [.patch(object, [isSame] + operations)]
    }
  }

  private var isSame: PatchOperation { PatchOperation(.test, "/metadata/uid", .text(uid.value)) }

  /// What a patch does behind the test of the UID: also that the value is still the one that was seen.
  private var operations: [PatchOperation] {
    switch verb {
    case .scale(let before, let after):
      [
        PatchOperation(.test, "/spec/replicas", .number(before)),
        PatchOperation(.replace, "/spec/replicas", .number(after)),
      ]
    case .setImage(let image):
      [
        PatchOperation(.test, "\(path(of: image))/name", .text(image.container)),
        PatchOperation(.test, "\(path(of: image))/image", .text(image.before)),
        PatchOperation(.replace, "\(path(of: image))/image", .text(image.after)),
      ]
    // `add` also replaces; the field is absent until it was set once.
    case .pause: [PatchOperation(.add, "/spec/paused", .boolean(true))]
    case .resume: [PatchOperation(.add, "/spec/paused", .boolean(false))]
    case .cordon: [PatchOperation(.add, "/spec/unschedulable", .boolean(true))]
    case .uncordon: [PatchOperation(.add, "/spec/unschedulable", .boolean(false))]
    case .restart, .rollBack, .delete, .evict: []
    }
  }

  private func path(of image: ChangeVerb.SetImage) -> String { "/spec/template/spec/containers/\(image.index)" }
}
