import Foundation
import Testing

@testable import Operations

@Suite struct WatchdogTests {
  private func start(_ script: String) throws -> Watchdog { try Watchdog(["/bin/sh", "-c", script]) }

  @Test func `it counts as started once it has answered, and ends when it is dismissed`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "todotop-\(UUID().uuidString)")
    let watchdog = try start("echo $$ > '\(file.path)'; echo ready; sleep 60")
    let text = try String(contentsOf: file, encoding: .utf8)
    let id = try #require(Int32(text.filter { $0.isNumber }))
    #expect(kill(id, 0) == 0)
    // A session of its own: what ends the terminal does not end it.
    #expect(getsid(id) == id)
    watchdog.dismiss()
    #expect(kill(id, 0) != 0)
  }

  @Test(arguments: ["exit 1", "echo something else", "exec 1>&-; exit 0"])
  func `one that does not answer is no watchdog`(script: String) {
    #expect(throws: JournalFolder.Problem.self) { try start(script) }
  }
}
