import CellScreen
import ClusterAccess
import ClusterModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Says what works here, what does not, and what to do about what does not.
///
/// - Returns: 0 when the program can show the cluster, 2 for a mistake in what was asked for, 3 when it cannot be reached.
func doctor(_ arguments: Arguments) -> Int32 {
  var report = DoctorReport()
  report.addTerminal()
  defer { output(report.text) }
  var demo: DemoChild?
  defer { demo?.stop() }
  report.addKubectl(arguments.kubectl)
  do {
    if arguments.demo { demo = try DemoChild(arguments) }
    let target = try ClusterTarget.resolve(TargetOptions(arguments, demo))
    report.addTarget(target)
    report.addServer(try target.serverVersion())
    report.addRights(try target.rights())
    report.addMetrics(target.metricsProblem())
  } catch let problem as AccessProblem {
    report.add(.fails, "cluster", problem.sentence, remedy: problem.nextStep)
    return problem.exitCode
  } catch let problem as StartProblem {
    report.add(.fails, "demo", problem.sentence)
    return problem.exitCode
  } catch {
    report.add(.fails, "cluster", "\(error)")
    return 1
  }
  return report.hasFailure ? 1 : 0
}

/// Lines of what was looked at.
struct DoctorReport {
  /// How a line came out.
  enum Mark: String { case holds = "✓", fails = "✗", note = "·" }

  private(set) var text = ""
  private(set) var hasFailure = false

  mutating func add(_ mark: Mark, _ subject: String, _ finding: String, remedy: String = "") {
    let gap = String(repeating: " ", count: max(1, 14 - subject.count))
    text += "\(mark.rawValue) \(subject)\(gap)\(plain(finding))\n"
    if !remedy.isEmpty { text += "  \(String(repeating: " ", count: 14))→ \(plain(remedy))\n" }
    if mark == .fails { hasFailure = true }
  }

  mutating func addTerminal() {
    let type = environment("TERM")
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].map(environment).first { !$0.isEmpty } ?? ""
    var size = winsize()
    if isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 {
      add(.holds, "terminal", "\(type), \(size.ws_col)×\(size.ws_row)")
    } else {
      add(.note, "terminal", "\(type.isEmpty ? "TERM is not set" : type); output is not a terminal")
    }
    if locale.uppercased().contains("UTF-8") || locale.uppercased().contains("UTF8") {
      add(.holds, "locale", locale)
    } else {
      add(
        .note, "locale", "\(locale.isEmpty ? "not set" : locale): signs are drawn in ASCII",
        remedy: "export LANG=C.UTF-8")
    }
  }

  /// kubectl itself, which answers without any cluster.
  mutating func addKubectl(_ command: String) {
    let target = ClusterTarget(kubectl: command.split(separator: " ").map(String.init), context: "", namespace: nil)
    let version = target.kubectlVersion()
    guard version.isEmpty else { return add(.holds, "kubectl", "\(command) \(version)") }
    add(
      .fails, "kubectl", "\(command) does not tell its version",
      remedy: "install kubectl (https://kubernetes.io/docs/tasks/tools) or name yours with --kubectl")
  }

  mutating func addTarget(_ target: ClusterTarget) {
    add(.holds, "context", "\(target.context), cluster \(target.cluster), \(target.server)")
    add(.holds, "namespace", target.namespace ?? "all")
  }

  mutating func addServer(_ version: String) {
    add(.holds, "server", version.isEmpty ? "answers, and does not tell its version" : version)
  }

  mutating func addRights(_ rights: Rights) {
    var readable: [String] = []
    for kind in ResourceKind.allCases where kind.isWatched {
      let missing = ["get", "list", "watch"].filter { !rights.allows($0, kind.qualifiedResource) }
      guard !missing.isEmpty else {
        readable.append(kind.resource)
        continue
      }
      // Without pods there is nothing to show; without another kind its panel says so.
      add(
        kind == .pods && missing.contains("list") ? .fails : .note, "rights",
        "\(kind.qualifiedResource): not \(missing.joined(separator: ", "))",
        remedy: "ask for a role with \(missing.joined(separator: ", ")) on \(kind.qualifiedResource)")
    }
    if !readable.isEmpty { add(.holds, "rights", "get, list, watch: \(readable.joined(separator: ", "))") }
    if rights.allows("get", "pods/log") {
      add(.holds, "logs", "get on pods/log")
    } else {
      add(.note, "logs", "not get on pods/log", remedy: "ask for a role with get on pods/log")
    }
  }

  mutating func addMetrics(_ problem: AccessProblem?) {
    guard let problem else { return add(.holds, "metrics", "metrics.k8s.io answers") }
    add(.note, "metrics", problem.sentence, remedy: problem.nextStep)
  }

  private func plain(_ text: String) -> String { sanitized(text) }
}

extension TargetOptions {
  /// The options of the command line; those of the demo where it was asked for.
  init(_ arguments: Arguments, _ demo: DemoChild?) {
    self.init()
    kubectl = arguments.kubectl
    kubeconfig = demo?.kubeconfig ?? arguments.kubeconfig
    context = demo == nil ? arguments.context : nil
    namespace = arguments.namespace
    isAllNamespaces = arguments.allNamespaces
  }
}
