import ClusterModel
import Testing

@testable import Playbook

@Suite struct ArmingTests {
  private let now = World.now

  @Test func `it begins disarmed, is armed for five minutes and ends by itself`() {
    var arming = Arming()
    #expect(arming.condition(at: now) == .disarmed)
    arming.arm(for: .normal, at: now)
    #expect(arming.secondsLeft(at: now) == 300)
    #expect(arming.isArmed(at: now.advanced(by: .seconds(299))))
    #expect(!arming.isArmed(at: now.advanced(by: .seconds(300))))
    arming.arm(for: .protected, at: now)
    arming.disarm()
    #expect(!arming.isArmed(at: now))
  }

  @Test func `on a cluster of this machine it stays armed until it is disarmed`() {
    var arming = Arming()
    arming.arm(for: .local, at: now)
    #expect(arming.condition(at: now.advanced(by: .seconds(100_000))) == .armed(until: nil))
    arming.disarm()
    #expect(arming.condition(at: now) == .disarmed)
  }

  @Test(arguments: [Guards.Standing.local, .normal, .protected])
  func `what is read only is never armed`(standing: Guards.Standing) {
    var arming = Arming(readOnlyReason: "--read-only")
    arming.arm(for: standing, at: now)
    #expect(arming.condition(at: now) == .readOnly)
  }

  @Test func `only a protected context is armed by typing its name`() {
    #expect(Arming.wordToType(for: .protected, context: "prod-eu") == "prod-eu")
    #expect(Arming.wordToType(for: .normal, context: "dev") == nil)
    #expect(Arming.wordToType(for: .local, context: "minikube") == nil)
  }
}
