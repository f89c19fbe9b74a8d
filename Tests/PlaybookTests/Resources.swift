import Foundation

@testable import Playbook

/// The text of a file of `Resources/`.
func resource(_ path: String) -> String {
  let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Resources").standardized
  return (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
}

/// The sample as the program unpacks it: paths as they are planned, written by hand.
let sampleFolder = SourceFolder(
  root: "/cache/sample",
  paths: [
    "infra/helm/todo-app/Chart.yaml", "infra/helm/todo-app/values.yaml",
    "infra/helm/todo-app/templates/_helpers.tpl", "infra/helm/todo-app/templates/deployment-backend.yaml",
    "infra/docker/frontend/Dockerfile", "infra/docker/backend/Dockerfile", "infra/docker/frontend/nginx.conf",
    "infra/manifests/todo.yaml", "app/frontend/index.html", "app/backend/main.py",
  ],
  texts: [
    "infra/helm/todo-app/Chart.yaml": "apiVersion: v2\nname: todo-app\nversion: 0.1.0\nappVersion: v1.0.0\n",
    "infra/helm/todo-app/values.yaml": """
    frontend: {image: {repository: todo-frontend, tag: ""}}
    backend: {image: {repository: todo-backend, tag: ""}}
    ingress: {host: todo.local}
    """,
  ])

/// The built-in profile with the sample's sources.
func todoProfile(_ working: SourceFolder = SourceFolder()) throws -> Profile {
  try Profile(
    yaml: resource("profiles/todo.yaml"), file: "todo.yaml", origin: .builtIn,
    found: FoundSources(working: working, sample: sampleFolder))
}
