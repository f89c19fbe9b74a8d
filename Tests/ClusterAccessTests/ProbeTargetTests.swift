import Testing

@testable import ClusterAccess

@Suite struct ProbeTargetTests {
  @Test func `the host stands in the URL and the address under it`() {
    let request = ProbeRequest(host: "todo.local", path: "/api/health", address: "192.168.49.2", port: 8080).request
    #expect(request.url == "http://todo.local/api/health")
    #expect(request.connectTo == "::192.168.49.2:8080")
    #expect(request.timeLimit == .seconds(2))
    let secure = ProbeRequest(host: "todo.local", path: "/", address: "::1", port: 443, isTLS: true).request
    #expect(secure.url == "https://todo.local/")
    #expect(secure.connectTo == "::[::1]:443")
    #expect(ProbeRequest(host: "", path: "/", address: "10.0.0.1", port: 80).request.url == "http://10.0.0.1:80/")
  }

  @Test(arguments: ["a b", "a/../b", "user@host", "a:1", "a?x", "a\r\nX: y", "<script>", "é"])
  func `a host that is none is not asked`(_ host: String) {
    #expect(!ProbeRequest(host: host, path: "/", address: "10.0.0.1", port: 80).isSendable)
  }

  @Test func `a path or address that is none is not asked`() {
    #expect(ProbeRequest(host: "h", path: "/a?b=c#d", address: "::1", port: 80).isSendable)
    #expect(!ProbeRequest(host: "h", path: "a", address: "::1", port: 80).isSendable)
    #expect(!ProbeRequest(host: "h", path: "/ x", address: "::1", port: 80).isSendable)
    #expect(!ProbeRequest(host: "h", path: "/", address: "", port: 80).isSendable)
    #expect(!ProbeRequest(host: "h", path: "/", address: "a b", port: 80).isSendable)
    #expect(!ProbeRequest(host: "h", path: "/", address: "a", port: 0).isSendable)
  }
}
