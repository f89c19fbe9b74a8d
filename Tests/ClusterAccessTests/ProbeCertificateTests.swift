import ClusterModel
import Subprocess
import Testing

@testable import ClusterAccess

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct ProbeCertificateTests {
  /// A server on loopback with a certificate of its own; it writes its port into a file.
  private static let server = """
    import http.server, os, ssl, sys
    class Answer(http.server.BaseHTTPRequestHandler):
      protocol_version = "HTTP/1.1"
      def do_GET(self):
        self.send_response(200); self.send_header("Content-Length", "2"); self.end_headers(); self.wfile.write(b"ok")
      def log_message(self, *_): pass
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("cert.pem", "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with open("port.new", "w") as file: file.write(str(server.server_port))
    os.rename("port.new", "port")
    server.serve_forever()
    """

  @Test func `a probe over TLS tells when the certificate ends and that it vouches for itself, and does not fail`()
    throws
  {
    let place = try FakeKubectl("")
    let make = try Child.run(
      [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
        "key.pem", "-out", "cert.pem", "-days", "40", "-subj", "/CN=todo.local",
      ], directory: place.folder, timeLimit: .seconds(20))
    #expect(make.end.isSuccess)
    try place.write(Self.server, to: "server.py")
    let child = try Child(["python3", "server.py"], directory: place.folder)
    defer { child.stop() }
    let port = try #require(waitForPort(place.folder))
    let targets = ["/", "/api"].map {
      ProbeRequest(host: "todo.local", path: $0, address: "127.0.0.1", port: port, isTLS: true)
    }
    let results = probe(targets, answers: 4)
    #expect(results.count >= 4)
    #expect(results.allSatisfy { $0.status == 200 })
    // The second answer comes on the connection of the first, which shows no certificate again.
    for result in results.dropFirst(2) {
      let certificate = try #require(result.certificate)
      #expect(certificate.isSelfSigned)
      #expect(certificate.words(at: result.at) == "39 d left, self-signed")
    }
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

  /// The answers to probes that are repeated ten times a second.
  private func probe(_ targets: [ProbeRequest], answers: Int) -> [ProbeResult] {
    let loop = EventLoop()
    let mailbox = Mailbox()
    let context = FeedContext(
      loop: loop,
      configuration: FeedConfiguration(source: .recording([]), probePeriod: .milliseconds(100)),
      target: ClusterTarget(kubectl: ["kubectl"], context: "none", namespace: nil),
      connection: Connection(feed: .watch),
      mailbox: mailbox)
    let prober = IngressProber(context)
    var results: [ProbeResult] = []
    loop.afterTurn = {
      context.deliver()
      results += mailbox.take().compactMap { if case .probed(let result) = $0 { result } else { nil } }
      if results.count >= answers { loop.stop() }
    }
    loop.after(.seconds(10)) { loop.stop() }
    prober.probe(targets)
    loop.run()
    prober.stop()
    return results
  }
}
