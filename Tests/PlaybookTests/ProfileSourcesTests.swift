import Testing

@testable import Playbook

/// The repository of another application, as its owner has it.
private let otherFolder = SourceFolder(
  paths: [
    "README.md", "infra/", "web/", "infra/helm/other-app/Chart.yaml", "infra/helm/other-app/values.yaml",
    "infra/helm/other-app/templates/web.yaml", "infra/docker/web/Dockerfile", "infra/docker/api/Dockerfile",
    "web/package.json", "infra/docker/api/main.go",
  ],
  texts: [
    "infra/helm/other-app/Chart.yaml": "name: other-app\nappVersion: 2.3.4\n",
    "infra/helm/other-app/values.yaml":
      "web: {image: {repository: registry.example.com/team/web, tag: \"7\"}}\ningress: {host: other.local}\n",
  ])

private func words(_ profile: Profile, _ id: String) -> [String]? {
  if case .run(.words(let words))? = profile.checks.first(where: { $0.id == id })?.remedy { words } else { nil }
}

@Suite struct ProfileSourcesTests {
  @Test func `without sources of its own the working folder gets the sample`() throws {
    let sources = try todoProfile().sources
    #expect(sources.chart == Sources.Place("/cache/sample/infra/helm/todo-app", isSample: true))
    #expect(sources.chartFiles.contains("templates/_helpers.tpl"))
    #expect(sources.release == "todo")
    #expect(sources.manifests == Sources.Place("/cache/sample/infra/manifests/todo.yaml", isSample: true))
    #expect(sources.images.map(\.image) == ["todo-backend:v1.0.0", "todo-frontend:v1.0.0"])
    #expect(sources.images.map(\.maxMegabytes) == [200, 100])
    #expect(sources.images[0].dockerfile?.path == "/cache/sample/infra/docker/backend/Dockerfile")
    #expect(sources.images.map(\.context?.path) == ["/cache/sample/app/backend", "/cache/sample/app/frontend"])
  }

  @Test func `another application's chart and images are planned, not the sample's`() throws {
    let profile = try todoProfile(otherFolder)
    let sources = profile.sources
    #expect(sources.chart == Sources.Place("infra/helm/other-app", isSample: false))
    #expect(sources.release == "other-app")
    #expect(sources.manifests == nil)
    #expect(sources.root == Sources.Place(".", isSample: false))
    #expect(sources.images.map(\.name) == ["api", "web"])
    #expect(sources.images.map(\.image) == ["other-app-api:2.3.4", "registry.example.com/team/web:7"])
    #expect(sources.images.map(\.context?.path) == ["infra/docker/api", "web"])
    #expect(profile.hosts.map(\.name) == ["other.local"])
    #expect(profile.workloads.isEmpty)
    #expect(
      words(profile, "1.3-web") == [
        "docker", "build", "--tag", "registry.example.com/team/web:7", "--file", "infra/docker/web/Dockerfile", "web",
      ])
    let places = profile.checks.flatMap { words(profile, $0.id) ?? [] }
    #expect(!places.contains { $0.contains("sample") || $0.contains("todo") })
    #expect(!profile.questions(in: World().snapshot).contains { "\($0)".contains("sample") })
  }

  @Test func `a chart at the top of the working folder is one, and its Dockerfile too`() throws {
    let folder = SourceFolder(
      paths: ["Chart.yaml", "values.yaml", "Dockerfile", "templates/a.yaml"],
      texts: ["Chart.yaml": "name: solo\n", "values.yaml": "image: {repository: acme/solo}\n"])
    let sources = try todoProfile(folder).sources
    #expect(sources.chart == Sources.Place(".", isSample: false))
    #expect(sources.chartFiles == ["Chart.yaml", "Dockerfile", "templates/a.yaml", "values.yaml"])
    #expect(sources.images.map(\.image) == ["acme/solo:v1.0.0"])
    #expect(sources.images.first?.context?.path == ".")
  }

  @Test func `a Dockerfile of one's own comes before the sample's of that name; others are not planned`() throws {
    let folder = SourceFolder(paths: ["infra/docker/backend/Dockerfile", "backend/main.py", "Dockerfile.tool"])
    let sources = try todoProfile(folder).sources
    #expect(sources.images.map(\.name) == ["backend", "frontend"])
    #expect(sources.images[0].dockerfile == Sources.Place("infra/docker/backend/Dockerfile", isSample: false))
    #expect(sources.images[0].context == Sources.Place("backend", isSample: false))
    #expect(sources.images[1].dockerfile?.isSample == true)
    #expect(sources.chart?.isSample == true)
  }

  @Test func `names that a command could take for options are not believed`() throws {
    let folder = SourceFolder(
      paths: ["infra/helm/bad/Chart.yaml", "infra/helm/bad/values.yaml", "infra/docker/web/Dockerfile"],
      texts: [
        "infra/helm/bad/Chart.yaml": "name: --set\nappVersion: \"$(rm)\"\n",
        "infra/helm/bad/values.yaml": "web: {image: {repository: --output=/etc/passwd}}\n",
      ])
    let sources = try todoProfile(folder).sources
    #expect(sources.release == "bad")
    #expect(sources.images.map(\.image) == ["bad-web:v1.0.0"])
  }

  @Test func `a profile names its sources; what it leaves out is looked for`() throws {
    let text = """
      sources:
        chart: charts/mine
        values: [prod.yaml, extra.yaml]
        release: mine
        images: [{name: web, image: "mine/web:1", dockerfile: infra/docker/web/Dockerfile}]
      phases:
      - name: One
        checks:
        - {kind: replicas, remedy: [helm, upgrade, "${release}", "${chart}", "--values=${values}", "a ${web.image} $${b}"]}
        - {kind: pods-ready, remedy: [docker, build, "${web.context}"]}
        - {kind: no-warnings, remedy: [kubectl, get, "--namespace=${namespace}"]}
      """
    let profile = try Profile(
      yaml: text, file: "p.yaml", origin: .user(path: "p.yaml"),
      found: FoundSources(working: otherFolder, sample: sampleFolder))
    #expect(profile.sources.chart == Sources.Place("charts/mine", isSample: false))
    #expect(
      words(profile, "1.1") == [
        "helm", "upgrade", "mine", "charts/mine", "--values=prod.yaml,extra.yaml", "a mine/web:1 ${b}",
      ])
    // Nothing stands for it: then it is advice, and no command with a hole.
    #expect(words(profile, "1.3") == nil)
    if case .advice(let text)? = profile.checks[2].remedy {
      #expect(text.contains("${namespace}"))
    } else {
      Issue.record("a command with a hole")
    }
  }

  @Test func `a printed profile reads as the same profile`() throws {
    for working in [SourceFolder(), otherFolder] {
      let profile = try todoProfile(working)
      let text = profile.yaml
      let again = try Profile(
        yaml: text, file: "printed.yaml", origin: .user(path: "printed.yaml"),
        found: FoundSources(working: working, sample: sampleFolder))
      #expect(again.yaml == text)
      #expect(again.checks.map(\.id) == profile.checks.map(\.id))
      #expect(again.checks.map(\.title) == profile.checks.map(\.title))
      #expect(again.checks.map(\.parameters) == profile.checks.map(\.parameters))
      #expect(again.checks.map(\.remedy) == profile.checks.map(\.remedy))
      #expect(again.checks.map(\.kind.name) == profile.checks.map(\.kind.name))
      #expect(again.guards == profile.guards)
      #expect(again.hosts == profile.hosts && again.secret == profile.secret && again.workloads == profile.workloads)
      #expect(again.phases.map(\.reason) == profile.phases.map(\.reason))
      var (left, right) = (again.sources, profile.sources)
      (left.chartFiles, right.chartFiles) = ([], [])
      #expect(left == right)
    }
  }

  @Test func `the built-in profiles are whole`() throws {
    let todo = try todoProfile()
    #expect(todo.phases.count == 7)
    #expect(todo.checks.count >= 45)
    #expect(Set(todo.checks.map(\.id)).count == todo.checks.count)
    let generic = try Profile(yaml: resource("profiles/generic.yaml"), file: "generic.yaml", origin: .builtIn)
    #expect(generic.phases.map(\.title) == Profile.plain.phases.map(\.title))
    #expect(generic.phases.map(\.reason) == Profile.plain.phases.map(\.reason))
    for (left, right) in zip(generic.phases, Profile.plain.phases) {
      #expect(left.checks.map(\.id) == right.checks.map(\.id))
      #expect(left.checks.map(\.title) == right.checks.map(\.title))
      #expect(left.checks.map(\.kind.name) == right.checks.map(\.kind.name))
    }
    #expect(generic.sources == Sources())
    #expect(generic.questions(in: World().snapshot).isEmpty)
  }
}
