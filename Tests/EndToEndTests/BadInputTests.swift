import Foundation
import Testing

extension OneAfterTheOther {
  /// Input that nobody types; afterwards a key is answered as ever.
  @Suite struct BadInputTests {
    private func opened(columns: Int = 120, rows: Int = 40) throws -> Device {
      let device = try Device(recordingCommand, columns: columns, rows: rows)
      #expect(device.shows("todo-backend"))
      return device
    }

    private func expectAnswer(_ device: Device) {
      device.read(for: 0.3)
      device.clear()
      device.type("\u{3}")
      device.read(for: 0.5)
      // A letter or a paste that is not finished takes one key with it.
      device.type("\u{3}")
      #expect(device.shows("ended 0\r\n", within: 10))
    }

    @Test func `garbage is survived`() throws {
      let device = try opened()
      var generator = SystemRandomNumberGenerator()
      // All bytes but those that leave, stop or ask whether to leave.
      let leaving: Set<UInt8> = [0x03, 0x1A, UInt8(ascii: "q"), UInt8(ascii: ":")]
      let garbage = (0..<50_000).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        .filter { !leaving.contains($0) }
      device.type(garbage)
      expectAnswer(device)
    }

    @Test(arguments: ["\u{1B}[", "\u{1B}O", "\u{1B}[<3", "\u{1B}[<0;10;10", "\u{1B}[200~lost end", "\u{1B}]0;title"])
    func `half a sequence does not swallow what follows`(half: String) throws {
      let device = try opened()
      device.type(half)
      expectAnswer(device)
    }

    @Test func `letters that come byte by byte are letters`() throws {
      let device = try opened()
      device.type("/")
      for letter in "é作😀" {
        device.clear()
        for byte in String(letter).utf8 {
          device.type([byte])
          device.read(for: 0.05)
        }
        #expect(device.shows(String(letter), within: 5))
      }
      device.type([0xE4, 0xBD])
      expectAnswer(device)
    }

    @Test func `a storm of mouse events is survived`() throws {
      let device = try opened()
      let events = (0..<5_000).map { "\u{1B}[<\($0 % 66);\($0 % 300);\($0 % 90)\($0 % 2 == 0 ? "M" : "m")" }
      device.type(events.joined())
      expectAnswer(device)
    }

    @Test func `sizes that change faster than frames end with the last one`() throws {
      let device = try opened()
      let sizes = [(1, 1), (500, 100), (80, 1), (1, 60), (0, 0), (40, 12), (200, 60), (65_535, 65_535), (120, 40)]
      for index in 0..<900 {
        let size = sizes[index % sizes.count]
        device.resize(columns: size.0, rows: size.1)
        device.read(for: 0.002)
      }
      device.read(for: 0.5)
      device.clear()
      device.type("\u{12}")
      #expect(device.shows("todo-backend"))
      expectAnswer(device)
    }
  }
}
