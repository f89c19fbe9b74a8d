/// Amounts of memory for people, in Kubernetes' own units.
public enum ByteText {
  /// `128Mi`, `1.5Gi`, `980Ki`: at most one digit behind the point.
  public static func text(_ bytes: Int) -> String {
    let units = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]
    var value = Double(max(0, bytes))
    var index = 0
    while value >= 1_024, index < units.count - 1 {
      value /= 1_024
      index += 1
    }
    let tenths = Int((value * 10).rounded())
    let isWhole = tenths % 10 == 0 || value >= 100
    return isWhole ? "\(Int(value.rounded()))\(units[index])" : "\(tenths / 10).\(tenths % 10)\(units[index])"
  }
}
