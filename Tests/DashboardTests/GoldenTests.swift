import CellScreen
import TestSupport
import Testing

@testable import Dashboard

@Suite struct GoldenTests {
  static let sizes = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 200, rows: 60)]

  @Test(arguments: Scene.all, sizes)
  func `the whole screen is as recorded`(scene: Scene, size: Size) {
    expectGolden(draw(scene.make(size)), named: name(scene, size), headline: "scene \(scene.name)")
  }

  @Test(arguments: Panel.ID.allCases, Scene.all)
  func `each panel alone is as recorded, in every size`(panel: Panel.ID, scene: Scene) {
    for size in Self.panelSizes {
      var state = scene.make(size)
      state.focus = panel
      state.isZoomed = size.holds(Layout.wholeSize)
      expectGolden(
        draw(panel, of: state), named: name(panel, scene, size), headline: "\(panel) in scene \(scene.name)")
    }
  }

  /// As in the left column of a small screen, and the whole screen as it is when zoomed.
  static let panelSizes = [Size(columns: 36, rows: 10)] + sizes

  @Test func `no golden is left over`() {
    let whole = Scene.all.flatMap { scene in Self.sizes.map { name(scene, $0) } }
    let panels = Panel.ID.allCases.flatMap { panel in
      Scene.all.flatMap { scene in Self.panelSizes.map { name(panel, scene, $0) } }
    }
    let presenter = Self.presented.flatMap { scene in Self.sizes.map { "presenter-" + name(scene, $0) } }
    expectNoUnclaimedGoldens(
      claimed: whole + panels + presenter + PanelGoldenTests.names + DetailGoldenTests.names + TourTests.names)
  }

  static let presented = [Scene.todo, .broken, .waiting, .stale, .hostile]

  @Test(arguments: presented, sizes)
  func `the presenter's view is as recorded`(scene: Scene, size: Size) {
    var state = scene.make(size)
    state.isPresenting = true
    expectGolden(draw(state), named: "presenter-" + name(scene, size), headline: "presenting scene \(scene.name)")
  }

  private func name(_ scene: Scene, _ size: Size) -> String { "screen-\(scene.name)-\(size.columns)x\(size.rows)" }

  private func name(_ panel: Panel.ID, _ scene: Scene, _ size: Size) -> String {
    "panel-\(panel.rawValue)-\(scene.name)-\(size.columns)x\(size.rows)"
  }
}

@Suite struct DrawingTests {
  @Test(arguments: Scene.all)
  func `an equal state draws an equal frame, which needs no run`(scene: Scene) {
    let state = scene.make(Size(columns: 120, rows: 40))
    #expect(ScreenDiff(from: draw(state), to: draw(state)).runs.isEmpty)
  }

  @Test(arguments: [
    Size(columns: 0, rows: 0), Size(columns: 1, rows: 1), Size(columns: 39, rows: 50), Size(columns: 500, rows: 12),
    Size(columns: 40, rows: 12), Size(columns: 120, rows: 36),
  ])
  func `any size is drawn`(size: Size) {
    for scene in Scene.all {
      var state = scene.make(size)
      for key in "?qlz\u{1B}123456P1lz\u{1B}\u{1B}zH" {
        _ = reduce(&state, .key(key == "\u{1B}" ? .escape : .char(key)), at: Scene.moment)
        #expect(draw(state).size == Canvas(size: size).screen.size)
      }
    }
  }

  @Test func `moving the selection repaints the rows it left and entered, and what belongs to them`() {
    var state = Scene.many(100, Size(columns: 120, rows: 40))
    let before = draw(state)
    _ = reduce(&state, .key(.char("j")), at: Scene.moment)
    #expect(ScreenDiff(from: before, to: draw(state)).rowCount == 2)
  }

  @Test func `no outside text reaches the screen as a control character`() {
    let screen = draw(Scene.hostile.make(Size(columns: 120, rows: 40)))
    let text = screen.text()
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 32 && !(0x7F...0x9F).contains($0.value) })
    #expect(!text.contains("\u{202E}"))
  }
}
