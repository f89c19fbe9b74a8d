import ClusterModel
import Testing

@testable import ClusterAccess

@Suite struct LogPositionTests {
  func apart(_ line: String, isCut: Bool = false) -> (time: Timestamp?, text: String) {
    Array(line.utf8).withUnsafeBytes { takeApart($0, isCut: isCut) }
  }

  @Test func `takes a line apart into its time and its text`() {
    let (time, text) = apart("2026-11-21T02:29:52.596240138Z {\"a\": 1} ")
    #expect(time == Timestamp(nanoseconds: 1_795_228_192_596_240_138))
    #expect(text == "{\"a\": 1} ")
    #expect(apart("2026-11-21T04:29:52.5+02:00 x").time == Timestamp(nanoseconds: 1_795_228_192_500_000_000))
    #expect(apart("2026-11-21T02:29:52Z").text == "")
    #expect(apart("1969-12-31T23:59:59Z x").time == Timestamp(seconds: -1))
    #expect(apart("2024-02-29T00:00:00Z x").time == Timestamp(seconds: 1_709_164_800))
  }

  @Test(arguments: ["", " ", "hello", "2026-13-21T02:29:52Z x", "2026-11-21 02:29:52 x"])
  func `a line without a time is all text`(_ line: String) {
    #expect(apart(line).time == nil)
    #expect(apart(line).text == line)
    #expect(apart(line, isCut: true).text == line + "… cut after \(line.utf8.count)")
  }

  @Test func `after a new connection no line comes twice and none is lost`() {
    var position = LogPosition()
    func accepts(_ seconds: Int64) -> Bool { position.accepts(Timestamp(seconds: seconds)) }
    #expect([1, 2, 2, 2].map(accepts) == [true, true, true, true])
    #expect(position.last == Timestamp(seconds: 2))
    position.reconnected()
    // The server sends the line of second 1 and the three of second 2 again, then one more of second 2.
    #expect([1, 2, 2, 2, 2, 3].map(accepts) == [false, false, false, false, true, true])
    // Once new lines came, an older time is no repetition: two streams of one container are not in perfect order.
    #expect(accepts(2))
  }

  @Test func `lines without a time are always new`() {
    var position = LogPosition()
    position.reconnected()
    #expect(position.accepts(nil) && position.accepts(nil))
    #expect(position.last == nil)
  }
}
