import Testing

@testable import DemoCluster

/// Commands in containers, from the shell's words up to the WebSocket.
struct ExecTests {
  private let environment = [("HOSTNAME", "web-1"), ("COLOUR", "red"), ("COLOUR", "blue")].map { (name: $0, value: $1) }

  /// Runs a process to its end, some seconds at a time; nothing is read from its input.
  private func run(
    _ arguments: String..., input: String? = nil, hasTerminal: Bool = false
  ) throws -> (output: String, error: String, code: Int?, seconds: Int) {
    var process = try #require(
      ContainerProcess(arguments, environment: environment, hasTerminal: hasTerminal, readsInput: input != nil))
    if let input {
      process.receive(Array(input.utf8)[...])
      if !hasTerminal { process.endInput() }
    }
    var (output, error) = ("", "")
    for seconds in 0...20 {
      for effect in process.run(now: testStart + Double(seconds)) {
        switch effect {
        case .output(let bytes): output += String(decoding: bytes, as: UTF8.self)
        case .error(let bytes): error += String(decoding: bytes, as: UTF8.self)
        case .endContainer(let code): output += "<container ends with \(code)>"
        case .exit(let code): return (output, error, code, seconds)
        }
      }
    }
    return (output, error, nil, 20)
  }

  struct Script: CustomTestStringConvertible {
    let text: String
    var output = ""
    var error = ""
    var code = 0
    var testDescription: String { text }
  }

  @Test(arguments: [
    Script(text: "exit 7", code: 7), Script(text: "exit 300", code: 44), Script(text: "true", code: 0),
    Script(text: "false; echo $?", output: "1\n"), Script(text: "false && echo a || echo b", output: "b\n"),
    Script(text: #"echo "a $COLOUR" '$COLOUR' ${HOSTNAME}x a\ b"#, output: "a blue $COLOUR web-1x a b\n"),
    Script(text: "echo -n a; echo b # c", output: "ab\n"), Script(text: "pwd", output: "/app\n"),
    Script(text: "ls /nope", error: "ls: cannot access '/nope': No such file or directory\n", code: 2),
    Script(text: "foo", error: "sh: 1: foo: not found\n", code: 127),
    Script(text: "kill 1", output: "<container ends with 143>"), Script(text: "kill -9 1"),
    Script(text: "kill -INT 1", output: "<container ends with 130>"),
    Script(text: "kill 77", error: "sh: 1: kill: No such process\n", code: 1),
    Script(text: "ls | wc", error: "sh: 1: the demo's shell knows no pipes\n", code: 2),
    Script(text: "echo a > b", error: "sh: 1: the demo's shell knows no redirections\n", code: 2),
    Script(text: "echo $(ls)", error: "sh: 1: the demo's shell knows no command substitution\n", code: 2),
    Script(text: "while true; do ls; done", error: "sh: 1: the demo's shell does not know \"while\"\n", code: 2),
    Script(text: "echo 'a", error: "sh: 1: Syntax error: Unterminated quoted string\n", code: 2),
    Script(text: "&& ls", error: "sh: 1: Syntax error: a command is missing\n", code: 2),
    Script(text: "sleep x", error: "sleep: invalid time interval 'x'\n", code: 1), Script(text: "", code: 0),
  ])
  func `a script answers as a shell does`(_ script: Script) throws {
    let result = try run("sh", "-c", script.text)
    #expect(result.output == script.output)
    #expect(result.error == script.error)
    #expect(result.code == script.code)
  }

  @Test func `programs run without a shell, and unknown ones are refused as the runtime does`() throws {
    #expect(try run("env").output == "HOSTNAME=web-1\nCOLOUR=blue\n")
    #expect(try run("/bin/echo", "a", "b").output == "a b\n")
    #expect(try run("sleep", "3").seconds == 3)
    #expect(try run("cat", input: "one\ntwo").output == "one\ntwo")
    for program in ["bash", "exit", ""] {
      #expect(
        ContainerProcess([program], environment: [], hasTerminal: false, readsInput: false) == nil, "\(program)")
    }
    #expect(ContainerProcess.notFound("bash") == #"exec: "bash": executable file not found in $PATH"#)
  }

  @Test func `a shell reads its commands from its input, and ends with it`() throws {
    let result = try run("sh", input: "echo a\nfoo\nsleep 2\necho $?; exit 5\necho never")
    #expect(result.output == "a\n0\n")
    #expect(result.error == "sh: 2: foo: not found\n")
    #expect(result.code == 5 && result.seconds == 2)
    #expect(try run("sh", input: "echo last without end").output == "last without end\n")
  }

  @Test func `a terminal shows what is typed, a prompt and interrupts`() throws {
    let result = try run("sh", input: "echo ax\u{7F}b\rsleep 100\r\u{3}echo $?\r\u{4}", hasTerminal: true)
    #expect(result.output.contains("echo ax\u{8} \u{8}b\r\n"))
    #expect(result.output.contains("^C\r\n"))
    #expect(result.output.contains("# "))
    #expect(result.output.hasSuffix("130\r\n# ") && result.code == 0)
  }

  @Test func `frames of any size are read in any parts, and broken ones end the connection`() throws {
    for size in [0, 1, 125, 126, 65_535, 65_536, WebSocket.messageLimit] {
      let content = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
      var socket = WebSocket()
      for part in masked(0x82, content).chunks(of: 999) { part.withUnsafeBytes { socket.receive($0) } }
      #expect(try socket.nextMessage() == .binary(content), "\(size)")
      #expect(try socket.nextMessage() == nil)
    }
    func outcome(_ bytes: [UInt8]) -> WebSocket.CloseCode? {
      var socket = WebSocket()
      bytes.withUnsafeBytes { socket.receive($0) }
      do throws(WebSocket.CloseCode) { while try socket.nextMessage() != nil {} } catch { return error }
      return nil
    }
    #expect(outcome([0x82, 0x01, 0x61]) == .protocolError)  // A client must mask.
    #expect(outcome(masked(0xC2, [1])) == .protocolError)
    #expect(outcome(masked(0x80, [1])) == .protocolError)
    #expect(outcome([0x82, 0xFF, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]) == .tooLarge)
    #expect(outcome([0x82, 0xFF, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0]) == .tooLarge)
    #expect(outcome(masked(0x89, Array(repeating: 0, count: 126))) == .protocolError)
    #expect(outcome(masked(0x02, [1]) + masked(0x80, [2])) == nil)
  }

  @Test func `the handshake is that of the standard's example`() {
    #expect(WebSocket.accept(key: "dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
  }

  @Test func `a command over a real connection says its words, its code, and is over`() throws {
    let rig = try HTTPRig()
    let pod = try #require(rig.server.api.world.store.objects(.pods, in: "todo").first)
    let client = try exec(rig, pod, "command=sh&command=-c&command=echo%20%24HOSTNAME%3B%20exit%203")
    let messages = try messages(client, rig)
    #expect(client.text.hasPrefix("HTTP/1.1 101 "))
    #expect(client.text.contains("Sec-WebSocket-Protocol: v5.channel.k8s.io\r\n"))
    #expect(messages.first == [1] + Array("\(pod.key.name)\n".utf8))
    let status = try JSON(parsing: Array(try #require(messages.last).dropFirst()))
    #expect(messages.last?.first == 3 && status["reason"] == "NonZeroExitCode")
    #expect(status["details"]?["causes"]?.elements.first?["message"] == "3")
    #expect(client.hasEnded)
  }

  @Test func `input reaches a shell until its channel is closed`() throws {
    let rig = try HTTPRig()
    let pod = try #require(rig.server.api.world.store.objects(.pods, in: "todo").first)
    let client = try exec(rig, pod, "command=cat&stdin=true")
    client.send(masked(0x89, [7]))
    client.send(masked(0x82, [0] + Array("hello".utf8)) + masked(0x82, [255, 0]))
    let messages = try messages(client, rig)
    #expect(messages.first == [7])  // The pong.
    #expect(messages.dropFirst().first == [1] + Array("hello".utf8))
    #expect(try JSON(parsing: Array(try #require(messages.last).dropFirst()))["status"] == "Success")
  }

  @Test func `killing the first process restarts the container, and ends what runs in it`() throws {
    let rig = try HTTPRig()
    let pod = try #require(rig.server.api.world.store.objects(.pods, in: "todo").first)
    let client = try exec(rig, pod, "command=sh&command=-c&command=kill%201%3B%20sleep%201000")
    let status = try JSON(parsing: Array(try #require(try messages(client, rig).last).dropFirst()))
    #expect(status["details"]?["causes"]?.elements.first?["message"] == "137")
    rig.advance(30)
    let after = try #require(rig.server.api.world.store.object(.pods, pod.key))
    let container = try #require(after.object["status", "containerStatuses"]?.elements.first)
    #expect(after.uid == pod.uid && container["restartCount"] == 1 && after.isReady)
    #expect(container["lastState"]?["terminated"]?["exitCode"] == 143)
  }

  @Test func `a container that does not run and a program that is missing are told in the runtime's words`() throws {
    let rig = try HTTPRig()
    let pod = try #require(rig.server.api.world.store.objects(.pods, in: "todo").first)
    func message(_ query: String) throws -> String {
      let last = try #require(try messages(try exec(rig, pod, query), rig).last)
      return try JSON(parsing: Array(last.dropFirst()))["message"]?.string ?? ""
    }
    let missing = try message("command=bash")
    let recorded = try #require(try recording("exec-noshell.json")["stderr"]?.string)
    func withoutIdentity(_ text: String) -> String {
      text.split(separator: "\"").filter { $0.count != 64 }.joined(separator: "\"")
    }
    #expect("error: " + withoutIdentity(missing) + "\n" == withoutIdentity(recorded))
    let name = try #require(pod.running.first?.name)
    rig.server.api.world.endContainer(
      ContainerReference(pod: PodReference(key: pod.key, uid: pod.uid), name: name, run: 0),
      ContainerEnding(exitCode: 1))
    #expect(
      try message("command=ls")
        == "Internal error occurred: unable to upgrade connection: container not found (\"\(name)\")")
  }

  @Test func `clients that go away or talk nonsense leave nothing behind`() throws {
    let rig = try HTTPRig()
    let pod = try #require(rig.server.api.world.store.objects(.pods, in: "todo").first)
    for bytes: [UInt8] in [[], [1, 2, 3, 4], Array(repeating: 255, count: 100_000)] {
      let client = try exec(rig, pod, "command=sleep&command=1000")
      client.send(bytes)
      rig.pump()
    }
    for _ in 0..<(2 * UpgradedConnection.limit) {
      let client = try exec(rig, pod, "command=sleep&command=1000")
      rig.pump()
      client.drain()
      #expect(client.text.hasPrefix("HTTP/1.1 101 "))
    }
    let plain = try rig.answer(
      HTTPRig.request("GET", "/api/v1/namespaces/todo/pods/\(pod.key.name)/exec?command=ls"))
    #expect(plain.hasPrefix("HTTP/1.1 400") && plain.contains("WebSocket"))
  }

  // MARK: a client of WebSocket

  private func exec(_ rig: HTTPRig, _ pod: StoredObject, _ query: String) throws -> HTTPRig.Client {
    let client = try rig.client()
    client.send(
      "GET /api/v1/namespaces/\(pod.key.namespace)/pods/\(pod.key.name)/exec?\(query)&stdout=true&stderr=true HTTP/1.1\r\n"
        + "Host: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: v5.channel.k8s.io\r\n\r\n")
    rig.pump()
    return client
  }

  /// Everything that the server says until it ends the connection, without the closing frame.
  private func messages(_ client: HTTPRig.Client, _ rig: HTTPRig) throws -> [[UInt8]] {
    for _ in 0..<200 where !client.hasEnded {
      rig.advance(0.1)
      client.drain()
    }
    let head = try #require(client.received.firstRange(of: Array("\r\n\r\n".utf8)))
    var rest = client.received[head.upperBound...]
    var messages: [[UInt8]] = []
    while rest.count >= 2 {
      let code = rest.removeFirst() & 0x0F
      var size = Int(rest.removeFirst())
      if size == 126 { size = Int(rest.removeFirst()) << 8 | Int(rest.removeFirst()) }
      if code != 8 { messages.append(Array(rest.prefix(size))) }
      rest = rest.dropFirst(size)
    }
    return messages
  }

  private func masked(_ first: UInt8, _ content: [UInt8]) -> [UInt8] {
    let mask: [UInt8] = [0xA1, 0x02, 0x73, 0x54]
    var head = [first]
    if content.count < 126 {
      head.append(0x80 | UInt8(content.count))
    } else if content.count < 1 << 16 {
      head += [0x80 | 126, UInt8(content.count >> 8), UInt8(content.count & 0xFF)]
    } else {
      head.append(0x80 | 127)
      for shift in stride(from: 56, through: 0, by: -8) { head.append(UInt8(content.count >> shift & 0xFF)) }
    }
    return head + mask + content.enumerated().map { $1 ^ mask[$0 % 4] }
  }
}

extension [UInt8] {
  fileprivate func chunks(of size: Int) -> [[UInt8]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}
