import ClusterModel
import Testing

@testable import ClusterAccess

@Suite struct RecordingTests {
  @Test func `merges files and lists each kind that is present`() throws {
    let workloads = fixturePath("lists/workloads.json")
    let events = try Recording.read([workloads, fixturePath("lists/raw-pods-limit2.json"), workloads])
    #expect(events.listed(.pods)?.count == 2)
    #expect(events.listed(.deployments)?.count == 2)
    #expect(events.listed(.services) == nil)
  }

  @Test(arguments: [
    ("", "is empty"), ("  \n", "is empty"), ("<!DOCTYPE html><html></html>", "it is not JSON but"),
    ("{\"kind\": \"List\", \"items\": [", "it is not JSON but"), ("hello", "it is not JSON but"),
    (
      "{\"kind\": \"List\", \"apiVersion\": \"v1\", \"items\": [{\"kind\": \"Widget\", \"apiVersion\": \"x/v1\"}]}",
      "no object"
    ),
  ])
  func `says in one sentence why a file is no recording`(_ text: String, _ words: String) throws {
    let folder = try FakeKubectl("")
    let file = try folder.write(text, to: "dump.json")
    let problem = #expect(throws: AccessProblem.self) { try Recording.read([file]) }
    #expect(problem?.sentence.hasPrefix(file) == true)
    #expect(problem?.sentence.contains(words) == true, "\(problem?.sentence ?? "")")
    #expect(problem?.exitCode == 2)
  }

  @Test func `a missing or too large file is named`() {
    let missing = #expect(throws: AccessProblem.self) { try Recording.read(["/no/such/file"]) }
    #expect(missing?.sentence == "/no/such/file: No such file or directory")
    let large = #expect(throws: AccessProblem.self) { try readFile("/dev/zero", limitBytes: 2 << 20) }
    #expect(large?.sentence == "/dev/zero: larger than the limit of 2 MiB")
  }

  @Test func `the feed delivers everything and is reachable`() {
    let path = fixturePath("lists/workloads.json")
    let feed = ClusterFeed(FeedConfiguration(source: .recording([path])))
    feed.start()
    let events = events(feed) { if case .connectionChanged(let it) = $0 { it.isReachable } else { false } }
    feed.stop()
    #expect(events.listed(.deployments)?.count == 2)
    #expect(events.state(.deployments) == .live)
    #expect(events.connection?.feed == .recording)
  }
}
