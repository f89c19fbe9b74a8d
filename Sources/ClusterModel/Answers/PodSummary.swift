/// How a pod is, in one word for counting and colour.
public enum PodHealth: UInt8, Hashable, Sendable, CaseIterable {
  /// Serving, or working as it should.
  case good
  /// Starting or ending normally.
  case progressing
  /// Something is wrong that does not go away by itself soon.
  case bad
  /// Completed, as a Job's pod should.
  case done
}

/// The answers about one pod that do not depend on the clock, kept up to date by the snapshot.
public struct PodSummary: Hashable, Sendable {
  public var key: ObjectKey
  public var uid = UID("")
  /// READY, STATUS and RESTARTS as kubectl prints them.
  public var columns = PodColumns()
  public var creationTimestamp: Timestamp?
  public var nodeName = ""
  /// The controller of the pod, where it has one.
  public var controller: OwnerReference?
  /// The health as the status alone tells it; see ``health(at:)`` for the answer.
  public var steadyHealth = PodHealth.progressing
  /// When a pod that is still starting counts as bad; `nil` where it does not.
  public var turnsBadAt: Timestamp?
  /// Until when a pod that runs again counts as bad, because it kept crashing; `nil` where it did not.
  public var calmAt: Timestamp?
  /// What is or soon may be wrong, the most severe; ``finding(at:)`` is the answer at a moment.
  public var finding: Finding?
  /// Of all containers together, as Kubernetes schedules them.
  public var requests = ResourceAmounts()
  public var limits = ResourceAmounts()
  /// The last sample of all containers together; unset where there is none.
  public var used = ResourceAmounts()
  /// The end of the window of that sample.
  public var sampledAt: Timestamp?

  /// A summary of which only the name is known.
  init(key: ObjectKey) { self.key = key }

  /// The health at a moment.
  public func health(at now: Timestamp) -> PodHealth {
    if let calmAt, now < calmAt, steadyHealth == .good { return .bad }
    guard steadyHealth == .progressing, let turnsBadAt, now >= turnsBadAt else { return steadyHealth }
    return .bad
  }

  /// Whether it is bad, or turns bad if nothing happens.
  public var isSick: Bool { steadyHealth == .bad || turnsBadAt != nil || calmAt != nil }

  /// The groups whose totals the pod is part of.
  var groups: [PodGroup] {
    var groups = [PodGroup.all, .namespace(key.namespace)]
    if !nodeName.isEmpty { groups.append(.node(nodeName)) }
    if let controller {
      groups.append(.controller(controller.uid))
    } else {
      groups += [.unmanaged(namespace: nil), .unmanaged(namespace: key.namespace)]
    }
    return groups
  }

  /// AGE, as kubectl prints it.
  public func age(at now: Timestamp) -> String { Age.text(since: creationTimestamp, at: now) }

  /// What is wrong at a moment; `nil` for a pod that is fine.
  public func finding(at now: Timestamp) -> Finding? { finding?.judged(at: now) }

  /// What is wrong in one line; empty for a pod that is fine.
  public func headline(at now: Timestamp) -> String { finding(at: now)?.headline ?? "" }
}
