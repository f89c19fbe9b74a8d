import ClusterAccess
import ClusterModel
import Dashboard
import Playbook

extension Session {
  /// Begins what an effect of a drill asks for.
  func perform(drill effect: Effect, _ state: DashboardState) {
    guard case .probeForDrill(let isWanted) = effect else { return drills?.perform(effect, state) ?? () }
    feed.probeForDrill(isWanted ? drillRequests(state) : [])
  }

  /// Readable when something has come of drills.
  var drillDescriptors: [Int32] { [feed.drillDescriptor] + (drills?.descriptors ?? []) }

  /// What has come of drills since it was last asked, as actions.
  func takeDrillActions() -> [Action] {
    let probes = feed.takeDrillProbes()
    return (probes.isEmpty ? [] : [.drillProbed(probes)]) + (drills?.takeActions() ?? [])
  }

  /// The paths of every ingress as users ask for them, each over new connections, the first of each host also over one
  /// that is kept open.
  private func drillRequests(_ state: DashboardState) -> [DrillProbeRequest] {
    var hosts: Set<String> = []
    let requests = state.ingresses.flatMap { ingress in
      ingress.paths.filter(\.canBeProbed).flatMap { path -> [DrillProbeRequest] in
        let status = expectedStatus(of: path, state.profile)
        guard let probe = probeRequest(path, of: ingress), path.isReachable else {
          return throughAPI(path, state, status).map { [$0] } ?? []
        }
        let name = path.host + path.path
        let new = DrillProbeRequest(.ingress(probe), name: name, expectedStatus: status)
        guard hosts.insert(path.host).inserted else { return [new] }
        return [new, DrillProbeRequest(.ingress(probe), name: name, expectedStatus: status, isKeptAlive: true)]
      }
    }
    return Array(requests.prefix(DrillProbeRequest.limit))
  }

  /// What the profile says of a path, else what it answered last.
  private func expectedStatus(of path: IngressPathView, _ profile: Profile) -> Int? {
    let host = profile.hosts.first { $0.name == path.host }
    return host?.paths.first { $0.path == path.path }?.status ?? path.lastProbe?.status
  }

  /// The path asked of its Service, past the ingress that does not answer from here.
  private func throughAPI(_ path: IngressPathView, _ state: DashboardState, _ status: Int?) -> DrillProbeRequest? {
    guard let service = path.service, let port = state.snapshot.services[service]?.ports.first?.port,
      let place = DrillProbeRequest.apiPath(of: service, port: port, path: path.path)
    else { return nil }
    return DrillProbeRequest(
      .service(apiPath: place), name: "service \(service.name)\(path.path), through the API",
      // What the ingress answered says nothing of the Service.
      expectedStatus: path.isReachable ? status : nil)
  }
}

extension IngressPathView {
  /// Whether the ingress answered when it was last asked; one that was not asked may.
  fileprivate var isReachable: Bool { lastProbe.map { $0.status != nil } ?? true }
}
