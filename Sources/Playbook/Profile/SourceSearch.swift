/// Looks for the sources of an application: what the profile names, then what lies in the working folder, then the
/// sample that comes with the program.
struct SourceSearch {
  let written: SourcesText
  let working: SourceFolder
  let sample: SourceFolder

  /// What was found, and the chart that it is about, where that can be read.
  func found() -> (sources: Sources, chart: ChartText?, isOwnChart: Bool) {
    var sources = Sources()
    let (folder, files) = chart()
    let text = folder.flatMap { folder in files.map { ChartText(folder, in: $0) } }
    let isOwn = files?.root == working.root && folder != nil
    if let folder, let files {
      sources.chart = place(files, folder)
      sources.chartFiles = files.files(below: folder)
    } else if let path = written.chart {
      sources.chart = Sources.Place(path, isSample: false)
    }
    sources.values = written.values.map { place($0) }
    sources.manifests = written.manifests.map { place($0) } ?? manifests(isOwn: isOwn)
    sources.release = written.release ?? ""
    sources.root = written.root.map { place($0) } ?? Sources.Place(isOwn ? working.root : sample.root, isSample: !isOwn)
    sources.images = isOwn ? ownImages(text) : sampleImages(text)
    return (sources, text, isOwn)
  }

  private func place(_ files: SourceFolder, _ path: String) -> Sources.Place {
    Sources.Place(files.path(path), isSample: files.root == sample.root)
  }

  /// A path that a profile names: in the working folder first, then in the sample, else as it is written.
  private func place(_ written: String) -> Sources.Place {
    let path = written.hasPrefix("./") ? String(written.dropFirst(2)) : written
    if working.has(path) { return place(working, path) }
    if sample.has(path) { return place(sample, path) }
    let isSample = !sample.paths.isEmpty && (path == sample.root || path.hasPrefix(sample.root + "/"))
    return Sources.Place(written, isSample: isSample)
  }

  /// The chart's folder and where it lies.
  private func chart() -> (String?, SourceFolder?) {
    if let path = written.chart {
      // A profile of the folder itself writes `.`.
      let folder = path == "." ? "" : path.hasPrefix("./") ? String(path.dropFirst(2)) : path
      for files in [working, sample] where files.charts.contains(folder) { return (folder, files) }
      let below = path.hasPrefix(sample.root + "/") ? String(path.dropFirst(sample.root.count + 1)) : path
      if sample.charts.contains(below) { return (below, sample) }
      return (nil, nil)
    }
    for files in [working, sample] {
      if let folder = files.charts.min(by: { ($0.isEmpty ? 1 : 0, $0) < ($1.isEmpty ? 1 : 0, $1) }) {
        return (folder, files)
      }
    }
    return (nil, nil)
  }

  /// One file of manifests, or the folder where there are several.
  private func manifests(isOwn: Bool) -> Sources.Place? {
    let files = isOwn ? working : sample
    let all = files.files(below: "infra/manifests").filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
    guard let first = all.first else { return nil }
    return place(files, all.count == 1 ? "infra/manifests/\(first)" : "infra/manifests")
  }

  /// The images of the user's own chart: those of their Dockerfiles, else those that the chart names.
  private func ownImages(_ chart: ChartText?) -> [Sources.Image] {
    let dockerfiles = working.dockerfiles
    let isOnly = dockerfiles.count == 1
    var images = dockerfiles.map { dockerfile in
      image(dockerfile.name, in: working, dockerfile: dockerfile.path, chart: chart, isOnly: isOnly)
    }
    if dockerfiles.isEmpty {
      for component in chart?.components ?? [] where !images.contains(where: { $0.name == component.name }) {
        images.append(
          Sources.Image(
            name: component.name, image: component.image, dockerfile: nil, context: nil, maxMegabytes: nil))
      }
    }
    return merged(images)
  }

  /// The images of the sample; a Dockerfile in the working folder of the same name comes before the sample's.
  private func sampleImages(_ chart: ChartText?) -> [Sources.Image] {
    let own = working.dockerfiles
    let names = sample.dockerfiles.map(\.name)
    return merged(
      sample.dockerfiles.map { dockerfile in
        if let mine = own.first(where: { $0.name == dockerfile.name }) {
          return image(mine.name, in: working, dockerfile: mine.path, chart: chart, isOnly: false)
        }
        return image(dockerfile.name, in: sample, dockerfile: dockerfile.path, chart: chart, isOnly: names.count == 1)
      })
  }

  private func image(
    _ name: String, in files: SourceFolder, dockerfile: String, chart: ChartText?, isOnly: Bool
  ) -> Sources.Image {
    let context = files.context(of: name, dockerfile: dockerfile)
    return Sources.Image(
      name: name, image: chart?.image(of: name, isOnly: isOnly) ?? "\(name):v1.0.0",
      dockerfile: place(files, dockerfile),
      context: place(files, context), maxMegabytes: nil)
  }

  /// What the profile says of an image counts more than what was found; images that only it names are added where
  /// they say what they are made from.
  private func merged(_ found: [Sources.Image]) -> [Sources.Image] {
    var images = found
    for text in written.images {
      let index = images.firstIndex { $0.name == text.name }
      guard index != nil || text.image != nil else { continue }
      var image =
        index.map { images[$0] }
        ?? Sources.Image(name: text.name, image: "", dockerfile: nil, context: nil, maxMegabytes: nil)
      image.image = text.image ?? image.image
      image.dockerfile = text.dockerfile.map { place($0) } ?? image.dockerfile
      image.context = text.context.map { place($0) } ?? image.context
      image.maxMegabytes = text.maxMegabytes ?? image.maxMegabytes
      if let index { images[index] = image } else { images.append(image) }
    }
    return images
  }
}
