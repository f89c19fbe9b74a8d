extension Int {
  /// The whole part of a number, within bounds: numbers from outside may be of any size, or none at all.
  init(_ number: Double, within bounds: ClosedRange<Int>) {
    if number.isNaN {
      self = Swift.min(Swift.max(0, bounds.lowerBound), bounds.upperBound)
    } else if number <= Double(bounds.lowerBound) {
      self = bounds.lowerBound
    } else if number >= Double(bounds.upperBound) {
      self = bounds.upperBound
    } else {
      self = Int(number)
    }
  }
}
