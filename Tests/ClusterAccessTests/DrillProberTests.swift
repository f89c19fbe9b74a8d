import ClusterModel
import Playbook
import Subprocess
import Testing

@testable import ClusterAccess

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct DrillProberTests {
  /// A server on loopback that writes down the connection of each request; `/slow` never answers in time.
  private static let server = """
    import http.server, os, time
    log = open("requests", "w", buffering=1)
    class Answer(http.server.BaseHTTPRequestHandler):
      protocol_version = "HTTP/1.1"
      def do_GET(self):
        log.write("%s %d\\n" % (self.path, self.client_address[1]))
        if self.path == "/slow": time.sleep(60)
        code = 404 if self.path == "/gone" else 200
        self.send_response(code); self.send_header("Content-Length", "2"); self.end_headers(); self.wfile.write(b"ok")
      def log_message(self, *_): pass
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    with open("port.new", "w") as file: file.write(str(server.server_port))
    os.rename("port.new", "port")
    server.serve_forever()
    """

  @Test func `users come over new connections, one stream stays on its own, and slow answers do not pile up`() throws {
    let place = try FakeKubectl("")
    try place.write(Self.server, to: "server.py")
    let child = try Child(["python3", "server.py"], directory: place.folder)
    defer { child.stop() }
    let port = try #require(waitForPort(place.folder))
    func request(_ path: String, _ status: Int?, isKeptAlive: Bool = false) -> DrillProbeRequest {
      let probe = ProbeRequest(host: "todo.local", path: path, address: "127.0.0.1", port: port)
      return DrillProbeRequest(.ingress(probe), name: path, expectedStatus: status, isKeptAlive: isKeptAlive)
    }
    let probes = probe(
      [request("/", 200), request("/kept", 200, isKeptAlive: true), request("/gone", 200), request("/gone2", nil)]
        + [request("/slow", nil)], seconds: 4)
    let lines = String(decoding: try readFile("\(place.folder)/requests", limitBytes: 1 << 20), as: UTF8.self)
      .split(separator: "\n").map { $0.split(separator: " ") }
    func connections(_ path: String) -> [Substring] { lines.filter { $0[0] == path }.map { $0[1] } }
    #expect(connections("/").count > 5 && Set(connections("/")).count == connections("/").count)
    #expect(connections("/kept").count > 5 && Set(connections("/kept")).count == 1)
    // Within two seconds eight are sent; more only as those are given up.
    #expect(connections("/slow").count <= DrillProber.underWayMax * 3)
    func answers(_ name: String) -> [DrillProbe] { probes.filter { $0.path == name } }
    #expect(answers("/").allSatisfy { $0.isGood && $0.status == 200 } && answers("/kept").allSatisfy(\.isKeptAlive))
    #expect(answers("/gone").allSatisfy { !$0.isGood && $0.status == 404 } && answers("/gone2").allSatisfy(\.isGood))
    let slow = answers("/slow")
    #expect(!slow.isEmpty && slow.allSatisfy { !$0.isGood && $0.status == nil && $0.latency >= .seconds(1.9) })
    // It is told of later than others, but users waited from when it was sent.
    let (sent, other) = try (#require(slow.first).at, #require(answers("/").dropFirst(3).first).at)
    #expect(sent.isBefore(other) && sent.wall < other.wall)
  }

  @Test func `what cannot stand in a request is not sent`() {
    let service = ObjectKey(.services, namespace: "todo", name: "web")
    #expect(
      DrillProbeRequest.apiPath(of: service, port: 80, path: "/api")
        == "/api/v1/namespaces/todo/services/web:80/proxy/api")
    #expect(DrillProbeRequest.apiPath(of: service, port: 80, path: "/a b") == nil)
    #expect(DrillProbeRequest.apiPath(of: service, port: 0, path: "/") == nil)
    let strange = ObjectKey(.services, namespace: "todo", name: "web/../..")
    #expect(DrillProbeRequest.apiPath(of: strange, port: 80, path: "/") == nil)
  }

  private func waitForPort(_ folder: String) -> Int? {
    for _ in 0..<100 {
      if let bytes = try? readFile("\(folder)/port", limitBytes: 16) {
        return Int(String(decoding: bytes, as: UTF8.self))
      }
      usleep(100_000)
    }
    return nil
  }

  private func probe(_ requests: [DrillProbeRequest], seconds: Double) -> [DrillProbe] {
    let (loop, answers) = (EventLoop(), DrillAnswers())
    let context = FeedContext(
      loop: loop, configuration: FeedConfiguration(source: .recording([])),
      target: ClusterTarget(kubectl: ["kubectl"], context: "none", namespace: nil),
      connection: Connection(feed: .watch),
      mailbox: Mailbox())
    let prober = DrillProber(context, answers)
    loop.after(.seconds(seconds)) { loop.stop() }
    prober.probe(requests)
    loop.run()
    prober.stop()
    return answers.take()
  }
}
