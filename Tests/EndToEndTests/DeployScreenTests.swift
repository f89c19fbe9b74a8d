import Foundation
import Testing

extension OneAfterTheOther {
  /// The deploy by its key, in a real terminal.
  @Suite struct DeployScreenTests {
    @Test func `F5 and yes bring an empty cluster up, and ctrl-x ends a deploy in the middle`() throws {
      let scene = try PlaybookScene()
      let environment = scene.environment.filter { $0.key != "PATH" }
      let command = "'\(programPath)' demo --scenario bare"
      let screen = try Tmux("\(command) --speed 5", columns: 140, rows: 45, environment: environment)
      try begin(screen)
      #expect(try screen.shows("Deployed in", within: 60))
      #expect(try screen.shows("HEALTHY"))
      try screen.press("Escape")
      #expect(try screen.holds("phase 4 good") { $0.contains(#/✓ 4 Secrets & conf\S+ +━+ +(\d+)/\1 /#) })

      let other = try Tmux(command, columns: 140, rows: 45, environment: environment)
      try begin(other)
      #expect(try other.shows("building todo-backend:v1.0.0 (played by the demo)"))
      try other.press("C-x")
      #expect(try other.shows("stopped by you"))
      #expect(try !other.text().contains("Deployed in"))
    }

    /// Opens the plan and agrees to it, once the question can have been read.
    private func begin(_ screen: Tmux) throws {
      #expect(try screen.shows("nothing is deployed"))
      try screen.press("F5")
      #expect(try screen.shows("Plan: 6 steps"))
      try screen.press("Enter")
      #expect(try screen.shows("does it"))
      Thread.sleep(forTimeInterval: 0.5)
      try screen.press("y")
    }
  }
}
