import Foundation
import Synchronization
import Testing

@testable import DemoCluster

/// Docker, Minikube and helm as the demo plays them.
@Suite struct PlayedToolTests {
  /// A machine on which tools are played.
  private final class Machine: Sendable {
    let said = Mutex("")
    let complained = Mutex("")
    let waited = Mutex(0.0)
    let files: [String: String]

    init(_ files: [String: String] = [:]) { self.files = files }

    func run(_ tool: PlayedTool, _ words: String..., state: inout ToolState) -> (
      code: Int32, output: String, errors: String
    ) {
      said.withLock { $0 = "" }
      complained.withLock { $0 = "" }
      let stage = PlayedTool.Stage(
        say: { text in self.said.withLock { $0 += text } },
        complain: { text in self.complained.withLock { $0 += text } },
        pause: { seconds in self.waited.withLock { $0 += seconds } }, readFile: { self.files[$0] })
      let code = tool.run(words, &state, stage)
      return (code, said.withLock { $0 }, complained.withLock { $0 })
    }
  }

  private func json(_ text: String) throws -> JSON { try JSON(parsing: Array(text.utf8)) }

  @Test func `an image is there once it was built, and in the node once it was loaded`() throws {
    var state = ToolState(scenario: "bare")
    let machine = Machine(["b/Dockerfile": "FROM python:3.12-slim\nRUN pip install x\nUSER 10001\n"])
    #expect(machine.run(.docker, "image", "inspect", "todo-backend:v1", state: &state).code == 1)
    #expect(machine.run(.minikube, "image", "load", "todo-backend:v1", state: &state).code == 1)
    let built = machine.run(.docker, "build", "-t", "todo-backend:v1", "b", state: &state)
    #expect(built.code == 0)
    #expect(built.output.contains("RUN pip install x") && built.output.contains("(played by the demo)"))
    #expect(machine.waited.withLock { $0 } > 1)
    let inspection = try json(machine.run(.docker, "image", "inspect", "todo-backend:v1", state: &state).output)
    #expect((inspection.elements.first?["Size"]?.integer ?? 0) < 200_000_000)
    #expect(machine.run(.minikube, "-p", "todotop-demo", "image", "load", "todo-backend:v1", state: &state).code == 0)
    let images = try json(machine.run(.minikube, "image", "ls", "--format", "json", state: &state).output)
    #expect(images.elements.first?["repoTags"]?.elements.first?.string == "docker.io/library/todo-backend:v1")
    #expect(ToolState(text: state.text) == state)
  }

  @Test func `without a Dockerfile nothing is built`() {
    var state = ToolState(scenario: "bare")
    let outcome = Machine().run(.docker, "build", "-t", "x", "nowhere", state: &state)
    #expect(outcome.code == 1 && outcome.errors.contains("nowhere/Dockerfile"))
    #expect(state.built.isEmpty)
  }

  @Test func `Minikube answers in its own forms`() throws {
    var state = ToolState(scenario: "bare")
    let machine = Machine()
    let status = try json(machine.run(.minikube, "-p", "demo", "status", "-o", "json", state: &state).output)
    #expect(status["Name"]?.string == "demo" && status["Host"]?.string == "Running")
    #expect(status["Kubeconfig"]?.string == "Configured")
    let before = try json(machine.run(.minikube, "addons", "list", "-o", "json", state: &state).output)
    #expect(before["dashboard"]?["Status"]?.string == "disabled" && before["ingress"]?["Status"]?.string == "enabled")
    #expect(machine.run(.minikube, "addons", "enable", "dashboard", state: &state).code == 0)
    let after = try json(machine.run(.minikube, "addons", "list", "-o", "json", state: &state).output)
    #expect(after["dashboard"]?["Status"]?.string == "enabled")
    #expect(machine.run(.minikube, "start", state: &state).output.contains("(played by the demo)"))
    #expect(machine.run(.minikube, "delete", state: &state).code == 1)
  }

  @Test func `helm looks at charts and installs nothing`() throws {
    var state = ToolState(scenario: "bare")
    let chart = try #require(resourceBytes("infra/helm/todo-app/Chart.yaml")).map { UInt8($0) }
    let machine = Machine([
      "own/Chart.yaml": String(decoding: chart, as: UTF8.self), "own/values.yaml": "", "other/Chart.yaml": "name: x\n",
    ])
    #expect(machine.run(.helm, "version", "--template", "{{.Version}}", state: &state).output == PlayedHelm.version)
    #expect(machine.run(.helm, "lint", "own", state: &state).code == 0)
    #expect(machine.run(.helm, "lint", "nowhere", state: &state).code == 1)
    let rendered = machine.run(.helm, "template", "todo", "own", "-n", "todo", "-f", "v", state: &state)
    #expect(rendered.code == 0 && rendered.output.contains("kind: Deployment"))
    let other = machine.run(.helm, "template", "todo", "other", "-n", "todo", state: &state)
    #expect(other.code == 1 && other.errors.contains("comes with the program"))
    let install = machine.run(.helm, "upgrade", "--install", "todo", "own", state: &state)
    #expect(install.code == 1 && install.errors.contains("kubectl"))
  }

  @Test func `other words are refused in a sentence`() {
    var state = ToolState(scenario: "healthy")
    for tool in PlayedTool.allCases {
      let outcome = Machine().run(tool, "frobnicate", "--all", state: &state)
      #expect(outcome.code == 1 && outcome.errors.contains("(played by the demo)"), "\(tool)")
    }
    #expect(state == ToolState(scenario: "healthy"))
    #expect(state.built.contains("todo-backend:v1.0.0") && ToolState(scenario: "bare").built.isEmpty)
  }
}
