/// Parts that an object often has in common with the one before it, kept once for both.
///
/// Lists come in order of names, so the pods of one controller follow each other, with the same labels, owners and
/// containers. A class, because every part of a decoder writes to it while the document is lent out.
final class SharedParts {
  /// The part of the object before.
  private var labels: [String: String] = [:]
  private var owners: [OwnerReference] = []
  private var containers: [ContainerSpec] = []
  private var volumeReferences: [VolumeReference] = []

  func labels(_ labels: [String: String]) -> [String: String] { Self.shared(labels, &self.labels) }
  func owners(_ owners: [OwnerReference]) -> [OwnerReference] { Self.shared(owners, &self.owners) }
  func containers(_ containers: [ContainerSpec]) -> [ContainerSpec] { Self.shared(containers, &self.containers) }
  func volumeReferences(_ references: [VolumeReference]) -> [VolumeReference] {
    Self.shared(references, &volumeReferences)
  }

  /// The part of the object before, where it is equal; equal values then share their memory.
  private static func shared<Part: Equatable>(_ part: Part, _ last: inout Part) -> Part {
    if part != last { last = part }
    return last
  }
}
