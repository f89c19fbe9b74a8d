import ClusterModel
import Foundation
import Playbook
import Synchronization
import Testing

@testable import Operations

/// A stand-in for kubectl that notes its words and answers as it is told.
private struct StandIn {
  let folder: URL

  init(_ script: String) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "todotop-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let text = """
      #!/bin/sh
      printf '%s\\n' "$#" "$@" >> "\(folder.path)/calls"
      cat >> "\(folder.path)/input"
      \(script)
      """
    try text.write(to: program, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program.path)
  }

  var program: URL { folder.appending(path: "kubectl") }
  var kubectl: Kubectl { Kubectl(program: ["/bin/sh", program.path], context: "minikube") }
  var calls: String { (try? String(contentsOf: folder.appending(path: "calls"), encoding: .utf8)) ?? "" }
  var input: String { (try? String(contentsOf: folder.appending(path: "input"), encoding: .utf8)) ?? "" }
}

@Suite struct ChangeRunnerTests {
  private let web = ObjectKey(.deployments, namespace: "todo", name: "web")
  private let pod = ObjectKey(.pods, namespace: "todo", name: "web-1")

  private func problem(_ standIn: StandIn, _ change: ClusterChange, timeLimit: Duration = .seconds(20))
    -> ChangeProblem?
  {
    do {
      _ = try ChangeRunner(standIn.kubectl, timeLimit: timeLimit).run(change)
      return nil
    } catch {
      return error
    }
  }

  @Test func `a restart is made only if the name is still the object's`() throws {
    let answering = "case \"$*\" in *get*) printf u1;; *) echo 'deployment.apps/web restarted';; esac"
    let same = try StandIn(answering)
    #expect(
      try ChangeRunner(same.kubectl).run(ClusterChange(.restart, of: web, uid: UID("u1")))
        == "deployment.apps/web restarted")
    #expect(same.calls.contains("restart"))
    let other = try StandIn(answering)
    #expect(problem(other, ClusterChange(.restart, of: web, uid: UID("u2")))?.reason == .replaced)
    #expect(!other.calls.contains("restart"))
  }

  @Test func `the body of a deletion goes by standard input`() throws {
    let standIn = try StandIn("echo '{\"kind\":\"Pod\"}'")
    let change = ClusterChange(.delete(byForce: false), of: pod, uid: UID("u1"))
    #expect(try ChangeRunner(standIn.kubectl).run(change) == "pod/web-1 deleted")
    #expect(standIn.input.contains(#""preconditions":{"uid":"u1"}"#))
  }

  @Test(arguments: [
    (
      "Error from server (Conflict): Operation cannot be fulfilled on Pod \"web-1\": the UID in the precondition (u1) does not match the UID in record (u2). The object might have been deleted and then recreated",
      ChangeProblem.Reason.replaced
    ),
    ("Error from server (NotFound): pods \"web-1\" not found", .gone),
    (
      "Error from server (TooManyRequests): Cannot evict pod as it would violate the pod's disruption budget.", .budget
    ),
    ("The request is invalid: the server rejected our request due to an error in our request", .changedMeanwhile),
    (
      "Error from server (Conflict): Operation cannot be fulfilled on deployments.apps \"web\": the object has been modified; please apply your changes to the latest version and try again",
      .changedMeanwhile
    ),
    (
      "Error from server (Forbidden): pods \"web-1\" is forbidden: User \"u\" cannot delete resource \"pods\"",
      .forbidden
    ),
    ("error: deployments.apps \"web\" can't restart paused deployment (run rollout resume first)", .invalid),
    ("error: unable to find specified revision 99 in history", .gone),
    ("Warning: old\nUnable to connect to the server: net/http: request canceled (Client.Timeout exceeded)", .timedOut),
    ("Error from server: etcdserver: request timed out", .timedOut),
    ("Unable to connect to the server: dial tcp 10.0.0.1:443: i/o timeout", .other),
    ("something new", .other), ("", .other),
  ])
  func `what kubectl says is understood`(text: String, reason: ChangeProblem.Reason) {
    let problem = ChangeProblem(of: text, ClusterChange(.delete(byForce: false), of: pod, uid: UID("u1")))
    #expect(problem.reason == reason)
    #expect(!problem.sentence.isEmpty && !problem.sentence.contains("\n"))
    #expect(problem.mayBeDone == (reason == .timedOut))
  }

  @Test func `a kubectl that hangs is ended, and the doubt is said`() throws {
    let standIn = try StandIn("exec sleep 60")
    let change = ClusterChange(.pause, of: web, uid: UID("u1"))
    let problem = problem(standIn, change, timeLimit: .milliseconds(300))
    #expect(problem?.reason == .timedOut)
    #expect(problem?.sentence.contains("may have been done") == true)
    // Only asking whose the name is changes nothing.
    #expect(
      self.problem(standIn, ClusterChange(.restart, of: web, uid: UID("u1")), timeLimit: .milliseconds(300))?.mayBeDone
        == false)
  }

  @Test func `a change can be stopped`() throws {
    let standIn = try StandIn("exec sleep 60")
    let change = ClusterChange(.pause, of: web, uid: UID("u1"))
    // Before anything was started nothing can have been done; later it can.
    for (looks, reason) in [(0, ChangeProblem.Reason.other), (1, .cancelled)] {
      let left = Mutex(looks)
      let isCancelled = { @Sendable in
        left.withLock { left in
          left -= 1
          return left < 0
        }
      }
      #expect {
        _ = try ChangeRunner(standIn.kubectl).run(change, isCancelled: isCancelled)
      } throws: {
        ($0 as? ChangeProblem)?.reason == reason
      }
    }
  }

  @Test func `without kubectl nothing happens and it says so`() {
    let runner = ChangeRunner(Kubectl(program: ["/nowhere/kubectl"], context: ""))
    #expect {
      _ = try runner.run(ClusterChange(.pause, of: web, uid: UID("u1")))
    } throws: {
      ($0 as? ChangeProblem)?.reason == .kubectlMissing
    }
  }
}
