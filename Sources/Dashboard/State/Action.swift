import CellScreen
import ClusterModel
import Playbook

/// What happened: the only way into ``reduce(_:_:at:uptime:)``.
package enum Action: Hashable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// The feed said something.
  case arrived([ClusterEvent])
  /// Time passed.
  case ticked
  /// There is time to look at more lines of the logs.
  case lookedOnInLogs
  /// The terminal has another size.
  case resized(Size)
  /// The namespaces that the cluster has, or why they cannot be read.
  case namespacesRead([String], problem: String)
  /// The contexts that the kubeconfig has, or why they cannot be read; at the start one must be chosen.
  case contextsRead([String], problem: String, isStart: Bool)
  /// What the user may do in the namespace that is shown; `nil` where it is not known.
  case rightsRead(Rights?, namespace: String?)
  /// What came of a request for changes.
  case changed(number: Int, [ChangeOutcome])
  /// What was looked up.
  case factsRead([FactQuestion: Fact])
  /// What is kept of this cluster, as it was found at the start.
  case recordRead(DeployRecord)
  /// A person gave values for keys of the Secret that a deploy creates.
  case secretsGiven([String: String])
  /// A person agreed to a plan outside of the screen.
  case deployAgreed(DeployPlan)
  /// A person wants the deploy to end.
  case deployCancelled
  /// Lines that the command of a remedy printed.
  case remedySaid(number: Int, [String])
  /// The command of a remedy ended; `nil` where it did what it should.
  case remedyEnded(number: Int, problem: String?)
  /// A person chose a drill outside of the screen; it is planned.
  case drillChosen(DrillRequest)
  /// A drill was planned, with its object as it is now.
  case drillPlanned(DrillPlan)
  /// A person agreed to a plan outside of the screen.
  case drillAgreed(DrillPlan)
  /// A drill did not begin: why.
  case drillRefused(String)
  /// How far the drill is that runs; the last time when it is closed.
  case drillWent(DrillCourse)
  /// What users got since the last time.
  case drillProbed([DrillProbe])
  /// A drill is to be undone now: why.
  case drillCancelled(String)
  /// The drills that were left open.
  case openDrillsFound(OpenDrills)
  /// What came of the undo of a drill that was left open, as a sentence; closed or not.
  case openDrillUndone(id: String, words: String, isClosed: Bool)
  /// How drills went before.
  case drillHistoryRead([DrillHistory.Run])
  /// The folder with the report of a drill, or why it could not be written.
  case drillReportSaved(id: String, folder: String, problem: String)
  /// The program is to end, by a signal or because its terminal is gone: why.
  case leaveWished(String)
  /// An AI tool that was asked has ended.
  case toolEnded(AIOperation, AIOperationEnd)
  /// A text about an object that was asked for.
  case textRead(ObjectText, ObjectTextAnswer)
  /// A recording began, into this file.
  case recordingBegan(String)
  /// There is no recording any more: what became of it.
  case recordingEnded(String)
}

/// What is to be done outside, as data; only the program's run loop does it.
package enum Effect: Hashable, Sendable {
  /// Leave, restoring the terminal.
  case quit
  /// Stop as a job of the shell until it continues.
  case suspend
  /// Read every list anew.
  case refresh
  /// Follow the logs of the containers of a request and of no others.
  case followLogs(LogRequest)
  /// Read the last lines of a container, once; answered by an event.
  case readLogTail(LogTarget, lines: Int)
  /// Look at more lines when no key waits, by ``Action/lookedOnInLogs``.
  case lookOnInLogs
  /// Write the lines of the logs that are shown to a new file: a path, or empty for the usual place.
  case saveLogs(String)
  /// Draw everything again, whatever the terminal shows.
  case repaint
  /// Ask which namespaces there are; answered by ``Action/namespacesRead(_:problem:)``.
  case listNamespaces
  /// Ask which contexts the kubeconfig has; answered by ``Action/contextsRead(_:problem:isStart:)``.
  case listContexts
  /// Read a text about an object; answered by ``Action/textRead(_:_:)``.
  case readText(ObjectText)
  /// Look these up; answered by ``Action/factsRead(_:)``.
  case readFacts([FactQuestion])
  /// Run the command of a remedy; answered by ``Action/remedySaid(number:_:)`` and
  /// ``Action/remedyEnded(number:problem:)``.
  case runRemedy(RemedyCommand, number: Int)
  /// Leave the terminal to ask for the values of these keys, without showing them; answered by
  /// ``Action/secretsGiven(_:)``.
  case askSecrets([String])
  /// End the command of a remedy; it says what came of it.
  case stopRemedy
  /// Keep what was timed or said about this cluster.
  case saveRecord(DeployRecord)
  /// Keep a text that says what was wrong, before it is gone.
  case saveEvidence(String)
  /// Plan a drill with its object as it is now; answered by ``Action/drillPlanned(_:)``.
  case planDrill(DrillRequest)
  /// Plan a drill once more and, if the plan is still the same, do it; answered by ``Action/drillWent(_:)``, or by
  /// ``Action/drillRefused(_:)``.
  case runDrill(DrillPlan)
  /// Tell the drill that runs what was seen, or that it is to be undone.
  case tellDrill([DrillCourse.Input])
  /// Send requests as users would, four times a second, from now on or no longer; answered by
  /// ``Action/drillProbed(_:)``.
  case probeForDrill(Bool)
  /// Look for drills that were left open; answered by ``Action/openDrillsFound(_:)``.
  case findOpenDrills
  /// Undo those of the drills that were left open; answered by ``Action/openDrillUndone(id:words:isClosed:)``.
  case undoOpenDrills([OpenDrill])
  /// Keep the report of a drill with its raw requests and evidence; answered by
  /// ``Action/drillReportSaved(id:folder:problem:)``.
  case saveDrillReport(DrillReport, evidence: String)
  /// Read how drills went before; answered by ``Action/drillHistoryRead(_:)``.
  case readDrillHistory
  /// Ask what the user may do in the namespace that is read; answered by ``Action/rightsRead(_:namespace:)``.
  case readRights
  /// Make changes; answered by ``Action/changed(number:_:)``.
  case change(ChangeRequest)
  /// End the commands that run; each says what came of it.
  case stopChanges
  /// Leave the terminal to a shell in a container until it ends.
  case openShell(ObjectKey, container: String)
  /// Leave the terminal to an AI tool until it ends; answered by ``Action/toolEnded(_:_:)``.
  case askTool(AIOperation)
  /// Write a text to a new file for its owner alone: a path, or empty for the usual place.
  case saveReport(String, path: String)
  /// Read another namespace from now on; `nil` for all.
  case readNamespace(String?)
  /// Begin with this context.
  case openContext(String)
  /// Show everything in another theme.
  case setTheme(String)
  /// Write the screen to a new file: a path, or empty for the usual place.
  case save(String)
  /// Record what is learned of the cluster to a new file: a path, or empty for the usual place.
  case record(String)
  /// End the recording.
  case stopRecording
  /// Pause a replay, let it go on, or play it at another speed.
  case replay(ReplayChange)
  /// Give a text to the terminal's clipboard.
  case copy(String)
}
