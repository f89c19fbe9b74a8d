import ClusterModel
import Testing

@testable import Playbook

@Suite struct ChangePlanTests {
  private let web = ObjectKey(.deployments, namespace: "todo", name: "web")
  private let uid = UID("uid-todo-web")

  private func plan(_ verb: ChangeVerb, _ objects: ClusterObject..., of key: ObjectKey? = nil, uid: UID? = nil)
    -> ChangePlan
  {
    ChangePlan(
      Change(verb, of: key ?? web, uid: uid ?? self.uid), in: World(many: objects).snapshot, at: World.now)
  }

  private func changed(_ edit: (inout Deployment) -> Void) -> ClusterObject {
    guard case .deployment(var object) = deployment() else { return deployment() }
    edit(&object)
    return .deployment(object)
  }

  private var probed: ClusterObject {
    changed {
      $0.maxUnavailable = .count(0)
      var probe = Probe()
      probe.summary = "GET /health :8000"
      $0.template.containers[0].readinessProbe = probe
    }
  }

  private func text(_ plan: ChangePlan) -> String { plan.consequences.map(\.text).joined(separator: "\n") }

  @Test func `a restart says how the pods are replaced and whether users will notice`() {
    let safe = plan(.restart, probed)
    #expect(safe.refusal == nil)
    #expect(text(safe).contains("replaces 2 pods, RollingUpdate, surge 25 %, at most 0 missing"))
    #expect(text(safe).contains("users should not notice"))
    let unsafe = plan(.restart, deployment())
    #expect(unsafe.consequences.first?.severity == .warning)
    #expect(text(unsafe).contains("users may notice: no readiness probe"))
    #expect(text(plan(.restart, changed { $0.strategy = "Recreate" })).contains("Recreate: all pods end before"))
    #expect(text(plan(.restart, changed { $0.replicas = 1 })).contains("one replica"))
  }

  @Test func `it says who else has a hand on the object`() {
    var scaler = HorizontalPodAutoscaler()
    scaler.metadata = metadata("web-scaler")
    (scaler.targetKind, scaler.targetName) = ("Deployment", "web")
    (scaler.minReplicas, scaler.maxReplicas) = (2, 6)
    #expect(
      text(plan(.scale(from: 2, to: 4), deployment(), .horizontalPodAutoscaler(scaler)))
        .contains("web-scaler sets the replicas (2 to 6 replicas) and will change them again"))
    let argo = changed { $0.metadata.annotations["argocd.argoproj.io/tracking-id"] = "todo:apps/Deployment:todo/web" }
    #expect(text(plan(.restart, argo)).contains("Argo CD"))
    let flux = changed { $0.metadata.labels["helm.toolkit.fluxcd.io/name"] = "todo" }
    #expect(text(plan(.restart, flux)).contains("Flux (todo)"))
    let helm = changed { $0.metadata.annotations["meta.helm.sh/release-name"] = "todo" }
    #expect(text(plan(.restart, helm)).contains("Helm release todo"))
  }

  @Test func `scaling to nothing comes as the most severe line`() {
    let plan = plan(.scale(from: 2, to: 0), deployment())
    #expect(plan.consequences.first?.severity == .failure)
    #expect(plan.undo == .by(.scale(from: 0, to: 2)))
  }

  @Test func `an object that was replaced or is gone is refused`() {
    #expect(plan(.restart, deployment(), uid: UID("another")).refusal?.contains("another object") == true)
    #expect(plan(.restart).refusal == "deployment/web is gone")
    #expect(plan(.restart, changed { $0.isPaused = true }).refusal?.contains("Resume") == true)
    #expect(plan(.pause, changed { $0.isPaused = true }).refusal == "deployment/web is paused already")
    #expect(plan(.scale(from: 2, to: 2), deployment()).refusal == "deployment/web has 2 replicas already")
  }

  @Test func `a bare pod is gone for good, another one comes again`() {
    let key = ObjectKey(.pods, namespace: "todo", name: "web-1")
    let uid = UID("uid-todo-web-1")
    let bare = plan(.delete(byForce: false), pod(), of: key, uid: uid)
    #expect(bare.consequences.first?.text.contains("gone for good") == true)
    #expect(text(bare).contains("SIGTERM and up to 30 s"))
    let forced = plan(.delete(byForce: true), pod(), of: key, uid: uid)
    #expect(text(forced).contains("may still run on the node"))
    #expect(plan(.restart, pod(), of: key, uid: uid).refusal == "restart is not possible for a Pod")
  }
}
