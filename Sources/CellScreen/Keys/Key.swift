/// What a person did at the keyboard, or the terminal to itself.
package enum Key: Hashable, Sendable {
  case char(Character)
  case function(Int)
  case ctrl(Character)
  case enter, escape, tab, backTab, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
  case shiftLeft, shiftRight, shiftUp, shiftDown
  /// Text pasted at once; it never acts as keys.
  case paste(String)
  case mouse(MouseEvent)
  /// The terminal has another size now.
  case resize(Size)
  /// The terminal is gone; nothing will come any more.
  case hangup
}

/// A click or a turn of the wheel, in cells.
package struct MouseEvent: Hashable, Sendable {
  /// What the mouse did.
  package enum Action: Hashable, Sendable {
    case press, doublePress, wheelUp, wheelDown
  }

  package let position: Position
  package let action: Action
  /// How many of them came at once.
  package let count: Int

  /// Makes a mouse event.
  package init(position: Position, action: Action, count: Int = 1) {
    self.position = position
    self.action = action
    self.count = count
  }
}

extension [Key] {
  /// The keys with turns of the wheel that follow each other made one, so that a storm of them costs little.
  package func withWheelMerged() -> [Key] {
    reduce(into: []) { keys, key in
      guard case .mouse(let new) = key, [.wheelUp, .wheelDown].contains(new.action),
        case .mouse(let old)? = keys.last, old.action == new.action
      else { return keys.append(key) }
      keys[keys.count - 1] = .mouse(
        MouseEvent(position: new.position, action: new.action, count: old.count + new.count))
    }
  }
}

extension Key {
  private static let named: [(name: String, key: Key)] = [
    ("enter", .enter), ("esc", .escape), ("tab", .tab), ("shift-tab", .backTab), ("backspace", .backspace),
    ("del", .delete), ("ins", .insert), ("up", .up), ("down", .down), ("left", .left), ("right", .right),
    ("home", .home), ("end", .end), ("pgup", .pageUp), ("pgdn", .pageDown), ("space", .char(" ")),
    ("shift-left", .shiftLeft), ("shift-right", .shiftRight), ("shift-up", .shiftUp), ("shift-down", .shiftDown),
  ]

  /// Function keys that terminals send.
  package static let functionMax = 24

  /// Reads a key as help text spells it: `j`, `?`, `ctrl-t`, `shift-c`, `F5`, `enter`, `esc`, `space`.
  package init?(spec: String) {
    if let match = Key.named.first(where: { $0.name == spec }) {
      self = match.key
      return
    }
    let characters = Array(spec)
    if let only = characters.first, characters.count == 1 {
      self = .char(only)
    } else if characters.first == "F", let number = Int(spec.dropFirst()), (1...Key.functionMax).contains(number) {
      self = .function(number)
    } else if spec.hasPrefix("ctrl-"), characters.count == 6, let last = characters.last, last.isASCII {
      self = .ctrl(Character(last.lowercased()))
    } else if spec == "ctrl-space" {
      self = .ctrl(" ")
    } else if spec.hasPrefix("shift-"), characters.count == 7, let last = characters.last, last.isLetter {
      self = .char(Character(last.uppercased()))
    } else {
      return nil
    }
  }

  /// The key as help text spells it; what `init(spec:)` reads.
  package var description: String {
    if let match = Key.named.first(where: { $0.key == self }) { return match.name }
    return switch self {
    case .char(let character): String(character)
    case .function(let number): "F\(number)"
    case .ctrl(" "): "ctrl-space"
    case .ctrl(let character): "ctrl-\(character)"
    case .paste: "paste"
    case .mouse: "mouse"
    case .resize: "resize"
    case .hangup: "hangup"
    default: ""
    }
  }
}

extension Key: CustomStringConvertible {}
