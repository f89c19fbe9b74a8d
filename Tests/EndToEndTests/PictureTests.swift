import Testing

/// Pictures that the program makes of itself.
@Suite struct PictureTests {
  @Test func `keys are pressed before the frame is drawn, and names are hidden in it`() throws {
    let plain = try todotop("snapshot", "--demo", "--size", "120x40")
    #expect(plain.output.contains("todo-backend") && !plain.output.contains("█████"))
    let presented = try todotop("snapshot", "--demo", "--size", "120x40", "--keys", "P", "--mask", "names")
    #expect(presented.exitCode == 0)
    #expect(presented.output.contains("████") && !presented.output.contains("todo-backend"))
  }

  @Test func `logs that a key asks for are in the picture`() throws {
    let logs = try todotop("snapshot", "--demo", "--size", "120x40", "--keys", "/backend<enter>l", "--after", "1")
    #expect(logs.output.contains("Logs todo-backend") && logs.output.contains("INFO"))
  }
}
