import ClusterModel
import Dashboard
import Playbook

/// Prints the drills of the profile and the catalogue, with the targets there are where a cluster answers, and how drills
/// went before.
func listDrills(_ arguments: Arguments) throws -> Int32 {
  var found: FoundDrills?
  do {
    found = try FoundDrills(arguments)
  } catch let problem as UsageProblem {
    throw problem
  } catch {
    // The catalogue is there without a cluster too.
    complain("neither targets nor earlier drills are shown: \((error as? StartProblem)?.sentence ?? "\(error)")")
  }
  let runs = found?.runs ?? []
  let proposed = (found?.proposed ?? []).map { drill in
    ProposedDrillLine(
      drill.instance, drill.obstacle, drill.target.map { DrillHistory(runs, kind: drill.instance.kind.id, target: $0) })
  }
  let lines = DrillKind.all.map { DrillLine($0, found?.targets[$0.id], DrillHistory(runs, kind: $0.id)) }
  if arguments.format == .json {
    output(try documentText(DrillListDocument(profile: found.map { _ in proposed }, drills: lines)))
  } else {
    if !proposed.isEmpty {
      output("Drills of the profile:\n" + proposed.map(\.text).joined() + "\nAll kinds of drills:\n")
    }
    output(lines.map(\.text).joined())
  }
  return 0
}

/// What drills could be done in a cluster now.
private struct FoundDrills {
  /// The words of the targets of each kind, by its id.
  let targets: [String: [String]]
  /// The drills of the profile, each with its target, or why there is none.
  let proposed: [(instance: DrillInstance, target: DrillTarget?, obstacle: String?)]
  /// How drills went before on this cluster.
  let runs: [DrillHistory.Run]

  init(_ arguments: Arguments) throws {
    let loop = try HeadlessLoop.forDrills(arguments)
    defer { loop.close() }
    let state = loop.state
    guard let scope = state.drillSetting?.scope else {
      throw StartProblem(state.drillObstacle ?? "the cluster is not known", exitCode: 1)
    }
    targets = Dictionary(
      uniqueKeysWithValues: DrillKind.all.map { kind in
        (kind.id, kind.targets(in: state.snapshot, scope).map(\.words))
      })
    proposed = state.profile.drills.map { ($0, state.target(of: $0), state.obstacle(to: $0)) }
    let all = DrillReportFolder()?.runs(isSimulated: arguments.demo) ?? []
    runs = all.filter { $0.cluster == state.clusterUID }
  }
}

/// The list of drills as JSON; fields are added, never renamed.
private struct DrillListDocument: Encodable {
  let version = 1
  /// Those of the profile; `nil` where no cluster was asked.
  let profile: [ProposedDrillLine]?
  let drills: [DrillLine]
}
