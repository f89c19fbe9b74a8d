/// What a piece of the screen means; a theme decides how that looks.
package enum StyleRole: UInt8, CaseIterable, Sendable {
  case plain, muted, stale, strong
  case title, logo, header, label, value, stamp, accent, link, key
  case border, borderFocused, borderLocal, borderNormal, borderProtected
  case good, rolling, warning, danger, unknown
  case selected, changed, match
  case barFill, barHigh, barFull, barTrack, tickRequest, tickLimit, sparkline
  case verdictHealthy, verdictRolling, verdictDegraded, verdictDown, verdictUnknown
  case tab, tabSelected, scrollbar
  case contextLocal, contextNormal, contextProtected, armed, demo
}

/// A role and what is added to it, in two bytes.
package struct Style: Hashable, Sendable {
  package var role: StyleRole
  private var flags: UInt8 = 0

  /// Makes the style of a role.
  package init(_ role: StyleRole, isSelected: Bool = false, isEmphasized: Bool = false) {
    self.role = role
    self.isSelected = isSelected
    self.isEmphasized = isEmphasized
  }

  /// Whether the selection's background lies under it; the role keeps its own foreground.
  package var isSelected: Bool {
    get { flags & 1 != 0 }
    set { flags = newValue ? flags | 1 : flags & ~1 }
  }

  /// Whether it is bold beside what the role is.
  package var isEmphasized: Bool {
    get { flags & 2 != 0 }
    set { flags = newValue ? flags | 2 : flags & ~2 }
  }

  /// The same style on the selection's background.
  package var selected: Style {
    var copy = self
    copy.isSelected = true
    return copy
  }

  /// The same style, bold.
  package var emphasized: Style {
    var copy = self
    copy.isEmphasized = true
    return copy
  }
}

// A role alone reads as a style: `canvas.write("x", style: .danger)`.
extension Style {
  package static let plain = Style(.plain)
  package static let muted = Style(.muted)
  package static let stale = Style(.stale)
  package static let strong = Style(.strong)
  package static let title = Style(.title)
  package static let logo = Style(.logo)
  package static let header = Style(.header)
  package static let label = Style(.label)
  package static let value = Style(.value)
  package static let stamp = Style(.stamp)
  package static let accent = Style(.accent)
  package static let link = Style(.link)
  package static let key = Style(.key)
  package static let border = Style(.border)
  package static let borderFocused = Style(.borderFocused)
  package static let borderLocal = Style(.borderLocal)
  package static let borderNormal = Style(.borderNormal)
  package static let borderProtected = Style(.borderProtected)
  package static let good = Style(.good)
  package static let rolling = Style(.rolling)
  package static let warning = Style(.warning)
  package static let danger = Style(.danger)
  package static let unknown = Style(.unknown)
  package static let changed = Style(.changed)
  package static let match = Style(.match)
  package static let barFill = Style(.barFill)
  package static let barHigh = Style(.barHigh)
  package static let barFull = Style(.barFull)
  package static let barTrack = Style(.barTrack)
  package static let tickRequest = Style(.tickRequest)
  package static let tickLimit = Style(.tickLimit)
  package static let sparkline = Style(.sparkline)
  package static let verdictHealthy = Style(.verdictHealthy)
  package static let verdictRolling = Style(.verdictRolling)
  package static let verdictDegraded = Style(.verdictDegraded)
  package static let verdictDown = Style(.verdictDown)
  package static let verdictUnknown = Style(.verdictUnknown)
  package static let tab = Style(.tab)
  package static let tabSelected = Style(.tabSelected)
  package static let scrollbar = Style(.scrollbar)
  package static let contextLocal = Style(.contextLocal)
  package static let contextNormal = Style(.contextNormal)
  package static let contextProtected = Style(.contextProtected)
  package static let armed = Style(.armed)
  package static let demo = Style(.demo)
}
