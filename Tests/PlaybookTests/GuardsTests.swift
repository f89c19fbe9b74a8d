import Testing

@testable import Playbook

@Suite struct GuardsTests {
  @Test(arguments: [
    ("minikube", "https://192.168.49.2:8443", Guards.Standing.local),
    ("kind-dev", "https://127.0.0.1:40513", .local),
    ("k3d-todo", "https://0.0.0.0:6550", .local),
    ("docker-desktop", "https://kubernetes.docker.internal:6443", .local),
    ("todotop-demo", "http://127.0.0.1:1234", .local),
    ("kind-v6", "https://[::1]:6443/path", .local),
    ("kind-v6", "https://[fd00::2]:6443", .local),
    ("kind-v6", "https://[2001:db8::2]:6443", .normal),
    ("minikube", "https://203.0.113.9:8443", .normal),
    ("minikube", "https://10.0.0.1.example.com", .normal),
    ("minikube", "https://user@10.1.2.3", .local),
    ("minikube", "", .normal),
    ("minikube", "https://172.32.0.1", .normal),
    ("staging", "https://127.0.0.1:6443", .normal),
    ("minikube-other", "https://127.0.0.1:6443", .normal),
    ("eu-PROD-1", "https://10.0.0.1:6443", .protected),
    ("kind-prod", "https://127.0.0.1:40513", .protected),
    ("", "", .normal),
  ])
  func `a context stands where its name and its server's address say`(
    context: String, server: String, standing: Guards.Standing
  ) {
    #expect(Guards.builtIn.standing(ofContext: context, server: server) == standing)
  }

  @Test func `a pattern's parts are found in order and do not overlap`() {
    let guards = Guards(local: [], protected: ["a*b*a", "ab*ba"])
    #expect(guards.standing(ofContext: "a-b-a", server: "") == .protected)
    #expect(guards.standing(ofContext: "aba", server: "") == .protected)
    #expect(guards.standing(ofContext: "aa", server: "") == .normal)
    #expect(guards.standing(ofContext: "abba", server: "") == .protected)
    #expect(guards.standing(ofContext: "axbya-", server: "") == .normal)
  }
}
