/// Helm, as the demo plays it: it looks at charts, and installs nothing.
struct PlayedHelm {
  let stage: PlayedTool.Stage

  /// The version that it claims.
  static let version = "v3.18.4"
  /// Where the program's own chart and its manifests are inside of it.
  private static let chart = "infra/helm/todo-app/Chart.yaml"
  private static let manifests = "infra/manifests/todo.yaml"

  func run(_ words: [String]) -> Int32 {
    let words = words.filter { !$0.hasPrefix("--kubeconfig=") && !$0.hasPrefix("--kube-context=") }
    let places = Array(words.dropFirst()).places(options: ["-n", "--namespace", "-f", "--values", "-o", "--output"])
    switch words.first {
    case "version": stage.say(Self.version)
    case "lint": return lint(places)
    case "template": return template(places)
    case "upgrade", "install", "uninstall", "rollback":
      return stage.refuse(
        "Error: the demo has no helm that installs: there the chart's manifests are applied with kubectl.")
    default:
      return stage.refuse("Error: the demo does not play \"helm \(words.joined(separator: " "))\".")
    }
    return 0
  }

  private func lint(_ places: [String]) -> Int32 {
    guard let chart = places.first else { return stage.refuse("Error: name a chart.") }
    stage.say("==> Linting \(chart) \(PlayedTool.sign)\n")
    guard let text = stage.readFile("\(chart)/Chart.yaml") else {
      stage.say("[ERROR] Chart.yaml: unable to load chart: Chart.yaml file is missing\n\n")
      return stage.refuse("Error: 1 chart(s) linted, 1 chart(s) failed.")
    }
    if !text.contains("icon:") { stage.say("[INFO] Chart.yaml: icon is recommended\n") }
    if stage.readFile("\(chart)/values.yaml") == nil { stage.say("[INFO] values.yaml: file does not exist\n") }
    stage.say("\n1 chart(s) linted, 0 chart(s) failed \(PlayedTool.sign)\n")
    return 0
  }

  private func template(_ places: [String]) -> Int32 {
    guard places.count >= 2 else { return stage.refuse("Error: name a release and a chart.") }
    guard let text = stage.readFile("\(places[1])/Chart.yaml") else {
      return stage.refuse("Error: no chart is in \(places[1]): Chart.yaml file is missing.")
    }
    guard let own = resource(Self.chart), own == text, let manifests = resource(Self.manifests) else {
      return stage.refuse("Error: the demo's helm can only render the chart that comes with the program.")
    }
    stage.say(manifests)
    return 0
  }

  private func resource(_ path: String) -> String? { resourceBytes(path).map { String(decoding: $0, as: UTF8.self) } }
}
