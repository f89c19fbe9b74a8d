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
      else { break }
      switch kubectl.run(command) {
      case .done(let document):
        held = (form, object.with(UID(document?[pointer: "/metadata/uid"]?.asText ?? "")))
        return confirm(form, record.namespace)
      case .forbidden: continue
      case .taken, .unknown:
        guard case .success(let lock?) = Self.read(form, record.namespace, kubectl) else {
          return .lockFailed("\(object.typedName) cannot be read")
        }
        if case .success(let other) = lock.record, other.id == record.id, lock.holder == holder {
          held = (form, lock.object)
          return confirm(form, record.namespace)
        }
        return .lockTaken(by: lock.holder)
      case let answer: return .lockFailed(answer.words)
      }
    }
    return confirm(.local, record.namespace)
  }

  /// Looks whether somebody with other rights has a lock of another form: then ours is given back.
  private mutating func confirm(_ form: DrillLock.Form, _ namespace: String) -> DrillCourse.Input {
    var unread: [DrillLock.Form] = []
    for other in DrillLock.Form.allCases where other != form {
      switch Self.read(other, namespace, kubectl) {
      case .success(nil): break
      case .success(let lock?):
        giveBack()
        return .lockTaken(by: lock.holder)
      case .failure(let problem) where problem.isForbidden: unread.append(other)
      case .failure(let problem):
        giveBack()
        return .lockFailed(problem.sentence)
      }
    }
    return .locked(form, unread: unread)
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
    held = nil
    for wait in Self.deletionPauses {
      switch kubectl.run(.delete(object, byForce: false)) {
      case .done, .gone, .forbidden: return
      default: pause(wait)
      }
    }
    _ = kubectl.run(.delete(object, byForce: false))
  }

  /// Takes away the lock of a drill that is closed, if it is still there: it may not have been seen before.
  mutating func clear(of record: DrillRecord, at now: Timestamp) {
    var found = Self.find(in: record.namespace, kubectl)
    for wait in Self.deletionPauses {
      guard case .failure(let problem) = found, !problem.isForbidden else { break }
      pause(wait)
      found = Self.find(in: record.namespace, kubectl)
    }
    guard case .success(let lock?) = found, case .success(let locked) = lock.record, locked.id == record.id,
      // Another machine that is at it takes it away itself.
      lock.holder == holder || !lock.isAlive(at: now)
    else { return }
    held = (lock.form, lock.object)
    giveBack()
  }

  /// How long is waited before the deletion of the lock is tried again, each time.
  private static let deletionPauses: [Duration] = [.milliseconds(500), .seconds(1), .seconds(2)]

  /// The lock of a namespace, of whichever form; `nil` where there is none.
  static func find(in namespace: String, _ kubectl: DrillKubectl) -> Result<DrillLock?, DrillKubectl.ReadProblem> {
    var problem: DrillKubectl.ReadProblem?
    for form in [DrillLock.Form.lease, .configMap] {
      switch read(form, namespace, kubectl) {
      case .success(let lock?): return .success(lock)
      case .success(nil): break
      // That the server cannot be asked counts more than that the rights do not suffice.
      case .failure(let found): problem = problem.flatMap { $0.isForbidden ? nil : $0 } ?? found
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
