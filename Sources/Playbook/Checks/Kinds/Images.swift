import ClusterModel

extension CheckKind {
  /// A tag that says which build runs; `latest` and no tag at all do not.
  static let imageTags = CheckKind("image-tags", "images have a version") { _, context in
    let snapshot = context.snapshot
    let workloads = snapshot.steadyWorkloads(in: snapshot.connection.namespace)
    // Before anything runs there are the images that are to run.
    let running = Set(workloads.flatMap(\.images))
    let images = (running.isEmpty ? Set(context.profile.sources.images.map(\.image)) : running).sorted()
    guard !images.isEmpty else { return .unknown("no workloads are known") }
    let moving = images.filter { !hasVersion($0) }
    return moving.isEmpty
      ? .holds("\(images.count) images")
      : .fails(listed(moving), advice: "give each image a version tag")
  }

  /// What the nodes report of the images that run; kubelets report the 50 largest.
  static let imageSizes = CheckKind(
    "image-sizes", "images are below 500 MB",
    parameters: [CheckParameter("maxMegabytes", .number, usual: .number(500))]
  ) { parameters, context in
    let snapshot = context.snapshot
    let limitBytes = Int(min(parameters.number("maxMegabytes"), 1_000_000) * 1_000_000)
    let workloads = snapshot.steadyWorkloads(in: snapshot.connection.namespace)
    let wanted = Set(workloads.flatMap(\.images))
    let onNodes = snapshot.nodes.objects().flatMap(\.images)
    let known = onNodes.filter { $0.names.contains { name in wanted.contains { isSameImage($0, name) } } }
    guard !known.isEmpty else { return .skipped("the nodes do not report these images") }
    let large = known.filter { $0.sizeBytes > limitBytes }
    guard large.isEmpty else {
      return .fails(
        listed(large.map { "\($0.names.first ?? "?") \($0.sizeBytes / 1_000_000) MB" }),
        advice: "build in several stages and leave build tools behind")
    }
    return .holds("largest \((known.map(\.sizeBytes).max() ?? 0) / 1_000_000) MB")
  }
}

func hasVersion(_ image: String) -> Bool {
  if image.contains("@sha256:") { return true }
  let parts = (image.split(separator: "/").last ?? "").split(separator: ":")
  return parts.count == 2 && parts[1] != "latest"
}

/// Nodes write names in full: `docker.io/library/nginx:1` for `nginx:1`.
func isSameImage(_ wanted: String, _ reported: String) -> Bool {
  reported == wanted || reported.hasSuffix("/" + wanted)
}
