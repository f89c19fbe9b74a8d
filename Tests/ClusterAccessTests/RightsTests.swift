import ClusterModel
import Testing

@testable import ClusterAccess

@Suite struct RightsTests {
  @Test func `reads what kubectl says of a viewer`() throws {
    let rights = Rights(table: try RecordedCommand("auth-can-i-list").stdout)
    #expect(rights.verbs["pods"] == ["get", "list", "watch"])
    #expect(rights.allowsWatching(.pods))
    #expect(!rights.allowsWatching(.deployments))
    #expect(!rights.allows("delete", "pods"))
    #expect(rights.verbs.keys.count == 4)
  }

  @Test func `stars stand for all, and rights on single objects for none`() {
    let header = "Resources           Non-Resource URLs   Resource Names   Verbs\n"
    let admin = Rights(table: header + "*.*                 []                  []               [*]\n")
    #expect(admin.allows("delete", "pods") && admin.allows("patch", "deployments.apps"))
    let apps = Rights(table: header + "*.apps              []                  []               [get list]\n")
    #expect(apps.allows("list", "deployments.apps") && !apps.allows("list", "pods"))
    let single = Rights(table: header + "secrets             []                  [one]            [get]\n")
    #expect(!single.allows("get", "secrets"))
    #expect(Rights(table: "").verbs.isEmpty)
  }
}
