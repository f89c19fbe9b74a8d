import ClusterModel
import DemoCluster
import Operations
import Playbook

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Answers like docker, minikube or helm would, for the demo: nothing is built, started or installed.
func playTool(_ arguments: Arguments) -> Int32 {
  guard let tool = arguments.playedTool else { return 2 }
  let file = PrivateFile(playedStatePath(in: arguments.toolState))
  let before = textFile(file.path).map { ToolState(text: $0) } ?? ToolState(scenario: arguments.demoScenario)
  var state = before
  let speed = arguments.speed
  let stage = PlayedTool.Stage(
    say: { output($0) },
    complain: { text in
      var text = text
      text.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    },
    pause: { seconds in usleep(UInt32(max(0, min(seconds / speed, 10)) * 1_000_000)) },
    readFile: { textFile($0) })
  let code = tool.run(arguments.playedWords, &state, stage)
  if state != before, !file.replace(with: Array(state.text.utf8)) {
    complain("\(file.path) cannot be written.")
    return 1
  }
  return code
}

/// Where the demo keeps what was played.
func playedStatePath(in folder: String) -> String { folder + "/tools" }

extension ToolPrograms {
  /// The programs that a demo plays: this program itself, told which.
  init(kubectl: Kubectl, playedBy demo: DemoChild, _ arguments: Arguments) {
    let folder = demo.folder
    func words(_ tool: PlayedTool) -> [String] {
      [
        executablePath(), "demo", "--play", tool.rawValue, "--state", folder, "--scenario", arguments.demoScenario,
        "--speed", "\(arguments.speed)", "--",
      ]
    }
    self.init(
      kubectl: kubectl, docker: words(.docker), minikube: words(.minikube), helm: words(.helm), isPlayed: true)
  }
}

/// The text of a plain file.
func textFile(_ path: String) -> String? {
  PrivateFile(path).read().map { String(decoding: $0, as: UTF8.self) }
}
