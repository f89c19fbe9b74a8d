import ClusterModel
import YAML

/// What a profile says of where the application is made from; what it leaves out is looked for.
struct SourcesText: Sendable {
  /// An image of which some is said.
  struct Image: Sendable {
    var name: String
    var image: String?
    var dockerfile: String?
    var context: String?
    var maxMegabytes: Int?
  }

  var chart: String?
  var values: [String] = []
  var manifests: String?
  var release: String?
  var root: String?
  var images: [Image] = []

  init() {}

  init(_ node: YAMLNode) throws(YAMLError) {
    let fields = try node.fields(["chart", "values", "manifests", "release", "root", "images"])
    chart = try fields["chart"]?.path()
    for node in try fields["values"]?.filledList("files of values") ?? [] { values.append(try node.path()) }
    manifests = try fields["manifests"]?.path()
    root = try fields["root"]?.path()
    if let node = fields["release"] {
      let name = try node.objectName("a release")
      // Helm's own limit.
      guard name.count <= 53 else { throw YAMLError(node.place, "the name of a release has at most 53 characters") }
      release = name
    }
    for node in try fields["images"]?.filledList("images") ?? [] {
      let image = try Image(node)
      guard !images.contains(where: { $0.name == image.name }) else {
        throw YAMLError(node.place, "the image \"\(image.name)\" comes twice")
      }
      images.append(image)
    }
  }
}

extension SourcesText.Image {
  init(_ node: YAMLNode) throws(YAMLError) {
    let fields = try node.fields(["name", "image", "dockerfile", "context", "maxMegabytes"])
    let nameNode = try fields.required("name")
    name = try nameNode.objectName("an image of a profile")
    // `${image.image}` means each image in turn.
    guard name != "image", !name.contains(".") else {
      throw YAMLError(nameNode.place, "\"\(name)\" cannot be the name of an image of a profile")
    }
    if let node = fields["image"] {
      let reference = try node.line()
      guard isImageReference(reference) else {
        throw YAMLError(node.place, "an image such as todo-backend:v1.0.0 is expected here, not \"\(reference)\"")
      }
      image = reference
    }
    dockerfile = try fields["dockerfile"]?.path()
    context = try fields["context"]?.path()
    maxMegabytes = try fields["maxMegabytes"]?.integer(1...100_000)
  }
}

extension YAMLNode {
  /// A path that no command can take for an option.
  fileprivate func path() throws(YAMLError) -> String {
    let path = try line()
    guard !path.hasPrefix("-") else {
      throw YAMLError(place, "a path is expected here, not \"\(path)\": write ./\(path) for a file of that name")
    }
    return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }
}

/// Whether a text can name an image; a command cannot take it for an option.
func isImageReference(_ text: String) -> Bool {
  guard let first = text.first, first.isASCII, first.isLetter || first.isNumber, text.count <= 500 else { return false }
  return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-/:@".contains($0)) }
}
