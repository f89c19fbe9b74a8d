import CellScreen
import ClusterModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A screen written to a file of its own: only for its owner, and never over another file.
struct ScreenFile {
  let screen: Screen
  let theme: Theme
  let moment: Timestamp

  /// How many names are tried where the usual one is taken.
  private static let namesMax = 100

  /// Writes to a path, or to the usual place for an empty one.
  ///
  /// - Returns: What was done or why not, in one sentence.
  func save(to path: String) -> String {
    guard path.isEmpty else { return saved(to: ScreenFile.expanded(path)) }
    let folder = ScreenFile.usualFolder()
    let stamp = moment.rfc3339.split(separator: ":").joined(separator: "-")
    for number in 1...ScreenFile.namesMax {
      let name = "\(folder)/todotop-\(stamp)\(number == 1 ? "" : "-\(number)").txt"
      if access(name, F_OK) != 0 { return saved(to: name) }
    }
    return "\(folder) is full of saved screens"
  }

  private func saved(to path: String) -> String {
    guard let text = text(for: path) else {
      return "\(path) is no place for a screen: name a file that ends with .txt, .svg or .ansi"
    }
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      return errno == EEXIST
        ? "\(path) is there already and stays as it is; name another file"
        : "\(path) cannot be written: \(String(cString: strerror(errno)))"
    }
    defer { close(file) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let problem = String(cString: strerror(errno))
        // It was made a moment ago, by us.
        unlink(path)
        return "\(path) cannot be written: \(problem)"
      }
      rest = rest.dropFirst(count)
    }
    return "this screen is saved in \(path)"
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

  /// The path with `~/` as the shell would take it.
  private static func expanded(_ path: String) -> String {
    path.hasPrefix("~/") ? environment("HOME") + path.dropFirst() : path
  }

  /// `$XDG_STATE_HOME/todotop`, made where it is missing; else the working folder.
  private static func usualFolder() -> String {
    let home = environment("HOME")
    var root = environment("XDG_STATE_HOME")
    if !root.hasPrefix("/") { root = home.hasPrefix("/") ? home + "/.local/state" : "" }
    guard !root.isEmpty else { return "." }
    let folder = root + "/todotop"
    var made = ""
    for part in folder.split(separator: "/") {
      made += "/" + part
      mkdir(made, 0o700)
    }
    return access(folder, W_OK) == 0 ? folder : "."
  }
}
