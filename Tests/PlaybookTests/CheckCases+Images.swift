import ClusterModel

@testable import Playbook

private let nowhere = World(deployment(image: "other:1"))
private let inspected = """
  [{"Id":"sha256:1","RepoTags":["web:1.0"],"Size":SIZE,"Config":{"Env":["PATH=/usr/bin","ENV"],"User":"1000"}}]
  """
private func docker(size: Int = 80_000_000, env: String = "LOG_LEVEL=info") -> FactAnswer {
  said(inspected.replacing("SIZE", with: "\(size)").replacing("ENV", with: env))
}
private let noDocker = facts([
  .tool(.dockerImage("web:1.0")): .missing(program: "docker"), .tool(.minikubeImages): .missing(program: "minikube"),
])
private func minikube(_ tag: String, size: Int = 80_000_000) -> FactAnswer {
  said("[{\"id\":\"1\",\"repoDigests\":[],\"repoTags\":[\"docker.io/library/\(tag)\"],\"size\":\"\(size)\"}]")
}

private let goodDockerfile = """
  # syntax=docker/dockerfile:1
  FROM node:22 AS build
  ARG VITE_API=/api
  RUN npm ci && \\
      npm run build
  FROM nginxinc/nginx-unprivileged:1.27
  COPY --from=build /app /srv
  HEALTHCHECK CMD wget -q localhost:8080/healthz
  """
private let rootDockerfile = "FROM python:3.12-slim\nRUN pip install x\nHEALTHCHECK CMD true\n"
private let web: [String: CheckParameters.Value] = ["image": .text("web")]

extension CheckCase {
  static let imageCases: [CheckCase] = [
    CheckCase(.dockerAnswers, .holds, World(), facts: facts(tool: .dockerVersion, said("27.3.1\n"))),
    CheckCase(.dockerAnswers, .fails, World(), facts: facts(tool: .dockerVersion, said("20.10.24\n"))),
    CheckCase(
      .dockerAnswers, .fails, World(),
      facts: facts(tool: .dockerVersion, said("", code: 1, error: "Cannot connect to the Docker daemon\n"))),
    CheckCase(.dockerAnswers, .skipped, World(), facts: facts(tool: .dockerVersion, .missing(program: "docker"))),
    CheckCase(.dockerAnswers, .unknown, World(), facts: facts(tool: .dockerVersion, .late(seconds: 5))),
    CheckCase(.dockerAnswers, .unknown, World()),

    CheckCase(
      .dockerfile, .holds, nowhere, web, facts: facts([.file("Dockerfile"): .text(goodDockerfile)]), profile: webProfile
    ),
    CheckCase(
      .dockerfile, .fails, nowhere, web, facts: facts([.file("Dockerfile"): .text(rootDockerfile)]), profile: webProfile
    ),
    CheckCase(
      .dockerfile, .fails, nowhere, web,
      facts: facts([.file("Dockerfile"): .text("FROM node:22\nRUN npm run build\nUSER node\nHEALTHCHECK CMD x\n")]),
      profile: webProfile),
    CheckCase(
      .dockerfile, .fails, nowhere, web.merging(["stages": .number(3)]) { $1 },
      facts: facts([.file("Dockerfile"): .text(goodDockerfile)]), profile: webProfile),
    CheckCase(
      .dockerfile, .holds, nowhere, web,
      facts: facts([
        .file("Dockerfile"): .text("FROM python:3.12-slim\nUSER 1000:1000\n"), templateQuestion: said(rendered()),
      ]), profile: webProfile),
    CheckCase(.dockerfile, .fails, nowhere, web, facts: facts([.file("Dockerfile"): .absent]), profile: webProfile),
    CheckCase(.dockerfile, .unknown, nowhere, web, profile: webProfile),
    CheckCase(.dockerfile, .skipped, nowhere, web),

    CheckCase(
      .dockerIgnore, .holds, World(), web,
      facts: facts([
        .file("Dockerfile.dockerignore"): .absent,
        .file(".dockerignore"): .text("# x\n.env*\n**/node_modules/\n/.git\n"),
      ]), profile: webProfile),
    CheckCase(
      .dockerIgnore, .fails, World(), web,
      facts: facts([
        .file("Dockerfile.dockerignore"): .absent, .file(".dockerignore"): .text("*\n!.env\n"),
      ]), profile: webProfile),
    CheckCase(
      .dockerIgnore, .fails, World(), web,
      facts: facts([.file("Dockerfile.dockerignore"): .absent, .file(".dockerignore"): .absent]), profile: webProfile),
    CheckCase(.dockerIgnore, .unknown, World(), web, profile: webProfile),
    CheckCase(.dockerIgnore, .skipped, World(), web),

    CheckCase(.imageSize, .holds, World(node()), web, profile: webProfile),
    CheckCase(.imageSize, .fails, World(node(imageBytes: 150_000_000)), web, profile: webProfile),
    CheckCase(
      .imageSize, .holds, World(node(imageBytes: 150_000_000)), web.merging(["maxMegabytes": .number(200)]) { $1 },
      profile: webProfile),
    CheckCase(
      .imageSize, .holds, World(), web, facts: facts([.tool(.dockerImage("web:1.0")): docker()]), profile: webProfile),
    CheckCase(
      .imageSize, .fails, World(), web, facts: facts([.tool(.dockerImage("web:1.0")): docker(size: 300_000_000)]),
      profile: webProfile),
    CheckCase(
      .imageSize, .fails, World(), web,
      facts: facts([.tool(.dockerImage("web:1.0")): said("[]\n", code: 1, error: "Error: No such image: web:1.0\n")]),
      profile: webProfile),
    CheckCase(
      .imageSize, .holds, World(), web, facts: facts([.tool(.minikubeImages): minikube("web:1.0")]), profile: webProfile
    ),
    CheckCase(.imageSize, .skipped, World(), web, facts: noDocker, profile: webProfile),
    CheckCase(.imageSize, .unknown, World(), web, profile: webProfile),

    CheckCase(
      .imageEnvironment, .holds, World(), web, facts: facts([.tool(.dockerImage("web:1.0")): docker()]),
      profile: webProfile),
    CheckCase(
      .imageEnvironment, .fails, World(), web,
      facts: facts([.tool(.dockerImage("web:1.0")): docker(env: "OPENAI_API_KEY=sk-value")]), profile: webProfile),
    CheckCase(
      .imageEnvironment, .fails, World(), web,
      facts: facts([.file("Dockerfile"): .text("FROM a\nENV JWT_SECRET=abc LOG=1\n")]), profile: webProfile),
    CheckCase(.imageEnvironment, .skipped, World(), web, facts: noDocker, profile: webProfile),
    CheckCase(.imageEnvironment, .unknown, World(), web, profile: webProfile),

    CheckCase(.imageLoaded, .holds, World(node()), web, profile: webProfile),
    CheckCase(
      .imageLoaded, .holds, World(), web, facts: facts([.tool(.minikubeImages): minikube("web:1.0")]),
      profile: webProfile),
    CheckCase(
      .imageLoaded, .fails, World(), web, facts: facts([.tool(.minikubeImages): minikube("web:0.9")]),
      profile: webProfile),
    CheckCase(.imageLoaded, .skipped, World(), web, facts: noDocker, profile: webProfile),
    CheckCase(.imageLoaded, .skipped, World(), ["image": .text("registry.example.com/web:1")], profile: webProfile),
    CheckCase(.imageLoaded, .unknown, World(), web, profile: webProfile),

    CheckCase(.buildTime, .holds, World(), web, record: recorded("build web", seconds: 200)),
    CheckCase(.buildTime, .fails, World(), web, record: recorded("build web", seconds: 301)),
    CheckCase(.buildTime, .fails, World(), web, record: recorded("build web", isSuccess: false, note: "exit 1")),
    CheckCase(.buildTime, .stale, World(), web, record: recorded("build web", hoursAgo: 25)),
    CheckCase(.buildTime, .unknown, World(), web),
  ]
}
