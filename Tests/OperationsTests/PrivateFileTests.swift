import Foundation
import Testing

@testable import Operations

@Suite struct PrivateFileTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "todotop-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(makePrivateFolder(folder))
    try body(folder)
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  private let files = [
    (name: "infra/scripts/deploy", bytes: Array("#!/bin/sh\n".utf8)),
    (name: "infra/values.yaml", bytes: Array("a: 1\n".utf8)), (name: "empty", bytes: []),
  ]

  @Test func `files are written once, and again where they were changed`() throws {
    try withFolder { folder in
      #expect(keepFiles(files, in: folder))
      #expect(try mode("\(folder)/infra/scripts/deploy") == 0o700 && mode("\(folder)/infra/values.yaml") == 0o600)
      #expect(try mode("\(folder)/infra") == 0o700)
      let number = {
        try FileManager.default.attributesOfItem(atPath: "\(folder)/infra/values.yaml")[.systemFileNumber] as? Int
      }
      let first = try number()
      #expect(keepFiles(files, in: folder))
      #expect(try number() == first)
      try "a: 2\n".write(toFile: "\(folder)/infra/values.yaml", atomically: true, encoding: .utf8)
      #expect(keepFiles(files, in: folder))
      #expect(PrivateFile("\(folder)/infra/values.yaml").read() == Array("a: 1\n".utf8))
    }
  }

  @Test func `nothing is written through a link`() throws {
    try withFolder { folder in
      let outside = folder + "/outside"
      let inside = folder + "/inside"
      #expect(makePrivateFolder(outside) && makePrivateFolder(inside))
      try FileManager.default.createSymbolicLink(atPath: inside + "/infra", withDestinationPath: outside)
      #expect(!keepFiles([files[1]], in: inside))
      #expect(try FileManager.default.contentsOfDirectory(atPath: outside).isEmpty)
      try "secret".write(toFile: outside + "/file", atomically: true, encoding: .utf8)
      try FileManager.default.createSymbolicLink(atPath: inside + "/empty", withDestinationPath: outside + "/file")
      #expect(keepFiles([files[2]], in: inside))
      #expect(PrivateFile(outside + "/file").read() == Array("secret".utf8))
      #expect(PrivateFile(inside + "/empty").read() == [])
    }
  }
}
