import CellScreen
import ClusterModel

/// A word as a shell takes it for one word.
package func shellWord(_ word: String) -> String {
  let plain =
    !word.isEmpty
    && word.utf8.allSatisfy { $0.isASCIILetter || (43...58).contains($0) || [61, 64, 95].contains($0) }
  return plain
    ? word
    : "'" + sanitized(word).split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
