import CellScreen
import ClusterAccess
import ClusterModel
import Dashboard
import Playbook
import Subprocess

/// One cluster that is read: its feed, and the demo's process if it is the demo.
///
/// A class because it owns the feed's thread and the demo's process; ``close()`` ends both.
final class Session {
  private(set) var feed: ClusterFeed
  private(set) var source: FeedConfiguration.Source
  /// What checks and deploys ask of the outside; `nil` where nothing is asked.
  let work: PlaybookWork?
  /// What drills ask of the outside; `nil` where nothing can be changed.
  let drills: DrillWork?
  private let demo: DemoChild?
  private let profiles: ProfileSource?
  private var isProfileChosen = false
  private let isRecording: Bool
  private var probed: [ProbeRequest] = []
  /// What writes down all that comes, while somebody wants it.
  var recorder: Recorder?

  /// Begins to read.
  init(_ opened: Opened) {
    demo = opened.demo
    profiles = opened.profiles
    work = opened.programs.map { PlaybookWork($0, state: opened.demo?.folder) }
    drills = opened.source.target.flatMap { target in
      target.kubectl.isEmpty ? nil : DrillWork(DrillPlace(target.calledKubectl, demo: opened.demo))
    }
    isRecording = opened.source.target == nil
    source = opened.source
    feed = ClusterFeed(FeedConfiguration(source: opened.source))
    feed.start()
  }

  /// Reads another namespace from now on, or with `nil` all of them.
  ///
  /// The demo's process stays.
  func read(_ namespace: String?) {
    let old = feed
    source = source.reading(namespace)
    feed = ClusterFeed(FeedConfiguration(source: source))
    feed.start()
    probed = []
    isProfileChosen = false
    // Ending takes up to two seconds, and the screen has better to do.
    startThread { old.stop() }
  }

  /// Ends reading, and the demo with it.
  func close() {
    work?.close()
    feed.stop()
    demo?.stop()
    recorder?.close()
  }

  /// Brings what the feed has to the state; effects are for the caller to carry out.
  func takeEvents(into state: inout DashboardState, at now: Timestamp) -> [Effect] {
    let events = feed.takeEvents()
    guard !events.isEmpty else { return [] }
    recorder?.take(events, at: now)
    return reduce(&state, .arrived(events), at: now, uptime: timeSinceBoot())
  }

  /// Chooses the profile once it can be known which one counts.
  func chooseProfile(for state: inout DashboardState) {
    guard !isProfileChosen, let profiles, profiles.isDecided || state.isComplete else { return }
    isProfileChosen = true
    let choice = profiles.choice(for: state.snapshot)
    state.use(choice.profile, notice: choice.notice)
  }

  /// Probes the paths of every ingress that has an address; call it about once a second.
  ///
  /// Not those of a recording: its addresses are somebody else's, and what answers there now says nothing of then.
  func probe(_ ingresses: [IngressView]) {
    guard !isRecording else { return }
    let targets = ingresses.flatMap { ingress in
      ingress.paths.filter(\.canBeProbed).compactMap { probeRequest($0, of: ingress) }
    }
    guard targets != probed else { return }
    probed = targets
    feed.probe(targets)
  }

  /// What asks for a path of an ingress; `nil` for one without an address.
  func probeRequest(_ path: IngressPathView, of ingress: IngressView) -> ProbeRequest? {
    ingress.addresses.first.map { address in
      ProbeRequest(
        host: path.host, path: path.path, address: address, port: demo?.port ?? (ingress.hasTLS ? 443 : 80),
        isTLS: demo == nil && ingress.hasTLS)
    }
  }
}

extension IngressPathView {
  /// Whether there is a host to ask for; a wildcard names none.
  var canBeProbed: Bool { !host.isEmpty && !host.hasPrefix("*") }
}
