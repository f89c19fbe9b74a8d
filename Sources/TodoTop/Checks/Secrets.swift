#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The longest value that is taken, in bytes.
private let valueBytesMax = 64 << 10

/// Asks for the values of keys at the terminal, one a line, and shows none of them; an empty line leaves a key out.
func readSecrets(_ keys: [String]) -> [String: String] {
  var before = termios()
  let isTerminal = tcgetattr(STDIN_FILENO, &before) == 0
  if isTerminal {
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO)
    silent.c_lflag |= tcflag_t(ICANON)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
  }
  defer { if isTerminal { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before) } }
  var values: [String: String] = [:]
  output("\nWhat is typed is not shown; an empty line leaves a key out.\n")
  for key in keys {
    output("\(key): ")
    guard let line = readLine(), line.utf8.count <= valueBytesMax else { break }
    output("\n")
    if !line.isEmpty { values[key] = line }
  }
  return values
}

/// Reads lines `KEY=value`; empty lines and those that begin with # say nothing.
///
/// - Throws: ``StartProblem`` for a file that cannot be read, or a line that is none of these; no value is repeated.
func secrets(inFile path: String) throws(StartProblem) -> [String: String] {
  let text = path == "-" ? standardInput() : textFile(path)
  guard let text else { throw StartProblem("The secrets in \(path) cannot be read.", exitCode: 2) }
  var values: [String: String] = [:]
  for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
    let line = line.hasSuffix("\r") ? line.dropLast() : line
    if line.allSatisfy(\.isWhitespace) || line.hasPrefix("#") { continue }
    guard let sign = line.firstIndex(of: "="), sign != line.startIndex else {
      throw StartProblem("Line \(index + 1) of the secrets is not KEY=value.", exitCode: 2)
    }
    values[String(line[..<sign])] = String(line[line.index(after: sign)...])
  }
  return values
}

/// All of standard input, up to a bound.
private func standardInput() -> String? {
  var lines: [String] = []
  var size = 0
  while let line = readLine() {
    size += line.utf8.count + 1
    guard size <= 1 << 20 else { return nil }
    lines.append(line)
  }
  return lines.joined(separator: "\n")
}
