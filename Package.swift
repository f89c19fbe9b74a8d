// swift-tools-version: 6.2
import PackageDescription

// Warnings are errors, so that every commit builds clean. A newer compiler may know new warnings:
// TODOTOP_ALLOW_WARNINGS=1 lets a build with such a compiler through.
let strict: [SwiftSetting] =
  Context.environment["TODOTOP_ALLOW_WARNINGS"] == nil ? [.treatAllWarnings(as: .error)] : []
let swift: [SwiftSetting] =
  [.enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility")] + strict

// Tests let the demo cluster live through days: without optimisation that takes ten times as long.
let simulation: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// A Swift target with the settings all of them share.
func module(_ name: String, _ dependencies: [Target.Dependency], _ settings: [SwiftSetting] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swift + settings)
}

/// The tests of one target.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies + ["TestSupport"], exclude: ["Fixtures"], swiftSettings: swift)
}

let package = Package(
  name: "TodoTop",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "todotop", targets: ["TodoTop"])],
  targets: [
    // Doors to C libraries: a module map or a small shim, no logic.
    .systemLibrary(
      name: "CNcurses",
      providers: [.apt(["libncurses-dev"]), .brew(["ncurses"])]),
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
    .systemLibrary(
      name: "CMicrohttpd", pkgConfig: "libmicrohttpd",
      providers: [.apt(["libmicrohttpd-dev"]), .brew(["libmicrohttpd"])]),
    .systemLibrary(
      name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .target(
      name: "CSimdjson",
      linkerSettings: [.linkedLibrary("simdjson"), .linkedLibrary("m", .when(platforms: [.linux]))]),
    .target(name: "CSpawn"),
    .target(name: "CRegex"),
    .target(name: "CResources", cSettings: [.unsafeFlags(["-std=c23"])]),

    // Pure: values in, values out.
    module("JSON", ["CSimdjson"]),
    module("YAML", ["CYAML"]),
    module("ClusterModel", ["JSON"]),
    module("CellScreen", []),
    module("Playbook", ["ClusterModel", "YAML"]),
    module("Dashboard", ["ClusterModel", "Playbook", "CellScreen", "CRegex"]),

    // Boundaries: the only input and output.
    module("Subprocess", ["CSpawn"]),
    module("ClusterAccess", ["ClusterModel", "JSON", "Playbook", "Subprocess", "CCurl"]),
    module("Operations", ["ClusterModel", "Playbook", "Subprocess"]),
    module("DemoCluster", ["YAML", "CMicrohttpd", "CResources"], simulation),
    module("CursesTerminal", ["CNcurses", "CellScreen"]),
    .executableTarget(
      name: "TodoTop",
      dependencies: [
        "ClusterModel", "Playbook", "CellScreen", "Dashboard", "Subprocess", "ClusterAccess", "Operations",
        "DemoCluster", "CursesTerminal", "CResources",
      ], swiftSettings: swift),

    .target(name: "TestSupport", dependencies: ["CellScreen"], path: "Tests/TestSupport", swiftSettings: swift),
    tests("JSON", ["JSON"]),
    tests("YAML", ["YAML"]),
    tests("ClusterModel", ["ClusterModel", "JSON"]),
    tests("CellScreen", ["CellScreen"]),
    tests("Playbook", ["Playbook", "ClusterModel", "YAML"]),
    tests("Dashboard", ["Dashboard", "ClusterAccess", "ClusterModel", "Playbook", "CellScreen"]),
    tests("Subprocess", ["Subprocess"]),
    tests("ClusterAccess", ["ClusterAccess", "ClusterModel", "JSON", "Playbook", "Subprocess"]),
    tests("Operations", ["Operations", "ClusterModel", "Playbook", "Subprocess"]),
    tests("DemoCluster", ["DemoCluster", "YAML"]),
    tests("Drill", ["DemoCluster", "Operations", "Playbook", "ClusterModel", "Subprocess"]),
    tests("CursesTerminal", ["CursesTerminal", "CellScreen"]),
    tests("EndToEnd", ["ClusterAccess", "ClusterModel", "Operations", "Playbook", "Subprocess", "JSON", "CNcurses"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
