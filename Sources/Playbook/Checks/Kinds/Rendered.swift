import ClusterModel
import YAML

extension CheckKind {
  /// So many objects of each kind at least, such as `Deployment=2`.
  ///
  /// A Secret that pods refer to counts, whoever makes it.
  static let renderedKinds = CheckKind(
    "rendered-kinds", "the chart gives what is needed",
    parameters: [
      CheckParameter(
        "kinds", .texts, usual: .texts(["Deployment=2", "Service=2", "Ingress=1", "Secret=1", "ConfigMap=1"]))
    ],
    questions: { _, profile, snapshot in profile.manifestQuestions(in: snapshot) }
  ) { parameters, context throws(Unanswered) in
    let manifests = try context.manifests()
    var evidence: [String] = []
    var missing: [String] = []
    for entry in parameters.texts("kinds") {
      let parts = entry.split(separator: "=").map { String($0) }
      let wanted = parts.count == 2 ? Int(parts[1]) ?? 1 : 1
      let kind = parts.first ?? entry
      var names = Set(manifests.filter { $0.kind == kind }.map(\.name))
      if kind == "Secret" { names.formUnion(manifests.flatMap(\.secretNames)) }
      evidence.append("\(names.count) \(kind)")
      if names.count < wanted { missing.append("\(names.count) of \(wanted) \(kind)") }
    }
    return missing.isEmpty
      ? .holds(listed(evidence, limit: 6))
      : .fails(listed(missing, limit: 3), advice: "add the missing template to the chart")
  }

  /// What keeps a rollout from hurting users, and a container from hurting others.
  static let renderedHardening = CheckKind(
    "rendered-hardening", "probes, limits, no root, rolling update",
    questions: { _, profile, snapshot in profile.manifestQuestions(in: snapshot) }
  ) { _, context throws(Unanswered) in
    let deployments = try context.manifests().filter { $0.kind == "Deployment" }
    guard !deployments.isEmpty else { return .skipped("the chart gives no Deployment") }
    let problems = deployments.flatMap { deployment in deployment.weaknesses.map { "\(deployment.name): \($0)" } }
    return problems.isEmpty
      ? .holds("\(deployments.count) Deployments")
      : .fails(listed(problems, limit: 3), advice: "add it to the chart's template")
  }

  /// A rewrite without a capture group sends `/api/...` to `/`.
  static let rewriteTarget = CheckKind(
    "rewrite-target", "no rewrite loses the path",
    questions: { _, profile, snapshot in profile.manifestQuestions(in: snapshot) }
  ) { _, context throws(Unanswered) in
    let advice = "remove the rewrite-target annotation, or use a capture group"
    let views = context.snapshot.ingressViews(in: context.namespace, at: context.now).flatMap(\.paths)
    if let bad = views.flatMap(\.layers).first(where: { $0.id == .rewrite && $0.state == .fails }) {
      return .fails(bad.detail, advice: advice)
    }
    var count = views.isEmpty ? 0 : 1
    do throws(Unanswered) {
      for ingress in try context.manifests() where ingress.kind == "Ingress" {
        count += 1
        guard let target = ingress.annotation("nginx.ingress.kubernetes.io/rewrite-target"), !target.contains("$")
        else { continue }
        let paths = (ingress.node["spec"]?["rules"]?.list ?? []).flatMap { $0["http"]?["paths"]?.list ?? [] }
        if let lost = paths.map({ $0["path"]?.scalarText ?? "/" }).first(where: { $0 != target }) {
          return .fails("the chart rewrites all below \(lost) to \(target)", advice: advice)
        }
      }
    } catch {
      if count == 0 { throw error }
    }
    return count == 0 ? .skipped("there is no ingress") : .holds("no path is rewritten away")
  }

  /// A page's variables are read when it is built: at run time they change nothing.
  static let buildTimeVariables = CheckKind(
    "build-time-variables", "no build variable is set too late",
    questions: { _, profile, snapshot in
      profile.manifestQuestions(in: snapshot) + profile.sources.images.compactMap(\.dockerfile).map { .file($0.path) }
    }
  ) { _, context throws(Unanswered) in
    let prefixes = ["NEXT_PUBLIC_", "VITE_", "REACT_APP_", "NUXT_PUBLIC_", "GATSBY_"]
    let manifests = try context.manifests()
    let late = manifests.flatMap(\.containers).flatMap { container in
      EnvironmentEntry.all(of: container).map(\.name).filter { name in prefixes.contains { name.hasPrefix($0) } }
    }
    guard !late.isEmpty else { return .holds("none is set at run time") }
    var built: Set<String> = []
    for image in context.profile.sources.images {
      guard let path = image.dockerfile?.path, let text = try? context.text(ofFile: path) else { continue }
      built.formUnion(Dockerfile(text).variableNames)
    }
    let lost = Set(late).subtracting(built).sorted()
    return lost.isEmpty
      ? .holds("\(listed(Set(late).sorted())) known to the build")
      : .fails(
        "\(listed(lost)) set only when the pod runs",
        advice: "give it to the build as ARG; the page was built without it")
  }
}

extension Manifest {
  /// The Secrets that the pods of a workload refer to.
  var secretNames: [String] {
    containers.flatMap { container in
      EnvironmentEntry.all(of: container).compactMap { entry in
        if case .secret(let name, _, _) = entry.source { name } else { nil }
      } + (container["envFrom"]?.list ?? []).compactMap { $0["secretRef"]?["name"]?.scalarText }
    }.filter { !$0.isEmpty }
  }

  /// What a Deployment lacks.
  fileprivate var weaknesses: [String] {
    var found: [String] = []
    let podSecurity = podSpecification?["securityContext"]
    for container in podSpecification?["containers"]?.list ?? [] {
      if container["readinessProbe"] == nil { found.append("no readiness probe") }
      if container["livenessProbe"] == nil { found.append("no liveness probe") }
      for part in ["requests", "limits"] {
        let amounts = container["resources"]?[part]
        if amounts?["cpu"] == nil || amounts?["memory"] == nil { found.append("no \(part) of cpu and memory") }
      }
      let own = container["securityContext"]?["runAsNonRoot"]?.scalarText
      if (own ?? podSecurity?["runAsNonRoot"]?.scalarText) != "true" { found.append("may run as root") }
    }
    if node["spec"]?["strategy"]?["type"]?.scalarText == "Recreate" { found.append("Recreate stops all pods at once") }
    var seen: Set<String> = []
    return found.filter { seen.insert($0).inserted }
  }
}
