import CellScreen
import ClusterModel

/// A screen written to a file of its own.
struct ScreenFile {
  let screen: Screen
  let theme: Theme
  let moment: Timestamp

  /// Writes to a path, or to the usual place for an empty one.
  ///
  /// - Returns: What was done or why not, in one sentence.
  func save(to path: String) -> String {
    if !path.isEmpty { return saved(to: NewFile.expanded(path)) }
    return NewFile.usualName("todotop", "txt", stamp: moment.rfc3339).map(saved)
      ?? "the usual folder is full of saved screens; name a file"
  }

  private func saved(to path: String) -> String {
    guard let text = text(for: path) else {
      return "\(path) is no place for a screen: name a file that ends with .txt, .svg or .ansi"
    }
    do throws(NewFile.Problem) {
      var file = try NewFile(path)
      try file.write(text)
      try file.flush()
      return "this screen is saved in \(path)"
    } catch {
      return error.sentence
    }
  }

  /// The screen as the end of the file's name asks for it; `nil` for an end that is not known.
  private func text(for path: String) -> String? {
    let name = path.split(separator: "/").last ?? ""
    guard !name.isEmpty, !path.hasSuffix("/") else { return nil }
    switch name.dropFirst().split(separator: ".", omittingEmptySubsequences: false).dropFirst().last {
    case nil, "txt": return screen.text()
    case "svg": return screen.svg(theme: theme)
    case "ansi": return screen.ansi(theme: theme, colours: .trueColour)
    default: return nil
    }
  }
}
