import ClusterModel
import Playbook

/// Takes, renews and gives back the lock of a namespace.
struct DrillLocking {
  let kubectl: DrillKubectl
  let holder: String
  private(set) var held: (form: DrillLock.Form, object: DrillObject)?

  init(_ kubectl: DrillKubectl, holder: String) {
    self.kubectl = kubectl
    self.holder = holder
  }

  /// Takes it for a drill: a Lease, else a ConfigMap, else on this machine alone.
  mutating func take(for record: DrillRecord, at now: Timestamp) -> DrillCourse.Input {
    for form in DrillLock.Form.allCases {
      guard let command = DrillLock.taking(form, for: record, holder: holder, at: now), let object = command.object
      else { return .locked(.local) }
      switch kubectl.run(command) {
      case .done(let document):
        held = (form, object.with(UID(document?[pointer: "/metadata/uid"]?.asText ?? "")))
        // Somebody who may not make Leases has a ConfigMap.
        if form == .lease, case .success(let other?) = Self.read(.configMap, record.namespace, kubectl) {
          giveBack()
          return .lockTaken(by: other.holder)
        }
        return .locked(form)
      case .forbidden: continue
      case .taken, .unknown:
        guard case .success(let lock?) = Self.read(form, record.namespace, kubectl) else {
          return .lockFailed("\(object.typedName) cannot be read")
        }
        if case .success(let other) = lock.record, other.id == record.id, lock.holder == holder {
          held = (form, lock.object)
          return .locked(form)
        }
        return .lockTaken(by: lock.holder)
      case let answer: return .lockFailed(answer.words)
      }
    }
    return .locked(.local)
  }

  /// Writes the heartbeat.
  func renew(at now: Timestamp) {
    guard let held else { return }
    _ = kubectl.run(DrillLock.renewing(held.form, held.object, at: now))
  }

  /// Takes the lock of a drill whose writer is gone.
  mutating func take(over lock: DrillLock, at now: Timestamp) -> Bool {
    guard case .done = kubectl.run(lock.taking(over: holder, at: now)) else { return false }
    held = (lock.form, lock.object)
    return true
  }

  /// Deletes it; one that is another's by now stays.
  mutating func giveBack() {
    guard let object = held?.object else { return }
    _ = kubectl.run(.delete(object, byForce: false))
    held = nil
  }

  /// The lock of a namespace, of whichever form; `nil` where there is none.
  static func find(in namespace: String, _ kubectl: DrillKubectl) -> Result<DrillLock?, DrillKubectl.ReadProblem> {
    var problem: DrillKubectl.ReadProblem?
    for form in [DrillLock.Form.lease, .configMap] {
      switch read(form, namespace, kubectl) {
      case .success(let lock?): return .success(lock)
      case .success(nil): break
      case .failure(let found): problem = problem ?? found
      }
    }
    return problem.map { .failure($0) } ?? .success(nil)
  }

  private static func read(
    _ form: DrillLock.Form, _ namespace: String, _ kubectl: DrillKubectl
  ) -> Result<DrillLock?, DrillKubectl.ReadProblem> {
    guard let object = DrillLock.object(form, namespace: namespace) else { return .success(nil) }
    return kubectl.read(object).map { document in document.flatMap { DrillLock(form, $0, namespace: namespace) } }
  }
}
