import ClusterModel
import Testing

@Suite struct QuantityTests {
  @Test(arguments: [
    ("1", 1), ("0", 0), ("1Ki", 1_024), ("1.5Gi", 1_610_612_736), ("1M", 1_000_000), ("2e3", 2_000), ("2E3", 2_000),
    ("1E", 1_000_000_000_000_000_000), ("1e-3", 1), ("100m", 1), ("1500m", 2), ("128974848", 128_974_848),
    ("129e6", 129_000_000), ("129M", 129_000_000), ("123Mi", 128_974_848), (".5", 1), ("5.", 5), ("+3", 3),
    ("380Ki", 389_120), ("1n", 1), ("0.0000000000001", 1), ("-0", 0), ("1Ei", 1 << 60), ("9Ei", 1 << 60),
    ("99999999999999999999999999", 1 << 60), ("1e9999", 1 << 60), ("1e-9999", 1),
    ("1000000000000000000n", 1_000_000_000),
  ])
  func `an amount in whole units is rounded up and clamped`(_ text: String, _ units: Int) {
    #expect(Quantity.units(text) == units)
  }

  @Test(arguments: [
    ("1", 1_000), ("100m", 100), ("0.1", 100), ("96806n", 1), ("432454458n", 433), ("1500u", 2), ("2k", 2_000_000),
    ("0", 0), ("0.0001", 1), ("1e-1", 100), ("1E1", 10_000), ("367328n", 1), ("1.0005", 1_001),
  ])
  func `cpu is rounded up to millicores`(_ text: String, _ millicores: Int) {
    #expect(Quantity.millicores(text) == millicores)
  }

  @Test(arguments: ["", "x", "1x", "1KiB", "Ki", "-1", "1e", "1e+", "1.2.3", "--1", "1 ", " 1", "1mm", ".", "0x10"])
  func `what is no amount is unset`(_ text: String) {
    #expect(Quantity.units(text) == nil)
    #expect(Quantity.millicores(text) == nil)
  }
}

@Suite struct TimestampTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2026-11-21T02:29:51Z", 1_795_228_191_000_000_000),
    ("2026-11-21T02:29:53.331376Z", 1_795_228_193_331_376_000), ("2000-02-29T12:00:00+01:30", 951_820_200_000_000_000),
    ("1969-12-31T23:59:59.5Z", -500_000_000), ("2024-12-31T23:59:60Z", 1_735_689_600_000_000_000),
    ("1970-01-01t00:00:00.123456789999-00:01", 60_123_456_789),
  ])
  func `a moment is read with its fraction and offset`(_ text: String, _ nanoseconds: Int) {
    #expect(Timestamp(text)?.nanoseconds == Int64(nanoseconds))
  }

  @Test(arguments: [
    "", "yesterday", "2026-11-21", "2026-13-01T00:00:00Z", "2026-01-32T00:00:00Z", "2026-01-01T24:00:00Z",
    "2026-01-01T00:00:00", "2026-01-01T00:00:00Zx", "2026-01-01T00:00:00+1", "0001-01-01T00:00:00Z",
    "２026-01-01T00:00:00Z",
  ])
  func `what is no moment is none`(_ text: String) { #expect(Timestamp(text) == nil) }

  @Test func `years that cannot be told apart are the nearest that can`() {
    #expect(Timestamp("9999-12-31T23:59:59Z")?.nanoseconds == .max)
    #expect(Timestamp("1066-10-14T09:00:00Z")?.nanoseconds == .min)
  }

  @Test func `moving beyond the range stops at its end`() {
    let end = Timestamp(nanoseconds: .max)
    #expect(end.advanced(by: .seconds(5)) == end)
    #expect(Timestamp.distantPast.advanced(by: .seconds(-5)) == .distantPast)
    #expect(end.advanced(by: .seconds(Int64.max)) == end)
    #expect(Timestamp(nanoseconds: 5).advanced(by: .nanoseconds(-7)).nanoseconds == -2)
    #expect(Timestamp(nanoseconds: -1).seconds == -1)
  }
}

@Suite struct AgeTests {
  @Test(arguments: [
    (-2.0, "<invalid>"), (-1.9, "0s"), (-0.5, "0s"), (0, "0s"), (1, "1s"), (119.9, "119s"), (120, "2m"), (121, "2m1s"),
    (287, "4m47s"), (599, "9m59s"), (600, "10m"), (659, "10m"), (10_799, "179m"), (10_800, "3h"), (11_520, "3h12m"),
    (28_799, "7h59m"), (28_800, "8h"), (172_799, "47h"), (172_800, "2d"), (190_800, "2d5h"), (691_199, "7d23h"),
    (691_200, "8d"), (1_036_800, "12d"), (63_071_999, "729d"), (63_072_000, "2y"), (63_936_000, "2y10d"),
    (252_287_999, "7y364d"), (252_288_000, "8y"), (315_360_000, "10y"),
  ])
  func `an age is kubectl's`(_ seconds: Double, _ text: String) {
    #expect(Age.text(of: .seconds(seconds)) == text)
  }

  @Test func `an age without a beginning is unknown, one in the future invalid`() {
    #expect(Age.text(since: nil, at: Timestamp(seconds: 0)) == "<unknown>")
    #expect(Age.text(since: Timestamp(seconds: 10), at: Timestamp(seconds: 0)) == "<invalid>")
    #expect(Age.text(since: .distantPast, at: Timestamp(nanoseconds: .max)) == "292y")
  }
}
