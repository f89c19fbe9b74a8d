import CNcurses
import CellScreen
import CursesTerminal
import Foundation
import Synchronization

/// A terminal device whose other end the test holds: it types and sees every byte that was written.
final class Pty: Sendable {
  let master: Int32
  let slave: Int32
  private let received = Mutex<[UInt8]>([])
  private let hangsUp = Mutex(false)

  init?(columns: Int = 80, rows: Int = 24) {
    var ends: (master: Int32, slave: Int32) = (0, 0)
    guard cn_open_pty(&ends.master, &ends.slave) == 0 else { return nil }
    (master, slave) = ends
    resize(columns: columns, rows: rows)
    // Without a reader a large frame would fill the device and block.
    Thread.detachNewThread { [self] in
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while !hangsUp.withLock({ $0 }) {
        // Closing while a read waits would not hang up, so no read waits.
        var entry = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        if poll(&entry, 1, 5) == 0 { continue }
        let count = read(master, &buffer, buffer.count)
        if count <= 0 { break }
        received.withLock { $0 += buffer.prefix(count) }
      }
      close(master)
    }
  }

  /// The path of the device, for another process.
  var path: String? { ttyname(slave).map { String(cString: $0) } }

  func resize(columns: Int, rows: Int) {
    cn_set_window_size(slave, Int32(columns), Int32(rows))
  }

  func type(_ text: String) { type(Array(text.utf8)) }

  func type(_ bytes: [UInt8]) {
    _ = write(master, bytes, bytes.count)
    settle()
  }

  func hangUp() {
    hangsUp.withLock { $0 = true }
    settle()
  }

  /// The bytes written since the last call, once no more arrive.
  func output() -> [UInt8] {
    var last = -1
    while true {
      settle()
      let count = received.withLock { $0.count }
      if count == last { break }
      last = count
    }
    return received.withLock { bytes in
      defer { bytes = [] }
      return bytes
    }
  }

  private func settle() { usleep(20_000) }

  func options(type: String? = "xterm-256color") -> Terminal.Options {
    var options = Terminal.Options(glyphs: .unicode)
    options.type = type
    options.isColourless = false
    options.input = slave
    options.output = slave
    return options
  }
}
