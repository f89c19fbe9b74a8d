import Testing

@testable import ClusterAccess

@Suite struct HeartbeatMachineTests {
  typealias Input = HeartbeatMachine.Input

  func outputs(of last: Input, after inputs: [Input]) -> [HeartbeatMachine.Output] {
    var machine = HeartbeatMachine()
    for input in inputs { _ = machine.handle(input) }
    return machine.handle(last)
  }

  let resting: [Input] = [.start, .answered(200, "ok")]
  let probing: [Input] = [.start, .answered(200, "ok"), .waited]
  let lost: [Input] = [.start, .unanswered("gone")]

  @Test func `asks every five seconds while the server answers`() {
    #expect(outputs(of: .start, after: []) == [.probe(path: "/readyz")])
    #expect(outputs(of: .answered(200, "ok"), after: [.start]) == [.back, .beat, .wait(.seconds(5))])
    #expect(outputs(of: .waited, after: resting) == [.probe(path: "/readyz")])
    #expect(outputs(of: .answered(200, "ok"), after: probing) == [.beat, .wait(.seconds(5))])
  }

  @Test func `asks sooner while it does not, and says when it is back`() {
    #expect(
      outputs(of: .unanswered("gone"), after: probing) == [
        .lost("gone", nextTry: .milliseconds(250)), .wait(.milliseconds(250)),
      ])
    var machine = HeartbeatMachine()
    _ = machine.handle(.start)
    for _ in 0..<5 {
      _ = machine.handle(.unanswered("gone"))
      _ = machine.handle(.waited)
    }
    #expect(machine.handle(.unanswered("gone")) == [.lost("gone", nextTry: .seconds(2)), .wait(.seconds(2))])
    _ = machine.handle(.waited)
    #expect(machine.handle(.answered(200, "ok")) == [.back, .beat, .wait(.seconds(5))])
  }

  @Test func `notices a frozen server within ten seconds`() {
    #expect(HeartbeatMachine.period + HeartbeatMachine.timeLimit < .seconds(10))
  }

  @Test(arguments: [403, 404]) func `an answer that refuses is an answer, and another path is asked`(_ code: Int) {
    #expect(outputs(of: .answered(code, "no"), after: [.start]) == [.back, .beat, .wait(.seconds(5))])
    #expect(outputs(of: .waited, after: [.start, .answered(code, "no")]) == [.probe(path: "/version")])
  }

  @Test func `tells the proxy's failure from a server that is not ready`() {
    let words = "dial tcp 127.0.0.1:6443: connect: connection refused"
    #expect(outputs(of: .answered(500, words), after: probing).first == .lost(words, nextTry: .milliseconds(250)))
    #expect(outputs(of: .answered(500, "[-]etcd failed\nreadyz check failed"), after: probing).first == .beat)
    #expect(
      outputs(of: .answered(502, ""), after: probing).first
        == .lost("the server answers 502", nextTry: .milliseconds(250)))
  }

  @Test func `without valid credentials the server is left alone for a while`() {
    #expect(
      outputs(of: .answered(401, "{}"), after: probing) == [
        .lost("Unauthorized", nextTry: .seconds(30)), .wait(.seconds(30)),
      ])
  }

  @Test func `a late answer is no loss while streams flow`() {
    #expect(outputs(of: .heard, after: probing) == [])
    #expect(outputs(of: .unanswered("late"), after: probing + [.heard]) == [.beat, .wait(.seconds(5))])
  }

  @Test func `without a way to the server it waits for one`() {
    let gone: [HeartbeatMachine.Output] = [.cancel, .lost("proxy ended", nextTry: .seconds(2))]
    for state in [[], resting, probing, lost] { #expect(outputs(of: .pathLost("proxy ended"), after: state) == gone) }
    let pathless = resting + [.pathLost("proxy ended")]
    #expect(outputs(of: .pathReady, after: pathless) == [.probe(path: "/readyz")])
    #expect(outputs(of: .answered(200, "ok"), after: pathless + [.pathReady]) == [.back, .beat, .wait(.seconds(5))])
    #expect(outputs(of: .pathReady, after: lost) == [.cancel, .probe(path: "/readyz")])
  }

  @Test func `a way on which nothing is answered for long is renewed`() {
    let last = HeartbeatMachine.maximumUnanswered - 1
    func renewals(_ inputs: [Input]) -> [Int] {
      var machine = HeartbeatMachine()
      _ = machine.handle(.start)
      return inputs.enumerated().compactMap { number, input in
        let renews = machine.handle(input).last == .renewPath
        _ = machine.handle(.waited)
        return renews ? number : nil
      }
    }
    let silence = [Input](repeating: .unanswered("late"), count: last)
    #expect(renewals(silence) == [])
    #expect(renewals(silence + [.unanswered("late")]) == [last])
    #expect(renewals(silence + [.unanswered("late")] + silence + [.unanswered("late")]) == [last, 2 * last + 1])
    // An answer of the proxy's own shows that it does not hang.
    #expect(renewals(silence + [.answered(500, "dial tcp: connection refused")] + silence) == [])
    #expect(HeartbeatMachine.timeLimit * HeartbeatMachine.maximumUnanswered < .seconds(20))
  }

  @Test func `what comes late or too early changes nothing`() {
    let meaningless: [([Input], [Input])] = [
      ([], [.answered(200, ""), .unanswered(""), .heard, .waited]),
      (probing, [.start, .waited, .pathReady]),
      (resting, [.start, .answered(200, ""), .unanswered(""), .heard]),
    ]
    for (state, inputs) in meaningless {
      for input in inputs { #expect(outputs(of: input, after: state) == [], "\(input)") }
    }
  }
}
