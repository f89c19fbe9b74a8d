/// Where the application is made from: chart, images and their build contexts, as paths.
package struct Sources: Hashable, Sendable {
  /// A path, and whether it is the sample that comes with the program.
  package struct Place: Hashable, Sendable {
    package var path: String
    package var isSample: Bool

    /// A place.
    package init(_ path: String, isSample: Bool) {
      self.path = path
      self.isSample = isSample
    }
  }

  /// An image of the application and what it is built from.
  package struct Image: Hashable, Sendable {
    /// What the profile calls it: `backend`.
    package var name: String
    /// As containers name it: `todo-backend:v1.0.0`.
    package var image: String
    package var dockerfile: Place?
    /// The folder that the build may read.
    package var context: Place?
    package var maxMegabytes: Int?

    /// An image.
    package init(name: String, image: String, dockerfile: Place?, context: Place?, maxMegabytes: Int?) {
      self.name = name
      self.image = image
      self.dockerfile = dockerfile
      self.context = context
      self.maxMegabytes = maxMegabytes
    }
  }

  package var chart: Place?
  /// The files of the chart, as paths from its folder.
  package var chartFiles: [String] = []
  /// Files of values beside the chart's own, in order.
  package var values: [Place] = []
  /// The manifests that the chart gives, for clusters without helm.
  package var manifests: Place?
  package var release = ""
  package var images: [Image] = []
  /// The folder of documents and scripts.
  package var root: Place?

  /// No sources are known.
  package init() {}

  /// The image of a name in the profile, or the image that is given itself.
  func image(_ name: String) -> Image {
    images.first { $0.name == name }
      ?? Image(name: name, image: name, dockerfile: nil, context: nil, maxMegabytes: nil)
  }
}
