import ClusterModel
import Testing

@testable import Dashboard

@Suite struct RowFilterTests {
  /// One row with something in every column.
  private static let row: RowFacts = {
    var facts = RowFacts(ObjectKey(.pods, namespace: "todo", name: "todo-backend-7bbd4-x7k2p"), uid: UID("u"))
    facts.status = "CrashLoopBackOff"
    facts.node = "minikube-m02"
    (facts.ready, facts.wanted) = (1, 2)
    facts.restarts = 7
    facts.used = ResourceAmounts(cpuMillicores: 150, memoryBytes: 300 << 20)
    facts.limits = ResourceAmounts(cpuMillicores: 200, memoryBytes: 600 << 20)
    facts.creationTimestamp = Scene.moment.advanced(by: .seconds(-5_400))
    facts.images = ["todo-backend:v1.0.1"]
    facts.labels = ["app": "backend", "tier": "api", "app.kubernetes.io/name": "todo"]
    return facts
  }()

  private func passes(_ text: String) throws -> Bool {
    var scratch: [UInt8] = []
    return try RowFilter(text).matches(Self.row, at: Scene.moment, scratch: &scratch)
  }

  @Test(arguments: [
    "", "  ", "backend", "BACKEND", "crashloop", "m02", "todo backend", "^todo-back", "x7k2p$", "todo-(front|back)end",
    "^minikube", "^CrashLoopBackOff$", "7b{2}d", "!frontend", "!frontend backend", "[:]?", "!^backend",
    "status:Crash", "status:^crash.*off$", "!status:Running", "name:x7", "node:m02", "ns:todo", "namespace:^todo$",
    "ready:1/2", "ready:<1", "ready:<100%", "ready:>=50%", "image:v1.0.1", "restarts:>3", "restarts:7", "restarts:=7",
    "restarts:<=7", "!restarts:>7", "cpu:>100m", "cpu:<0.2", "cpu:>=75%", "mem:>200Mi", "memory:<1Gi", "mem:=50%",
    "age:<2h", "age:>1h", "age:>=1h30m", "age:=90m", "status:Crash restarts:>3 -l app=backend",
    "-l app=backend", "-l app==backend", "-l app=backend,tier!=db", "-l 'app in (backend, frontend)'",
    "-l app in (a,backend)", "-l tier notin (db)", "-l app", "-l !missing", "-l app,!missing,tier=api",
    "-l \"app = backend\"", "-l app.kubernetes.io/name=todo x7k2p", "!x9 -l app=backend crash", "-l missing!=x",
  ])
  func `a row passes`(filter: String) throws {
    #expect(try passes(filter))
  }

  @Test(arguments: [
    "frontend", "!backend", "todo frontend", "^backend", "todo$x", "todo.*frontend", "status:Running", "!status:Crash",
    "name:Crash", "node:^todo", "ns:kube-system", "ready:2/2", "ready:>=1", "image:v2", "restarts:>7", "restarts:<7",
    "cpu:>200m", "cpu:>80%", "mem:>1Gi", "age:<1h", "age:>2h", "-l app=frontend", "-l app!=backend", "-l !app",
    "-l missing", "-l app notin (backend)", "-l app in (a,b)", "-l app=backend frontend", "todo\u{A0}frontend",
  ])
  func `a row does not pass`(filter: String) throws {
    #expect(try !passes(filter))
  }

  @Test(arguments: [
    (
      "stat:x", "unknown column stat: at 1; use name, status, node, namespace, ready, image, restarts, cpu, memory, age"
    ),
    ("todo !stat:x", "unknown column stat: at 7; use name"), ("web-(a", "missing ) at 7"), ("a (b", "missing ) at 5"),
    ("[a", "missing ] at 3"), ("a b{2", "missing } at 6"), ("status:(x", "missing ) at 10"),
    ("a\\", "nothing after \\ at 3"),
    ("!", "nothing after ! at 2; write what rows must not have"), ("status:", "nothing after status: at 8"),
    ("restarts:>", "restarts: needs a number at 11; for example restarts:>3"),
    ("restarts:x", "restarts: needs a number at 10"),
    ("cpu:>2Q", "cpu: needs a number at 6"), ("age:<2", "age: needs a number at 6; for example age:<2h"),
    ("age:h", "age: needs a number at 5"), ("-l", "missing label at 3; for example -l app=web"),
    ("-l app=", "missing value of app at 8"), ("-l app in (a", "missing ) at 13"),
    ("-l 'app=x", "missing ' for the one at 4 at 10"),
    ("-l app=x,", "missing label at 10"), ("a{999}{999}", "too many repeats at 11"),
    ("(a)\\1", "a reference back, which is not supported, at 5"),
    ("z-a [z-a]", "a range that ends before it begins at 10"),
    (String(repeating: "x", count: 401), "more than 400 characters at 401"),
  ])
  func `what is wrong is said with its place`(filter: String, sentence: String) throws {
    do throws(RowFilter.Problem) {
      _ = try RowFilter(filter)
      Issue.record("\(filter) was taken")
    } catch {
      #expect(error.description.hasPrefix(sentence))
    }
  }

  @Test func `a row without a sample passes no comparison of usage, and its inverse`() throws {
    var scratch: [UInt8] = []
    var row = Self.row
    row.used = ResourceAmounts()
    #expect(try !RowFilter("cpu:<100m").matches(row, at: Scene.moment, scratch: &scratch))
    #expect(try RowFilter("!cpu:<100m").matches(row, at: Scene.moment, scratch: &scratch))
  }

  @Test func `a text that spans two columns is not found`() throws {
    #expect(try !passes("x7k2p.*crash"))
    #expect(try !passes("[^a]crash"))
  }
}
