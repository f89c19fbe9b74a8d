import Testing

@testable import ClusterModel

@Suite struct ReplayTests {
  private let begin = Timestamp(seconds: 1_000)
  private let today = Timestamp(seconds: 90_000)

  private func replay(speed: Double) -> Replay {
    Replay(from: begin, to: begin.advanced(by: .seconds(60)), speed: speed, at: today)
  }

  private func seconds(_ replay: Replay, after seconds: Double) -> Double {
    replay.moment(at: today.advanced(by: .seconds(seconds))).since(begin).inSeconds
  }

  @Test func `time runs at its speed and stands at the end`() {
    #expect(seconds(replay(speed: 1), after: 0) == 0)
    #expect(seconds(replay(speed: 1), after: 5) == 5)
    #expect(seconds(replay(speed: 4), after: 5) == 20)
    #expect(seconds(replay(speed: 0.5), after: 5) == 2.5)
    #expect(seconds(replay(speed: 4), after: 500) == 60)
  }

  @Test func `a pause and another speed begin where it stands`() {
    var replay = replay(speed: 2)
    replay.pauseOrContinue(at: today.advanced(by: .seconds(10)))
    #expect(replay.isPaused && seconds(replay, after: 900) == 20)
    #expect(replay.wait(until: begin.advanced(by: .seconds(30)), at: today) == nil)
    replay.pauseOrContinue(at: today.advanced(by: .seconds(900)))
    #expect(seconds(replay, after: 905) == 30)
    replay.play(atSpeed: 4, at: today.advanced(by: .seconds(905)))
    #expect(seconds(replay, after: 906) == 34)
    #expect(replay.wait(until: begin.advanced(by: .seconds(38)), at: today.advanced(by: .seconds(906))) == .seconds(1))
    #expect(replay.wait(until: begin, at: today.advanced(by: .seconds(906))) == .zero)
    replay.finish()
    #expect(replay.isOver && seconds(replay, after: 0) == 60)
  }

  @Test func `a speed beyond what there is is the nearest there is`() {
    #expect(replay(speed: 1_000).speed == 100)
    #expect(replay(speed: 0).speed == 0.1)
  }
}
