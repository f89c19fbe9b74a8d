/// The colours that differ between the coloured themes; the roles are made from them in one place.
private struct Palette {
  let text, strong, muted, stale, header: RGB
  let border, borderFocused, track: RGB
  let accent, good, rolling, warning, danger, unknown, local, spark: RGB
  let selectionText, selection, changedText, changed: RGB
  let onVerdict, healthyBlock, rollingBlock, degradedBlock, onDegraded, onDown, downBlock, unknownBlock: RGB
  let onBadge, armedBadge, demoBadge, tabBlock: RGB

  // One line for each role, so that the whole look can be read in one place.
  func face(_ role: StyleRole) -> Face {
    switch role {
    case .plain, .value: Face(text)
    case .strong, .title: Face(strong, bold: true)
    case .muted, .label, .stamp, .tab: Face(muted)
    case .stale: Face(stale)
    case .header: Face(header, bold: true)
    case .logo, .key: Face(accent, bold: true)
    case .accent: Face(accent)
    case .link: Face(rolling, underlined: true)
    case .border, .scrollbar, .borderNormal: Face(border)
    case .borderFocused: Face(borderFocused)
    case .borderLocal: Face(local)
    case .borderProtected: Face(danger)
    case .good, .contextLocal: Face(good)
    case .rolling: Face(rolling)
    case .warning, .contextNormal: Face(warning)
    case .danger: Face(danger, bold: true)
    case .unknown: Face(unknown)
    case .selected: Face(selectionText, on: selection)
    case .changed: Face(changedText, on: changed)
    case .match: Face(onDegraded, on: degradedBlock)
    case .barFill: Face(good)
    case .barHigh: Face(warning)
    case .barFull: Face(danger)
    case .barTrack: Face(track)
    case .tickRequest: Face(rolling)
    case .tickLimit: Face(strong)
    case .sparkline: Face(spark)
    case .verdictHealthy: Face(onVerdict, on: healthyBlock, bold: true)
    case .verdictRolling: Face(onVerdict, on: rollingBlock, bold: true)
    case .verdictDegraded: Face(onDegraded, on: degradedBlock, bold: true)
    case .verdictDown: Face(onDown, on: downBlock, bold: true)
    case .verdictUnknown: Face(onVerdict, on: unknownBlock, bold: true)
    case .tabSelected: Face(selectionText, on: tabBlock, bold: true)
    case .contextProtected: Face(onDown, on: downBlock, bold: true)
    case .armed: Face(onBadge, on: armedBadge, bold: true)
    case .demo: Face(onBadge, on: demoBadge, bold: true)
    }
  }
}

extension Theme {
  /// Quiet colours on nearly black.
  package static let dark: Theme = {
    let palette = Palette(
      text: RGB(0xD3D9E0), strong: RGB(0xF3F6FA), muted: RGB(0x98A2AE), stale: RGB(0x8A939E), header: RGB(0x9DB2C9),
      border: RGB(0x66707D), borderFocused: RGB(0x6FB7FF), track: RGB(0x737D89),
      accent: RGB(0x63CBD9), good: RGB(0x7FCB93), rolling: RGB(0x6CB0FF), warning: RGB(0xE6C17A), danger: RGB(0xFF857C),
      unknown: RGB(0xC4A0EE), local: RGB(0x5F8F76), spark: RGB(0x7FB2C9),
      selectionText: RGB(0xF3F6FA), selection: RGB(0x1F2B3F), changedText: RGB(0xF5E3B0), changed: RGB(0x3B3218),
      onVerdict: RGB(0x0D1117), healthyBlock: RGB(0x5CC47E), rollingBlock: RGB(0x6CB0FF),
      degradedBlock: RGB(0xF0B84A), onDegraded: RGB(0x0D1117),
      onDown: RGB(0xFFFFFF), downBlock: RGB(0xCB2F35), unknownBlock: RGB(0xB99AEE),
      onBadge: RGB(0xFFFFFF), armedBadge: RGB(0xA8480F), demoBadge: RGB(0x5D4B9A), tabBlock: RGB(0x2B3B55))
    return Theme(
      name: "dark", foreground: palette.text, background: RGB(0x11141A), face: palette.face)
  }()

  /// Ink on white, for projectors and bright rooms.
  package static let light: Theme = {
    let palette = Palette(
      text: RGB(0x1F2630), strong: RGB(0x0B0F14), muted: RGB(0x56606B), stale: RGB(0x5C6570), header: RGB(0x3D556F),
      border: RGB(0x848D97), borderFocused: RGB(0x0B5FC4), track: RGB(0x7B848E),
      accent: RGB(0x0B6E7C), good: RGB(0x17702F), rolling: RGB(0x0B5FC4), warning: RGB(0x945000), danger: RGB(0xBC1C28),
      unknown: RGB(0x6F3AB5), local: RGB(0x4C8A63), spark: RGB(0x236482),
      selectionText: RGB(0x0B0F14), selection: RGB(0xDBE8FA), changedText: RGB(0x3D2B00), changed: RGB(0xFCEFC4),
      onVerdict: RGB(0xFFFFFF), healthyBlock: RGB(0x17702F), rollingBlock: RGB(0x0B5FC4),
      degradedBlock: RGB(0xF5B83D), onDegraded: RGB(0x0B0F14),
      onDown: RGB(0xFFFFFF), downBlock: RGB(0xBC1C28), unknownBlock: RGB(0x6F3AB5),
      onBadge: RGB(0xFFFFFF), armedBadge: RGB(0xA8480F), demoBadge: RGB(0x5D4B9A), tabBlock: RGB(0xC6DAF5))
    return Theme(name: "light", foreground: palette.text, background: RGB(0xFFFFFF), face: palette.face)
  }()

  /// Strong colours on black, every one at least 7 : 1.
  package static let highContrast: Theme = {
    let palette = Palette(
      text: RGB(0xFFFFFF), strong: RGB(0xFFFFFF), muted: RGB(0xD0D0D0), stale: RGB(0xB8B8B8), header: RGB(0xFFFFFF),
      border: RGB(0xB0B0B0), borderFocused: RGB(0x00FFFF), track: RGB(0xA8A8A8),
      accent: RGB(0x00FFFF), good: RGB(0x5FFF5F), rolling: RGB(0x87CFFF), warning: RGB(0xFFFF00), danger: RGB(0xFFA0A0),
      unknown: RGB(0xFFAFFF), local: RGB(0x5FFF5F), spark: RGB(0x87FFFF),
      selectionText: RGB(0xFFFFFF), selection: RGB(0x00264D), changedText: RGB(0xFFFFFF), changed: RGB(0x5F3A00),
      onVerdict: RGB(0x000000), healthyBlock: RGB(0x5FFF5F), rollingBlock: RGB(0x87CFFF),
      degradedBlock: RGB(0xFFFF00), onDegraded: RGB(0x000000),
      onDown: RGB(0x000000), downBlock: RGB(0xFF8080), unknownBlock: RGB(0xFFAFFF),
      onBadge: RGB(0x000000), armedBadge: RGB(0xFFAF5F), demoBadge: RGB(0xD7AFFF), tabBlock: RGB(0x00458A))
    return Theme(
      name: "high-contrast", foreground: palette.text, background: RGB(0x000000), face: palette.face)
  }()

  /// No colour: bold, dim, underlined and inverse carry what words and signs say as well.
  package static let mono = Theme(
    name: "mono", foreground: RGB(0xE0E0E0), background: RGB(0x111111), isMono: true
  ) { role in
    switch role {
    case .plain, .value, .good, .rolling, .barFill, .sparkline, .contextLocal, .unknown: Face()
    case .muted, .stale, .label, .stamp, .tab, .border, .borderLocal, .borderNormal, .barTrack, .scrollbar:
      Face(dim: true)
    case .strong, .title, .logo, .header, .key, .accent, .warning, .barHigh, .borderFocused, .contextNormal,
      .tickRequest, .tickLimit:
      Face(bold: true)
    case .danger, .barFull, .borderProtected: Face(bold: true, underlined: true)
    case .link, .changed: Face(underlined: true)
    case .selected, .match, .tabSelected, .demo: Face(inverse: true)
    case .verdictHealthy, .verdictRolling, .verdictDegraded, .verdictDown, .verdictUnknown, .contextProtected, .armed:
      Face(bold: true, inverse: true)
    }
  }
}
