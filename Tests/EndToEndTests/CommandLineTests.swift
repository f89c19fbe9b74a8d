import Foundation
import Testing

@Suite struct CommandLineTests {
  @Test func `help and version say what they are`() throws {
    let help = try todotop("--help")
    #expect(help.exitCode == 0 && help.output.contains("todotop demo"))
    #expect(try todotop("version").output.hasPrefix("todotop "))
    let scenarios = try todotop("demo", "--scenario", "help")
    #expect(scenarios.exitCode == 0 && scenarios.output.contains("nothing is deployed yet"))
    for shell in ["bash", "zsh", "fish"] {
      #expect(try todotop("completion", shell).output.contains("snapshot"))
    }
  }

  @Test(arguments: [
    (["--bogus"], "--bogus"), (["snapshto"], "snapshot"), (["--size", "0x0", "snapshot"], "--size"),
    (["snapshot", "--size", "0x0"], "--size"), (["snapshot", "--size"], "needs a value"),
    (["--poll", "0s"], "--poll"), (["snapshot", "--now", "yesterday"], "--now"), (["-A", "-n", "x"], "--namespace"),
    (["completion", "tcsh"], "bash"), (["demo", "--pods", "-1"], "--pods"), (["--theme", "pink"], "dark"),
    (["snapshot", "--keys", "j<bogus>"], "<bogus>"), (["snapshot", "--keys", "j<enter"], "<enter>"),
    (["--keys", "P"], "snapshot"), (["snapshot", "--after", "601"], "--after"), (["--mask", "hosts,faces"], "--mask"),
    (["snapshot", "--mask", "names", "--format", "json"], "JSON"), (["snapshot", "--panel", "nothing"], "pods"),
    (["--kubectl", ""], "--kubectl"), (["demo", "--scenario", "incidnt"], "did you mean incident?"),
    (["demo", "--fault", "latency=soon"], "--fault"), (["demo", "--pods", "20001"], "1 to 20000"),
    (["demo", "--scenario", "xyzzy"], "bare, healthy, incident, large, noisy, rollout"),
  ])
  func `a mistake gets one sentence and exit code 2`(words: [String], part: String) throws {
    let outcome = try run([programPath] + words)
    #expect(outcome.exitCode == 2)
    #expect(outcome.errors.contains(part))
    #expect(outcome.errors.split(separator: "\n").count == 1)
    #expect(outcome.output.isEmpty)
  }

  @Test func `faults of the demo's API are there with every command`() throws {
    let outcome = try todotop("snapshot", "--demo", "--panel", "ingress", "--fault", "refused=ingresses")
    #expect(outcome.output.contains("forbidden"), "\(outcome.output)")
  }

  @Test func `a cluster that cannot be found or reached is said in one sentence`() throws {
    let none = ["KUBECONFIG": "/nonexistent/kubeconfig"]
    let missing = try todotop("snapshot", environment: none)
    #expect(missing.exitCode == 2 && missing.errors.split(separator: "\n").count == 1)

    let noKubectl = try todotop("snapshot", "--kubectl", "no-such-kubectl")
    #expect(noKubectl.exitCode == 2 && noKubectl.errors.contains("no-such-kubectl"))

    let file = try TemporaryFile(kubeconfig(server: "https://127.0.0.1:9"))
    let refused = try todotop("snapshot", "--kubeconfig", file.url.path)
    #expect(refused.exitCode == 3 && refused.errors.split(separator: "\n").count == 1)
    #expect(try todotop("snapshot", "--kubeconfig", file.url.path, "--context", "other").exitCode == 2)
    let polled = try todotop("snapshot", "--kubeconfig", file.url.path, "--poll", "1s")
    #expect(polled.exitCode == 3 && polled.errors.split(separator: "\n").count == 1)

    let broken = try TemporaryFile("apiVersion: v1\nkind: [")
    #expect(try todotop("snapshot", "--kubeconfig", broken.url.path).exitCode == 2)
  }

  @Test(arguments: [
    ("", "empty"), ("{", "cut off"), ("<html><body>502</body></html>", "HTML"), ("error: boom", "JSON"),
    ("{\"a\": 1}", ""), ("[1,2]", ""),
  ])
  func `a file that is no recording is named with what it is`(text: String, part: String) throws {
    let file = try TemporaryFile(text)
    let outcome = try todotop("snapshot", "--from", file.url.path)
    #expect(outcome.exitCode == 2)
    #expect(outcome.errors.contains(file.url.lastPathComponent))
    #expect(part.isEmpty || outcome.errors.contains(part))
    let standardInput = try todotop("snapshot", "--from", "-", input: text)
    #expect(standardInput.exitCode == 2 && standardInput.errors.contains("standard input"))
  }

  private func kubeconfig(server: String) -> String {
    """
    apiVersion: v1
    kind: Config
    current-context: test
    contexts: [{name: test, context: {cluster: test, user: test}}]
    clusters: [{name: test, cluster: {server: "\(server)", insecure-skip-tls-verify: true}}]
    users: [{name: test, user: {}}]
    """
  }
}
