import Testing

@testable import CursesTerminal

@Suite struct LineFlowTests {
  private let second: Int64 = 1_000_000_000

  /// A line on which the first question was answered after a tenth of a second.
  private func answered() -> LineFlow {
    var flow = LineFlow()
    flow.wrote(20, at: 0)
    flow.asked(at: 0)
    flow.answered(at: second / 10)
    return flow
  }

  @Test func `before the first answer nothing is held back and nothing is asked again`() {
    var flow = LineFlow()
    flow.asked(at: 0)
    flow.wrote(1_000_000, at: 0)
    #expect(flow.isClear(at: 1))
    #expect(!flow.wantsQuestion(at: 1))
    #expect(!flow.wantsQuestion(at: 100 * second))
  }

  @Test func `small changes never ask on a line whose speed is not known`() {
    var flow = answered()
    flow.wrote(LineFlow.askBytes - 1, at: second)
    #expect(!flow.wantsQuestion(at: second))
    flow.wrote(1, at: second)
    #expect(flow.wantsQuestion(at: second))
  }

  @Test func `a frame waits for the answer to the last one`() {
    var flow = answered()
    flow.wrote(6_000, at: second)
    flow.asked(at: second)
    #expect(!flow.isClear(at: 2 * second))
    flow.answered(at: 7 * second)
    #expect(flow.isClear(at: 7 * second))
    // 6,000 bytes in six seconds, less the tenth that the way takes.
    #expect((1_000...1_020).contains(flow.bytesPerSecond ?? 0))
    #expect(flow.isSlow)
    #expect(flow.frameBytes == flow.bytesPerSecond.map { $0 / 2 })
  }

  @Test func `a long way is not a slow line`() {
    var flow = answered()
    flow.wrote(6_000, at: second)
    flow.asked(at: second)
    flow.answered(at: second + second / 10)
    #expect(!flow.isSlow)
    #expect(flow.frameBytes == nil)
    flow.wrote(50_000, at: 2 * second)
    #expect(flow.isClear(at: 2 * second))
  }

  @Test func `on a slow line everything is asked for, and a line that got fast is fast`() {
    var flow = answered()
    flow.wrote(6_000, at: second)
    flow.asked(at: second)
    flow.answered(at: 7 * second)
    flow.wrote(400, at: 7 * second)
    #expect(flow.wantsQuestion(at: 7 * second))
    flow.asked(at: 7 * second)
    #expect(!flow.wantsQuestion(at: 7 * second))
    flow.answered(at: 7 * second + second / 10)
    // Only so much is proven; the next frame may be larger and prove more.
    #expect(flow.bytesPerSecond == 4_000)
    flow.wrote(2_000, at: 8 * second)
    flow.asked(at: 8 * second)
    flow.answered(at: 8 * second + second / 10)
    #expect(!flow.isSlow)
  }

  @Test func `bytes that were written long before the question prove nothing`() {
    var flow = answered()
    flow.wrote(6_000, at: second)
    flow.asked(at: second)
    // Written while the question was out, and shown soon after its answer.
    flow.wrote(600, at: 6 * second)
    flow.answered(at: 7 * second)
    flow.wrote(100, at: 9 * second)
    flow.asked(at: 9 * second)
    flow.answered(at: 9 * second + second / 10)
    #expect(flow.isSlow)
    #expect((1_000...1_020).contains(flow.bytesPerSecond ?? 0))
  }

  @Test func `a few bytes that are answered at once do not make a slow line fast`() {
    var flow = answered()
    flow.wrote(6_000, at: second)
    flow.asked(at: second)
    flow.answered(at: 7 * second)
    let speed = flow.bytesPerSecond
    flow.wrote(99, at: 8 * second)
    flow.asked(at: 8 * second)
    flow.answered(at: 8 * second + second / 10)
    #expect(flow.isSlow && flow.bytesPerSecond == speed)
    #expect(flow.isClear(at: 9 * second))
  }

  @Test func `an answer that is lost holds nothing up for ever`() {
    var flow = answered()
    flow.wrote(6_000, at: second)
    flow.asked(at: second)
    #expect(flow.isClear(at: second + LineFlow.patience))
    #expect(flow.wantsQuestion(at: second + LineFlow.patience))
    // Twice lost, it is not asked any more.
    flow.asked(at: second + LineFlow.patience)
    #expect(!flow.wantsQuestion(at: 100 * second))
    #expect(flow.isClear(at: second + LineFlow.patience))
  }

  @Test func `leaving waits for an answer that may still come, and not for one that will not`() {
    var flow = LineFlow()
    #expect(flow.answerIsDue(leaving: 0) == nil)
    flow.asked(at: 0)
    #expect(flow.answerIsDue(leaving: 1) != nil)
    #expect(flow.answerIsDue(leaving: second) == nil)
    flow.answered(at: second)
    #expect(flow.answerIsDue(leaving: second) == nil)
  }
}
