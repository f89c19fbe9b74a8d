/// A command that runs in a container for a client, over the channels of `v5.channel.k8s.io`: each message begins with
/// the number of its channel.
struct RemoteCommand {
  /// The only subprotocol that is spoken.
  static let subprotocol = "v5.channel.k8s.io"

  private enum Channel {
    static let input: UInt8 = 0
    static let output: UInt8 = 1
    static let error: UInt8 = 2
    static let status: UInt8 = 3
    /// The client closes the channel whose number follows.
    static let close: UInt8 = 255
  }

  private let container: ContainerReference
  private var process: ContainerProcess?
  private var waiting: [[UInt8]] = []
  /// Whether everything has been said.
  private(set) var isOver = false

  /// A command that runs.
  init(container: ContainerReference, process: ContainerProcess) {
    self.container = container
    self.process = process
  }

  /// A command that could not be started; the client is told why.
  init(container: ContainerReference, failure: String) {
    self.container = container
    let status = Refusal(code: 500, reason: "InternalError", message: failure).status
    waiting = [[Channel.status] + status.encoded]
  }

  /// Whether more input can be taken.
  var takesInput: Bool { process?.takesInput ?? true }

  /// Takes a message of the client; what is not understood, such as the size of a terminal, changes nothing.
  mutating func receive(_ message: [UInt8]) {
    switch message.first {
    case Channel.input: process?.receive(message.dropFirst())
    case Channel.close where message.dropFirst().first == Channel.input: process?.endInput()
    default: return
    }
  }

  /// Lets the command go on, and returns what it says: messages for the client.
  mutating func run(in world: inout World) -> [[UInt8]] {
    defer { waiting = [] }
    var messages = waiting
    guard var process else {
      isOver = true
      return messages
    }
    for effect in process.run(now: world.now) {
      switch effect {
      case .output(let bytes): messages.append([Channel.output] + bytes)
      case .error(let bytes): messages.append([Channel.error] + bytes)
      case .endContainer(let code): world.signal(container, exitCode: code)
      case .exit(let code): messages.append(end(code))
      }
    }
    self.process = process
    // Whatever runs in a container is killed with it.
    if !isOver, world.runningStatus(container) == nil { messages.append(end(137)) }
    return messages
  }

  private mutating func end(_ code: Int) -> [UInt8] {
    isOver = true
    return [Channel.status] + Self.status(exitCode: code).encoded
  }

  /// How a command ended, as the kubelet says it.
  static func status(exitCode: Int) -> JSON {
    guard exitCode != 0 else { return ["metadata": [:], "status": "Success"] }
    return [
      "metadata": [:], "status": "Failure",
      "message": .string(
        "command terminated with non-zero exit code: command terminated with exit code \(exitCode)"),
      "reason": "NonZeroExitCode",
      "details": ["causes": [["reason": "ExitCode", "message": .string(String(exitCode))]]],
    ]
  }
}

extension World {
  /// How long a container takes to end after a signal, in seconds.
  static let secondsAfterSignal = 0.3

  /// Ends a run of a container, as a signal to its first process does.
  mutating func signal(_ container: ContainerReference, exitCode: Int) {
    plan(after: Self.secondsAfterSignal, .endContainer(container, ContainerEnding(exitCode: exitCode)))
  }
}
