import Foundation
import Testing

extension OneAfterTheOther {
  /// Lines that take little, late or nothing.
  ///
  /// What is asserted are bytes, never times.
  @Suite struct SlowLineTests {
    private static let bytesPerSecond = 960

    @Test func `while only time passes little is written`() throws {
      let device = try Device(recordingCommand)
      #expect(device.shows("todo-backend"))
      device.read(for: 1)
      device.clear()
      device.read(for: 5)
      #expect(device.output.count > 0, "the clock runs")
      #expect(device.output.count < 5 * 200)
      #expect(!device.text.contains("todo-backend"))
    }

    @Test func `a moved cursor writes two rows and not the screen`() throws {
      let device = try Device(recordingCommand)
      #expect(device.shows("todo-backend"))
      device.read(for: 1)
      device.clear()
      device.type("j")
      #expect(device.shows("▸"))
      device.read(for: 0.1)
      #expect(device.output.count < 1_200)
    }

    @Test func `at 9,600 baud a key overtakes what is not written yet`() throws {
      let device = try Device(recordingCommand)
      #expect(device.shows("todo-backend", bytesPerSecond: Self.bytesPerSecond))
      device.read(for: 6, bytesPerSecond: Self.bytesPerSecond)
      // Twenty whole screens are asked for; only the last one is worth painting.
      device.clear()
      device.type(String(repeating: "?q", count: 20) + "?")
      #expect(device.shows("Keys", bytesPerSecond: Self.bytesPerSecond))
      #expect(device.output.count < 12_000, "one screen, not twenty")
      device.read(for: 10, bytesPerSecond: Self.bytesPerSecond)
      device.clear()
      device.type("\u{3}")
      #expect(device.shows("ended 0\r\n", bytesPerSecond: Self.bytesPerSecond))
      #expect(device.output.count < 3_000)
    }

    @Test func `a terminal that never answers is asked once and otherwise served alike`() throws {
      let device = try Device(recordingCommand, answers: false)
      #expect(device.shows("todo-backend"))
      for _ in 0..<3 {
        device.clear()
        device.type("?")
        #expect(device.shows("Keys"))
        device.type("q")
        #expect(device.shows("todo-backend"))
        #expect(!device.text.contains("\u{1B}[5n"))
      }
    }

    @Test(arguments: ["TERM", "HUP", "INT"])
    func `a terminal that does not read does not hold up the end`(signal: String) throws {
      let device = try Device(recordingCommand, columns: 200, rows: 60, answers: false)
      #expect(device.shows("todo-backend"))
      let program = try #require(try device.programID())
      // Each is a whole screen: far more than a device holds.
      for _ in 0..<20 {
        device.type("?")
        Thread.sleep(forTimeInterval: 0.05)
        device.type("q")
        Thread.sleep(forTimeInterval: 0.05)
      }
      try run(["kill", "-\(signal)", "\(program)"])
      #expect(try eventually(within: 5) { try !isRunning(program) })
    }
  }
}
