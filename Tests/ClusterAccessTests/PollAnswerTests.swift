import ClusterModel
import Subprocess
import Testing

@testable import ClusterAccess

@Suite struct PollAnswerTests {
  func answer(_ finished: Finished, asked: [ResourceKind]) -> PollAnswer {
    var decoder = ClusterDecoder()
    return PollAnswer(finished, asked: asked, &decoder)
  }

  @Test func `reads what kubectl prints when a kind is forbidden`() throws {
    let recorded = try RecordedCommand("forbidden-list-json")
    let answer = answer(recorded.finished, asked: [.deployments, .services])
    #expect(answer.problem == nil)
    #expect(answer.outcomes[.services] == .listed([]))
    guard case .forbidden(let words) = answer.outcomes[.deployments] else {
      Issue.record("\(answer)")
      return
    }
    #expect(words.hasPrefix("deployments.apps is forbidden: User \"system:serviceaccount:todo:viewer\" cannot list"))
  }

  @Test func `an error that no kind explains takes nothing`() throws {
    for name in ["connection-refused", "no-kubeconfig", "unauthorized-bad-token", "x509-unknown-authority"] {
      let answer = answer(try RecordedCommand(name).finished, asked: [.pods])
      #expect(answer.outcomes.isEmpty)
      #expect(answer.problem != nil)
    }
  }

  @Test func `an answer cut by time or size is none`() {
    let late = Finished(end: .signalled(15), stdout: [], stderr: [], isTimedOut: true)
    #expect(answer(late, asked: [.pods]).problem?.reason == .timedOut)
    let large = Finished(end: .exited(0), stdout: [], stderr: [], isOutputCut: true)
    #expect(answer(large, asked: [.pods]).problem?.sentence.contains("512 MiB") == true)
  }

  @Test func `no output and no error is no object`() {
    let nothing = Finished(end: .exited(0), stdout: [], stderr: Array("Warning: x is deprecated\n".utf8))
    #expect(answer(nothing, asked: [.pods, .jobs]).outcomes == [.pods: .listed([]), .jobs: .listed([])])
  }

  @Test func `the failures of one path are told apart`() throws {
    func code(_ name: String) throws -> Int? {
      guard case .refused(let status, _) = RequestEnd(try RecordedCommand(name).finished) else { return nil }
      return status.code
    }
    #expect(try code("forbidden-raw") == 403)
    #expect(try code("notfound-path-raw") == 404)
    #expect(try code("unauthorized-bad-token-raw") == 401)
    #expect(try code("connection-refused-raw") == nil)
  }
}
