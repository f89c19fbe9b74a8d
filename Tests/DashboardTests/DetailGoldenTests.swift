import CellScreen
import ClusterModel
import TestSupport
import Testing

@testable import Dashboard

/// Every kind of details and the other pages: as they open on both usual sizes, and whole on a tall one.
@Suite struct DetailGoldenTests {
  /// A page to look at.
  struct Look: Sendable, CustomTestStringConvertible {
    let name: String
    let scene: Scene
    let kind: ResourceKind
    let object: String
    /// Keys pressed once its details are open.
    var keys = ""

    var testDescription: String { name }
  }

  static let looks = [
    Look(name: "pod-crash", scene: .broken, kind: .pods, object: "crashloop-5595bcf556-z2zw2"),
    Look(name: "pod-image", scene: .broken, kind: .pods, object: "imagepull-59fdd6f467-hndlx"),
    Look(name: "pod-pending", scene: .broken, kind: .pods, object: "unschedulable-cpu"),
    Look(name: "pod-memory", scene: .broken, kind: .pods, object: "oomkilled-66f47bbf84-sfkfh"),
    Look(name: "pod-init", scene: .broken, kind: .pods, object: "init-fails"),
    Look(name: "pod-fine", scene: .busy, kind: .pods, object: "todo-backend-7bbd475df6-kmwpq"),
    Look(name: "deployment", scene: .busy, kind: .deployments, object: "todo-backend"),
    Look(name: "deployment-broken", scene: .broken, kind: .deployments, object: "crashloop"),
    Look(name: "statefulset", scene: .busy, kind: .statefulSets, object: "todo-db"),
    Look(name: "service", scene: .busy, kind: .services, object: "todo-backend"),
    Look(name: "ingress", scene: .busy, kind: .ingresses, object: "todo"),
    Look(name: "node", scene: .busy, kind: .nodes, object: "node-1"),
    Look(name: "replicaset", scene: .busy, kind: .replicaSets, object: "todo-backend-7bbd475df6"),
    Look(name: "river", scene: .busy, kind: .deployments, object: "todo-backend", keys: "w"),
    Look(name: "changes", scene: .busy, kind: .deployments, object: "todo-backend", keys: "="),
    Look(name: "question", scene: .busy, kind: .deployments, object: "todo-backend", keys: "<ctrl-t>r"),
    Look(name: "question-pod", scene: .busy, kind: .pods, object: "todo-db-0", keys: "<ctrl-t><ctrl-d><ctrl-f>"),
    Look(name: "rollouts", scene: .busy, kind: .deployments, object: "todo-backend", keys: "<ctrl-t>ryo"),
    Look(
      name: "search", scene: .broken, kind: .pods, object: "crashloop-5595bcf556-z2zw2", keys: "/restart<enter>n"),
  ]

  static let sizes = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 120, rows: 90)]

  static var names: [String] {
    looks.flatMap { look in sizes.map { name(look, $0) } }
      + [Size(columns: 80, rows: 24)].map { "page-yaml-\($0.columns)x\($0.rows)" }
  }

  static func name(_ look: Look, _ size: Size) -> String { "page-\(look.name)-\(size.columns)x\(size.rows)" }

  @Test(arguments: looks, sizes)
  func `each page is as recorded`(look: Look, size: Size) throws {
    let namespace = look.kind.isNamespaced ? look.scene.name == "broken" ? "todo-broken" : "todo" : ""
    let key = ObjectKey(look.kind, namespace: namespace, name: look.object)
    var state = look.scene.make(size)
    _ = state.openDetails(of: key)
    for step in try KeyScript(look.keys).keys { _ = reduce(&state, .key(step), at: state.now) }
    expectGolden(draw(state), named: Self.name(look, size), headline: "\(look.name) in scene \(look.scene.name)")
  }

  @Test func `YAML is as recorded`() throws {
    let size = Size(columns: 80, rows: 24)
    var (state, effects) = try press("<enter>y", in: Scene.todo.make(size))
    guard case .readText(let wanted) = effects.last else { return #expect(Bool(false), "nothing is read") }
    let json = """
      {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","managedFields":[{"manager":"helm"}]},
       "spec":{"containers":[{"name":"api","env":[{"name":"API_TOKEN","value":"seventeen"},{"name":"MODE","value":"on"}],
       "command":["sh","-c","set -e\\nexport PASSWORD=hunter2\\nexec api\\n"]}]},"status":{"qosClass":"Burstable"}}
      """
    let document = try DocumentValue.read(Array(json.utf8))
    _ = reduce(&state, .textRead(wanted, .document(document)), at: state.now)
    expectGolden(draw(state), named: "page-yaml-80x24", headline: "YAML of a pod with secrets in it")
  }
}
