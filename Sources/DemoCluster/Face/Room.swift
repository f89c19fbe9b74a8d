extension API {
  /// Refuses an object that is too large or too deep to be kept, or for which there is no room, in the words of etcd.
  func checkRoom(for object: JSON) throws(Refusal) {
    guard object.depth <= ObjectStore.depthLimit else {
      throw Refusal.badRequest("the object is nested more than \(ObjectStore.depthLimit) levels deep")
    }
    guard object.size <= ObjectStore.objectLimit else { throw Refusal.noRoom("request is too large") }
    guard world.store.size + object.size <= ObjectStore.sizeLimit else {
      throw Refusal.noRoom("mvcc: database space exceeded")
    }
  }
}

extension Refusal {
  fileprivate static func noRoom(_ words: String) -> Refusal {
    Refusal(code: 500, reason: "", message: "etcdserver: " + words)
  }
}
