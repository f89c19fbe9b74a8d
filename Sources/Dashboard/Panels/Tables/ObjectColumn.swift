import CellScreen
import ClusterModel

/// A column of a table of objects: when it is shown, how wide it is, and what stands in it.
///
/// `Content` is what the cells of a row are made from, looked up once a row.
struct ObjectColumn<Content>: Sendable {
  /// When the column is a choice at all; among those, room and priority decide.
  enum Place: Sendable {
    case always
    /// Only while objects of all namespaces are shown.
    case allNamespaces
    /// Only in a table at least so wide, or in the wide form.
    case from(Int)
    /// Only in the wide form (`ctrl-w`).
    case wide
  }

  /// How wide the contents are.
  enum Width: Sendable {
    case fixed(Int)
    case measured(atLeast: Int, @Sendable (ContentWidths) -> Int)
  }

  let title: String
  var alignment = Alignment.left
  var width: Width
  var minimum: Int?
  var ideal = 60
  var priority = 0
  var isFlexible = false
  var fit = Fit.end
  var place = Place.always
  /// What the table is sorted by when it is sorted by this column.
  var sort: SortColumn?
  /// Its place among the watched columns, for those that are highlighted when they change.
  var watched: Int?
  /// What stands there when the object is gone.
  var ghost: @Sendable (Ghost, Timestamp) -> String = { _, _ in "" }
  let cell: @Sendable (Content, DashboardState) -> [Span]

  /// Whether it is a choice in a table of that width.
  func isShown(_ rows: TableRows, _ state: DashboardState, columns: Int) -> Bool {
    switch place {
    case .always: true
    case .allNamespaces: state.namespace == nil
    case .from(let least): rows.isWide || columns >= least
    case .wide: rows.isWide
    }
  }

  /// How the widget shows it.
  func tableColumn(_ rows: TableRows) -> TableColumn {
    let content =
      switch width {
      case .fixed(let columns): columns
      case .measured(let least, let columns): max(least, columns(rows.widths))
      }
    var sorting: TableColumn.Sorting?
    if let sort, sort == rows.order.column {
      // An age is sorted by the moment of creation, which falls as the age grows.
      sorting = rows.order.isDescending == (sort == .age) ? .ascending : .descending
    }
    return TableColumn(
      title, alignment: alignment, minimum: minimum ?? content, ideal: max(ideal, minimum ?? 0), priority: priority,
      isFlexible: isFlexible, fit: fit, content: content, sorting: sorting)
  }
}

extension ObjectColumn {
  /// NAME, which always stays at its place.
  static func name(minimum: Int, _ cell: @escaping @Sendable (Content, DashboardState) -> [Span]) -> ObjectColumn {
    ObjectColumn(
      title: "NAME", width: .measured(atLeast: 4, \.name), minimum: minimum, fit: .middle, sort: .name,
      ghost: { ghost, _ in ghost.row.key.name }, cell: cell)
  }

  /// NAMESPACE, where there is more than one.
  static func namespace(_ cell: @escaping @Sendable (Content) -> String) -> ObjectColumn {
    ObjectColumn(
      title: "NAMESPACE", width: .measured(atLeast: 9, \.namespace), minimum: 12, ideal: 24, priority: 1,
      place: .allNamespaces, ghost: { ghost, _ in ghost.row.key.namespace }
    ) { content, _ in [Span(cell(content), .muted)] }
  }

  /// A number of few columns, at the right of its place.
  static func number(
    _ title: String, _ columns: Int, priority: Int, place: Place = .always, sort: SortColumn? = nil,
    _ cell: @escaping @Sendable (Content, DashboardState) -> [Span]
  ) -> ObjectColumn {
    ObjectColumn(
      title: title, alignment: .right, width: .fixed(columns), priority: priority, place: place, sort: sort, cell: cell)
  }

  /// AGE.
  static func age(_ cell: @escaping @Sendable (Content, DashboardState) -> String) -> ObjectColumn {
    .number("AGE", 5, priority: 1, sort: .age) { content, state in [Span(cell(content, state), .stamp)] }
  }
}
