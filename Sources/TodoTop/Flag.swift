import CellScreen
import Dashboard
import DemoCluster

/// A flag of the command line: its names, words for people, and what it sets.
///
/// Parsing, help and shell completion are made from the one list.
struct Flag: Sendable {
  enum Action: Sendable {
    case set(@Sendable (inout Arguments) -> Void)
    /// Takes a value; says whether the value is good.
    case value(String, @Sendable (inout Arguments, String) -> Bool)
  }

  let names: [String]
  let summary: String
  let group: String
  let action: Action

  private init(_ names: [String], _ group: String, _ summary: String, _ action: Action) {
    self.names = names
    self.group = group
    self.summary = summary
    self.action = action
  }

  private static func text(_ path: any WritableKeyPath<Arguments, String?> & Sendable) -> Action {
    .value("NAME") { arguments, value in
      arguments[keyPath: path] = value
      return !value.isEmpty
    }
  }

  /// The group of flags that are for the program alone: neither help nor completion has them.
  static let hidden = "hidden"

  /// All that people may give.
  static var offered: [Flag] { all.filter { $0.group != hidden } }

  static let all: [Flag] = [
    Flag(["--context"], "cluster", "the kubeconfig context", text(\.context)),
    Flag(["--choose-context"], "cluster", "choose the context from a list first", .set { $0.choosesContext = true }),
    Flag(["--namespace", "-n"], "cluster", "the namespace that is shown", text(\.namespace)),
    Flag(["--all-namespaces", "-A"], "cluster", "all namespaces", .set { $0.allNamespaces = true }),
    Flag(
      ["--kubeconfig"], "cluster", "the kubeconfig file",
      .value("FILE") {
        $0.kubeconfig = $1; return !$1.isEmpty
      }),
    Flag(
      ["--kubectl"], "cluster", "the kubectl to use, such as \"minikube kubectl --\"",
      .value("COMMAND") {
        $0.kubectl = $1; return !$1.isEmpty
      }),
    Flag(
      ["--poll"], "cluster", "ask every so often instead of watching; 1s to 10m",
      .value("PERIOD") {
        $0.pollPeriod = duration($1); return $0.pollPeriod != nil
      }),
    Flag(["--read-only"], "cluster", "never change the cluster", .set { $0.isReadOnly = true }),
    Flag(
      ["--demo"], "demo", "start the demo cluster and show it, with any command",
      .set { $0.demo = true }),
    Flag(
      ["--scenario"], "demo", "what the demo shows, see Scenarios; healthy unless you say so",
      .value("NAME") {
        $0.demoScenario = $1; return !$1.isEmpty
      }),
    Flag(
      ["--pods"], "demo", "pods in all, 1 to 20000",
      .value("N") {
        $0.demoPods = Int($1); return (1...20_000).contains($0.demoPods ?? 0)
      }),
    Flag(
      ["--churn"], "demo", "changes a second, 0 to 1000",
      .value("N") {
        $0.demoChurn = Double($1) ?? -1; return (0...1_000).contains($0.demoChurn)
      }),
    Flag(
      ["--seed"], "demo", "the same seed gives the same demo; a whole number",
      .value("N") {
        $0.demoSeed = UInt64($1); return $0.demoSeed != nil
      }),
    Flag(
      ["--speed"], "demo", "how fast the demo's time runs, or a replay; 0.1 to 100",
      .value("X") {
        $0.speed = Double($1) ?? 0; return (0.1...100).contains($0.speed)
      }),
    Flag(
      ["--fault"], "demo", "make the demo's API fail, such as latency=200,errors=3",
      .value("FAULTS") {
        $0.demoFaults = $1; return DemoOptions.knows(faults: $1)
      }),
    Flag(
      ["--serve"], "demo", "only serve the demo cluster on this port, 0 for any free one",
      .value("PORT") {
        $0.servePort = UInt16($1); return $0.servePort != nil
      }),
    // What the program calls itself with, so that nothing is built or started on the machine of a demo.
    Flag(
      ["--play"], hidden, "answer like this program: \(PlayedTool.allCases.map(\.rawValue).joined(separator: ", "))",
      .value("PROGRAM") {
        $0.playedTool = PlayedTool(rawValue: $1); return $0.playedTool != nil
      }),
    Flag(
      ["--state"], hidden, "where it is kept what was played",
      .value("FOLDER") {
        $0.toolState = $1; return $1.hasPrefix("/")
      }),
    Flag(
      ["--profile"], "playbook",
      "what the application is: a file, todo or generic; else ./todotop.yaml, else what is found",
      .value("FILE") {
        $0.profile = $1; return !$1.isEmpty
      }),
    Flag(
      ["--tour"], "playbook", "what :tour shows; else ./todotop-tour.yaml, else the tour that is built in",
      .value("FILE") {
        $0.tour = $1; return !$1.isEmpty
      }),
    Flag(["--yes"], "playbook", "agree to the plan of deploy", .set { $0.saysYes = true }),
    Flag(["--dry-run"], "playbook", "show the plan of deploy and run nothing", .set { $0.isDryRun = true }),
    Flag(
      ["--secrets"], "playbook", "lines KEY=value for the Secret of deploy; - for standard input",
      .value("FILE") {
        $0.secretsFile = $1; return !$1.isEmpty
      }),
    Flag(
      ["--from"], "snapshot", "read what kubectl get -o json wrote, or one recording; - for standard input; repeatable",
      .value("FILE") {
        $0.from.append($1); return !$1.isEmpty
      }),
    Flag(
      ["--now"], "snapshot", "the moment the data is judged at, RFC 3339 such as 2026-11-21T03:07:32Z",
      .value("TIME") {
        $0.now = $1; return moment($1) != nil
      }),
    Flag(
      ["--for"], "recording", "record so long, such as 90s, 10m or 2h; else until ctrl-c",
      .value("TIME") {
        $0.recordedTime = duration($1, within: 1...86_400); return $0.recordedTime != nil
      }),
    Flag(
      ["--limit"], "recording", "end the recording at so many MiB; \(Recorder.usualLimitMebibytes) unless you say so",
      .value("MIB") {
        $0.limitMebibytes = Int($1) ?? 0; return (1...1_000_000).contains($0.limitMebibytes)
      }),
    Flag(
      ["--format"], "snapshot", "text, json, ansi or svg; of check: text, json or junit",
      .value("FORMAT") { arguments, value in
        guard let format = Arguments.Format(rawValue: value) else { return false }
        arguments.format = format
        return true
      }),
    Flag(
      ["--panel"], "snapshot", "one panel only: \(panelNames.joined(separator: ", "))",
      .value("PANEL") {
        $0.panel = $1; return panelNames.contains($1)
      }),
    Flag(
      ["--size"], "snapshot", "columns x rows of the frame, 1x1 to 1000x1000",
      .value("120x40") { arguments, value in
        let parts = value.split(separator: "x").compactMap { Int($0) }
        guard parts.count == 2, parts.allSatisfy((1...1_000).contains) else { return false }
        (arguments.columns, arguments.rows) = (parts[0], parts[1])
        return true
      }),
    Flag(
      ["--keys"], "snapshot", "keys pressed before the frame is drawn, such as P or jj<enter>",
      .value("KEYS") {
        $0.keys = $1; return !$1.isEmpty
      }),
    Flag(
      ["--after"], "snapshot", "take the frame so many seconds after the first complete data, 0 to 600",
      .value("SECONDS") {
        $0.afterSeconds = Double($1) ?? -1; return (0...600).contains($0.afterSeconds)
      }),
    Flag(
      ["--mask"], "screen", "hide these from a public screen: \(Mask.words.map { $0.word }.joined(separator: ","))",
      .value("LIST") { arguments, value in
        guard let mask = Mask(list: value) else { return false }
        arguments.mask = mask
        return true
      }),
    Flag(
      ["--theme"], "screen", themeNames.joined(separator: ", "),
      .value("NAME") {
        $0.theme = $1; return themeNames.contains($1)
      }),
    Flag(["--no-mouse"], "screen", "leave the mouse to the terminal", .set { $0.usesMouse = false }),
    Flag(["--help", "-h"], "screen", "this text", .set { $0.command = .help }),
    Flag(["--version"], "screen", "the version", .set { $0.command = .version }),
  ]
}

/// A time such as `2s`, `500ms`, `1m` or `2h`, within bounds in seconds: between one second and ten minutes for a period.
func duration(_ text: String, within bounds: ClosedRange<Double> = 1...600) -> Duration? {
  let units: [(String, Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3_600)]
  guard let unit = units.first(where: { text.hasSuffix($0.0) }),
    let number = Double(text.dropLast(unit.0.count)), bounds.contains(number * unit.1)
  else { return nil }
  return .milliseconds(Int64(number * unit.1 * 1_000))
}
