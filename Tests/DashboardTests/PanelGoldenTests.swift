import CellScreen
import TestSupport
import Testing

@testable import Dashboard

/// The panels of usage, ingress, phases and river with something to show, from the smallest size to the whole screen.
@Suite struct PanelGoldenTests {
  static let panels: [Panel.ID] = [.phases, .usage, .ingress, .river]
  static let sizes = [Size(columns: 36, rows: 4), Size(columns: 38, rows: 16), Size(columns: 120, rows: 36)]

  /// Every panel in the busy scene, and usage where nothing is measured.
  static let cases: [(panel: Panel.ID, scene: Scene)] =
    panels.map { ($0, .busy) } + [(.usage, .unmeasured)]

  static var names: [String] { cases.flatMap { item in sizes.map { name(item.panel, item.scene, $0) } } }

  private static func name(_ panel: Panel.ID, _ scene: Scene, _ size: Size) -> String {
    "panel-\(panel.rawValue)-\(scene.name)-\(size.columns)x\(size.rows)"
  }

  @Test(arguments: cases.indices, sizes)
  func `each panel is as recorded at each size`(index: Int, size: Size) {
    let (panel, scene) = Self.cases[index]
    var state = scene.make(size)
    state.focus = panel
    state.isZoomed = size.columns >= 100
    expectGolden(draw(panel, of: state), named: Self.name(panel, scene, size), headline: "\(panel) in \(scene.name)")
  }
}
