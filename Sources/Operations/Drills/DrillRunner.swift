import ClusterModel
import Playbook
import Subprocess
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Carries out one drill, or the undo of one, until it is closed: all that its course asks for, and nothing else.
package final class DrillRunner: Sendable {
  /// What it needs beside the record.
  package struct Tools: Sendable {
    package var kubectl: Kubectl
    package var folder: JournalFolder
    /// `user@host`.
    package var holder: String
    /// The words of the watchdog, to which the path of the journal is added; empty: none is started.
    package var watchdog: [String]

    /// What is needed.
    package init(kubectl: Kubectl, folder: JournalFolder, holder: String, watchdog: [String]) {
      self.kubectl = kubectl
      self.folder = folder
      self.holder = holder
      self.watchdog = watchdog
    }
  }

  /// How often the clock is looked at.
  private static let step = Duration.milliseconds(100)

  private let inbox = Mutex<[DrillCourse.Input]>([])

  private let patience: Duration?

  /// A runner without a drill.
  ///
  /// - Parameter patience: How long it tries to reach a cluster that has gone; without it for ever. What it leaves then
  ///   stays open.
  package init(patience: Duration? = nil) { self.patience = patience }

  /// Tells it what is seen, or that the drill is to be undone; from any thread.
  package func send(_ input: DrillCourse.Input) { inbox.withLock { $0.append(input) } }

  /// Does a drill, and undoes it; returns once it is closed.
  ///
  /// - Parameter onChange: Called with the course after each thing that happened, on the thread that called this.
  package func run(
    _ record: DrillRecord, with tools: Tools, onChange: (DrillCourse) -> Void = { _ in }
  ) -> DrillCourse {
    let course = DrillCourse(record)
    do throws(JournalFolder.Problem) {
      guard let journal = try DrillJournal.open(record.id, in: tools.folder) else {
        return Self.failed(course, "another process holds the journal")
      }
      return run(course, journal, DrillLocking(DrillKubectl(tools.kubectl), holder: tools.holder), tools, onChange)
    } catch {
      return Self.failed(course, error.sentence)
    }
  }

  private static func failed(_ course: DrillCourse, _ reason: String) -> DrillCourse {
    var course = course
    let now = moment()
    _ = course.take(.begin, at: now)
    _ = course.take(.notWritten(reason), at: now)
    return course
  }

  /// Undoes a drill that was left open, with its journal and its lock in hand.
  func rescue(
    _ record: DrillRecord, from source: DrillCourse.Source, _ journal: DrillJournal, _ locking: DrillLocking,
    _ tools: Tools, onChange: (DrillCourse) -> Void
  ) -> DrillCourse {
    let course = DrillCourse(rescuing: record, from: source, form: locking.held?.form)
    return run(course, journal, locking, tools, onChange)
  }

  private func run(
    _ course: DrillCourse, _ journal: DrillJournal, _ locking: DrillLocking, _ tools: Tools,
    _ onChange: (DrillCourse) -> Void
  ) -> DrillCourse {
    var course = course
    var hands = Hands(journal: journal, locking: locking, tools: tools)
    var isAnnounced = course.state != .planned
    var outputs = course.take(.begin, at: Self.moment())
    let start = monotonicTime()
    while patience.map({ monotonicTime() - start < $0 }) ?? true {
      while !outputs.isEmpty {
        onChange(course)
        let output = outputs.removeFirst()
        if case .finished = output {
          if course.state == .restored { announce(.undone, course, tools) }
          return course
        }
        if let input = hands.perform(output) { outputs += course.take(input, at: Self.moment()) }
        if course.record.isInjected, !isAnnounced {
          isAnnounced = true
          // The drill does not wait for it.
          startThread { [self, course] in announce(.started, course, tools) }
        }
        // Somebody may want it undone before it is done at all.
        for input in takeInputs() { outputs += course.take(input, at: Self.moment()) }
      }
      onChange(course)
      let inputs = takeInputs()
      if inputs.isEmpty { pause(Self.step) }
      for input in inputs + [.tick] { outputs += course.take(input, at: Self.moment()) }
    }
    return course
  }

  /// Tells of a drill in the events of the cluster, as well as that can be.
  private func announce(_ reason: DrillAnnouncement.Reason, _ course: DrillCourse, _ tools: Tools) {
    guard let event = DrillAnnouncement(reason, course.record, at: Self.moment().wall) else { return }
    let answer = DrillKubectl(tools.kubectl).run(.announce(event))
    if !answer.words.isEmpty { send(.noted("the events of the cluster do not tell of it: \(answer.words)")) }
  }

  private func takeInputs() -> [DrillCourse.Input] {
    inbox.withLock { inputs in
      defer { inputs.removeAll() }
      return inputs
    }
  }

  /// Now, by both clocks.
  static func moment() -> DrillMoment {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    let wall = Timestamp(seconds: Int64(time.tv_sec)).advanced(by: .nanoseconds(Int64(time.tv_nsec)))
    return DrillMoment(wall: wall, uptime: timeSinceBoot())
  }
}

/// Does what a course asks for.
private struct Hands {
  let journal: DrillJournal
  var locking: DrillLocking
  let tools: DrillRunner.Tools
  private var watchdog: Watchdog?

  init(journal: DrillJournal, locking: DrillLocking, tools: DrillRunner.Tools) {
    self.journal = journal
    self.locking = locking
    self.tools = tools
  }

  /// Does one thing; returns what came of it, where the course waits for that.
  mutating func perform(_ output: DrillCourse.Output) -> DrillCourse.Input? {
    let kubectl = DrillKubectl(tools.kubectl)
    switch output {
    case .write(let record):
      do throws(JournalFolder.Problem) {
        try journal.append(record)
        return .written
      } catch {
        return .notWritten(error.sentence)
      }
    case .lock(let record): return locking.take(for: record, at: DrillRunner.moment().wall)
    case .startGuard: return startGuard()
    case .send(let command): return .answered(kubectl.run(command))
    case .look(let object):
      return switch kubectl.read(object) {
      case .success(let document): .looked(document)
      case .failure(let problem): .notLooked(problem.sentence)
      }
    case .renewLock: locking.renew(at: DrillRunner.moment().wall)
    case .unlock: locking.giveBack()
    case .dismissGuard: watchdog?.dismiss()
    case .finished: break
    }
    return nil
  }

  private mutating func startGuard() -> DrillCourse.Input {
    // Without words there is none to start: tests, and programs that watch themselves.
    guard !tools.watchdog.isEmpty else { return .guarded }
    do throws(JournalFolder.Problem) {
      watchdog = try Watchdog(tools.watchdog + [journal.path])
      return .guarded
    } catch {
      return .notGuarded(error.sentence)
    }
  }
}

/// Lets time pass.
func pause(_ time: Duration) { usleep(UInt32(time.inSeconds * 1_000_000)) }
