/// A glyph that is drawn as a shape, because fonts leave gaps between lines and blocks.
enum SVGShape: Equatable {
  /// Part of a cell: left, top, right and bottom as shares of it.
  case block(Double, Double, Double, Double)
  /// A line from edge to edge through the middle.
  case horizontal
  case vertical(weight: Double)
  /// A round corner from the middle of the bottom (1) or top (0) edge to the middle of the right (1) or left (0) one.
  case corner(right: Double, bottom: Double)
  /// A line from the top edge to a little below the middle.
  case tick(weight: Double)
  /// A heavy line through the middle from the left edge, over a share of the cell.
  case heavy(Double)

  init?(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "▁"..."█": self = .block(0, 1 - Double(scalar.value - 0x2580) / 8, 1, 1)
    case "▉"..."▏": self = .block(0, 0, Double(0x2590 - scalar.value) / 8, 1)
    case "▐": self = .block(0.5, 0, 1, 1)
    case "▀": self = .block(0, 0, 1, 0.5)
    case "━": self = .heavy(1)
    case "╸": self = .heavy(0.5)
    case "─": self = .horizontal
    case "│": self = .vertical(weight: 1)
    case "┃": self = .vertical(weight: 2.2)
    case "╵": self = .tick(weight: 1.2)
    case "╹": self = .tick(weight: 2.4)
    case "╭": self = .corner(right: 1, bottom: 1)
    case "╮": self = .corner(right: 0, bottom: 1)
    case "╰": self = .corner(right: 1, bottom: 0)
    case "╯": self = .corner(right: 0, bottom: 0)
    default: return nil
    }
  }

  /// The SVG element that fills the cell at a place.
  func element(x: Double, y: Double, width: Double, height: Double, ink: String) -> String {
    switch self {
    case .block(let left, let top, let right, let bottom):
      return rect(
        x: x + left * width, y: y + top * height, width: (right - left) * width, height: (bottom - top) * height,
        fill: ink)
    case .horizontal:
      return stroke("M\(x.short) \((y + height / 2).short)h\(width.short)", weight: 1, ink: ink)
    case .vertical(let weight):
      return stroke("M\((x + width / 2).short) \(y.short)v\(height.short)", weight: weight, ink: ink)
    case .tick(let weight):
      return stroke(
        "M\((x + width / 2).short) \((y + height / 5).short)v\((height * 0.45).short)", weight: weight, ink: ink)
    case .corner(let right, let bottom):
      let middle = (x: x + width / 2, y: y + height / 2)
      // The bend begins half a cell's width before the middle, so that it is round and not oval.
      let bend = middle.y + (bottom * 2 - 1) * width / 2
      let path =
        "M\(middle.x.short) \((y + bottom * height).short)V\(bend.short)"
        + "Q\(middle.x.short) \(middle.y.short) \((x + right * width).short) \(middle.y.short)"
      return stroke(path, weight: 1, ink: ink)
    case .heavy(let share):
      return rect(x: x, y: y + height / 2 - 2, width: width * share, height: 4, fill: ink)
    }
  }
}

private func stroke(_ path: String, weight: Double, ink: String) -> String {
  "<path d=\"\(path)\" fill=\"none\" stroke=\"\(ink)\" stroke-width=\"\(weight.short)\"/>"
}

/// A filled rectangle.
func rect(x: Double, y: Double, width: Double, height: Double, fill: String) -> String {
  "<rect x=\"\(x.short)\" y=\"\(y.short)\" width=\"\(width.short)\" height=\"\(height.short)\" fill=\"\(fill)\""
    + " shape-rendering=\"crispEdges\"/>"
}

extension Double {
  /// The number with at most two decimals.
  var short: String {
    let hundredths = Int((self * 100).rounded())
    let sign = hundredths < 0 ? "-" : ""
    let whole = abs(hundredths) / 100
    let rest = abs(hundredths) % 100
    if rest == 0 { return "\(sign)\(whole)" }
    return "\(sign)\(whole)." + (rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)")
  }
}

extension String {
  /// The text with the signs that mean something in XML replaced.
  var xml: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
