import CellScreen
import Foundation
import Testing

/// Compares a screen with the golden file `Fixtures/Goldens/<name>.txt` beside the test.
///
/// With `TODOTOP_RECORD=1` in the environment the file is written anew, and the test fails all the same: a recording
/// must be looked at and committed, never pass by itself.
///
/// - Parameters:
///   - headline: What the screen depends on, such as scene, seed and keys; it becomes the first line of the file.
///   - test: The file of the test; found by the compiler.
package func expectGolden(
  _ screen: Screen, named name: String, headline: String = "", test: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let url = goldenFolder(of: test).appending(path: name + ".txt")
  let actual = screen.golden(headline)
  if isRecording {
    record(actual, at: url, sourceLocation: sourceLocation)
    return
  }
  guard let expected = try? String(contentsOf: url, encoding: .utf8) else {
    Issue.record(
      "No golden at \(url.path). Record it with TODOTOP_RECORD=1. The screen is:\n\(actual)",
      sourceLocation: sourceLocation)
    return
  }
  guard expected != actual else { return }
  Issue.record("\(name) differs from its golden:\n\(differences(expected, actual))", sourceLocation: sourceLocation)
}

/// Fails for golden files that no test claims any more.
///
/// - Parameter claimed: The names that the tests of the file's folder use.
package func expectNoUnclaimedGoldens(
  claimed: some Sequence<String>, test: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation
) {
  let files = (try? FileManager.default.contentsOfDirectory(atPath: goldenFolder(of: test).path)) ?? []
  let unclaimed = Set(files.filter { $0.hasSuffix(".txt") }).subtracting(claimed.map { $0 + ".txt" })
  if !unclaimed.isEmpty {
    Issue.record("No test uses the goldens \(unclaimed.sorted())", sourceLocation: sourceLocation)
  }
}

/// Whether goldens are written instead of compared.
package var isRecording: Bool { ProcessInfo.processInfo.environment["TODOTOP_RECORD"] == "1" }

private func goldenFolder(of test: String) -> URL {
  URL(filePath: test).deletingLastPathComponent().appending(path: "Fixtures/Goldens")
}

private func record(_ text: String, at url: URL, sourceLocation: SourceLocation) {
  do {
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
    Issue.record("Recorded \(url.path); run again without TODOTOP_RECORD.", sourceLocation: sourceLocation)
  } catch {
    Issue.record("Cannot record \(url.path): \(error)", sourceLocation: sourceLocation)
  }
}

/// The lines that differ, expected above actual.
private func differences(_ expected: String, _ actual: String) -> String {
  let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
  return (0..<max(old.count, new.count)).compactMap { index in
    let before = index < old.count ? String(old[index]) : "(nothing)"
    let after = index < new.count ? String(new[index]) : "(nothing)"
    return before == after ? nil : "line \(index + 1)\n- \(before)\n+ \(after)"
  }.joined(separator: "\n")
}
