import Subprocess
import Testing

@testable import ClusterAccess

@Suite struct AccessProblemTests {
  @Test(arguments: [
    ("bad-context", AccessProblem.Reason.unknownContext, "the kubeconfig has no context “nope”"),
    ("connection-refused", .refused, "the API server at 127.0.0.1:6555 refuses connections"),
    ("connection-refused-raw", .refused, "the API server at 127.0.0.1:6555 refuses connections"),
    ("connection-refused-version", .refused, "the API server at 127.0.0.1:6555 refuses connections"),
    ("connection-refused-watch", .refused, "the API server at 127.0.0.1:6555 refuses connections"),
    ("no-kubeconfig", .noKubeconfig, "kubectl knows no cluster"),
    (
      "malformed-kubeconfig", .malformedKubeconfig,
      "the kubeconfig cannot be read: \"/home/user/.kube/bad.kubeconfig\": yaml: line 1: did not find expected ',' or ']'"
    ),
    (
      "unauthorized-bad-token", .unauthorized,
      "the server does not accept the credentials: You must be logged in to the server (Unauthorized)"
    ),
    (
      "unauthorized-bad-token-raw", .unauthorized,
      "the server does not accept the credentials: You must be logged in to the server (Unauthorized)"
    ),
    (
      "x509-unknown-authority", .untrustedCertificate,
      "the server's certificate is not trusted: certificate signed by unknown authority"
    ),
    (
      "forbidden-nodes", .forbidden,
      "nodes is forbidden: User \"system:serviceaccount:todo:viewer\" cannot list resource \"nodes\" in API group \"\" at the cluster scope"
    ),
    ("notfound-kind", .other, "the server doesn't have a resource type \"widgets\""),
  ])
  func `says in one sentence what kubectl said in many`(
    _ name: String, _ reason: AccessProblem.Reason, _ sentence: String
  ) throws {
    let problem = AccessProblem.recognise(try RecordedCommand(name).stderr)
    #expect(problem.reason == reason)
    #expect(problem.sentence == sentence)
    #expect(!problem.sentence.contains("memcache.go"))
    #expect(reason == .other || !problem.nextStep.isEmpty)
  }

  @Test(arguments: [
    ("error: current-context must exist in order to minify", AccessProblem.Reason.noKubeconfig),
    ("error: stat missing: no such file or directory", .noKubeconfig),
    ("error: cannot locate context nope", .unknownContext),
    ("Unable to connect to the server: dial tcp: lookup nohost.invalid on 10.0.0.53:53: no such host", .unknownHost),
    ("Unable to connect to the server: dial tcp 10.0.0.1:6443: i/o timeout", .timedOut),
    ("Unable to connect to the server: net/http: TLS handshake timeout", .timedOut),
    ("Unable to connect to the server: context deadline exceeded", .timedOut),
    ("Unable to connect to the server: x509: certificate has expired or is not yet valid", .untrustedCertificate),
    ("Unable to connect to the server: getting credentials: exec: executable aws not found", .credentialPlugin),
    ("dial tcp 127.0.0.1:6443: connect: connection refused", .refused),
    ("Error from server (Forbidden): unknown", .forbidden),
    ("something new", .other),
  ])
  func `knows the words of other failures`(_ words: String, _ reason: AccessProblem.Reason) {
    #expect(AccessProblem.recognise(words).reason == reason)
  }

  @Test func `noise alone is still better than silence`() {
    let noise = #"E1121 02:33:37.405888   27116 memcache.go:265] "Unhandled Error" err="strange""#
    #expect(AccessProblem.recognise(noise).sentence == #""strange""#)
    #expect(AccessProblem.recognise("").sentence == "kubectl failed without a word")
  }

  @Test func `the exit code tells mistakes of the command line from a cluster out of reach`() {
    #expect(AccessProblem(.unknownContext, "").exitCode == 2)
    #expect(AccessProblem.recognise(SpawnProblem.notFound("kubectl")).exitCode == 2)
    #expect(AccessProblem(.refused, "").exitCode == 3)
    #expect(AccessProblem(.unauthorized, "").exitCode == 3)
  }

  @Test func `a missing kubectl is named`() {
    let options = options(kubectl: "/no/such/kubectl --")
    let problem = #expect(throws: AccessProblem.self) { try ClusterTarget.resolve(options) }
    #expect(problem?.reason == .kubectlNotFound)
    #expect(problem?.sentence == "/no/such/kubectl: command not found")
  }

  func options(kubectl: String) -> TargetOptions {
    var options = TargetOptions()
    options.kubectl = kubectl
    return options
  }
}
