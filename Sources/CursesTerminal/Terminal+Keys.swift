import CNcurses
import CellScreen

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Terminal {
  /// One call gives at most this many reads, so that a flood of input cannot hold up the screen.
  private static let readsMax = 4_096

  /// Takes all keys that are waiting; never blocks.
  ///
  /// A changed window size comes first, as `.resize`; a closed terminal is `.hangup`, once.
  package func readKeys() -> [Key] {
    guard !isHungUp, !isSuspended else { return [] }
    var keys: [Key] = []
    if let size = adoptWindowSize() { keys.append(.resize(size)) }
    if isGone {
      isHungUp = true
      return keys + [.hangup]
    }
    for _ in 0..<Terminal.readsMax {
      guard let input = readInput() else { break }
      keys += decoder.handle(input)
      if input == .pause { break }
    }
    return keys
  }

  /// Nothing can be read any more: the other end hung up, or reading would give the end of the file.
  private var isGone: Bool {
    var entry = pollfd(fd: inputDescriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, 0) > 0 else { return false }
    let events = Int32(entry.revents)
    if events & Int32(POLLERR | POLLNVAL) != 0 { return true }
    let waiting = cn_waiting_bytes(inputDescriptor)
    return waiting <= 0 && events & Int32(POLLHUP | POLLIN) != 0
  }

  /// One read; nil for something that is no key.
  func readInput() -> KeyDecoder.Input? {
    // By bytes: curses forgets the beginning of a letter whose rest is still on its way.
    let value = wgetch(keyboard)
    if cn_is_error(value) { return .pause }
    if (0..<256).contains(value) { return letters.add(UInt8(value)).map { .scalar($0.value) } ?? .code(0) }
    if value == cn_answer() {
      output.answered()
      return .code(0)
    }
    // curses tells of sizes that are adopted already.
    return value == KEY_MOUSE ? mouse() : .code(value)
  }

  private func mouse() -> KeyDecoder.Input? {
    var event = MEVENT()
    guard getmouse(&event) == 0 else { return .code(0) }
    let position = Position(column: Int(event.x), row: Int(event.y))
    let action: MouseEvent.Action? =
      if cn_mouse_is_double(event.bstate) {
        .doublePress
      } else if cn_mouse_is_press(event.bstate) {
        .press
      } else if cn_mouse_is_wheel_up(event.bstate) {
        .wheelUp
      } else if cn_mouse_is_wheel_down(event.bstate) {
        .wheelDown
      } else {
        nil
      }
    return action.map { .mouse(MouseEvent(position: position, action: $0)) } ?? .code(0)
  }
}
