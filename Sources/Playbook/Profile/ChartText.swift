import ClusterModel
import YAML

/// What a chart says of itself in `Chart.yaml` and `values.yaml`.
struct ChartText {
  let folder: String
  let name: String
  let appVersion: String
  /// The host of its ingress; empty where none is said.
  let host: String
  /// The Secret that it expects; empty where none is said.
  let existingSecret: String
  private let images: [(path: [String], reference: String)]

  init(_ folder: String, in files: SourceFolder) {
    self.folder = folder
    let prefix = folder.isEmpty ? "" : folder + "/"
    let chart = Self.document(files.texts[prefix + "Chart.yaml"])
    let values = Self.document(files.texts[prefix + "values.yaml"])
    let written = chart?["name"]?.scalarText ?? ""
    let last = folder.split(separator: "/").last.map(String.init) ?? "app"
    name = isObjectName(written) ? written : (isObjectName(last.lowercased()) ? last.lowercased() : "app")
    let version = chart?["appVersion"]?.scalarText ?? ""
    appVersion = version.isEmpty || !isImageReference("a:" + version) ? "v1.0.0" : version
    let hostNode =
      values?["ingress"]?["host"]?.scalarText ?? values?["ingress"]?["hosts"]?.list.first?["host"]?.scalarText
    host = hostNode.flatMap { isObjectName($0.lowercased()) ? $0.lowercased() : nil } ?? ""
    let secret = values?["secrets"]?["existingSecret"]?.scalarText ?? values?["existingSecret"]?.scalarText ?? ""
    existingSecret = isObjectName(secret) ? secret : ""
    images = Self.images(values, defaultTag: appVersion)
  }

  /// The image that the values give a component; else named after the chart and the component.
  func image(of component: String, isOnly: Bool) -> String {
    let exact = images.first { $0.path.contains { $0.lowercased() == component.lowercased() } }
    let near = images.first { $0.path.contains { $0.lowercased().contains(component.lowercased()) } }
    let named = images.first { repositoryName($0.reference).contains(component) }
    let only = isOnly && images.count == 1 ? images.first : nil
    return (exact ?? near ?? named ?? only)?.reference ?? "\(name)-\(component.lowercased()):\(appVersion)"
  }

  /// The components of which the values give an image.
  var components: [(name: String, image: String)] {
    images.map { ($0.path.last { $0 != "image" && $0 != "images" } ?? "app", $0.reference) }
  }

  private func repositoryName(_ reference: String) -> String {
    String(reference.split(separator: "/").last?.split(separator: ":").first ?? "")
  }

  private static func document(_ text: String?) -> YAMLNode? {
    text.flatMap { try? yamlDocuments(Array($0.utf8), limits: ProfileLimits.yaml) }?.first
  }

  /// Every `image: {repository, tag}` with the names on the way to it.
  private static func images(_ node: YAMLNode?, defaultTag: String) -> [(path: [String], reference: String)] {
    func walk(_ node: YAMLNode, _ path: [String]) -> [(path: [String], reference: String)] {
      if let repository = node["repository"]?.scalarText, !repository.isEmpty {
        let registry = node["registry"]?.scalarText ?? ""
        let tag = node["tag"]?.scalarText ?? ""
        let reference = (registry.isEmpty ? "" : registry + "/") + repository + ":" + (tag.isEmpty ? defaultTag : tag)
        return isImageReference(reference) ? [(path, reference)] : []
      }
      return path.count > 6 ? [] : node.mapping.flatMap { walk($0.value, path + [$0.key]) }
    }
    return node.map { walk($0, []) } ?? []
  }
}
