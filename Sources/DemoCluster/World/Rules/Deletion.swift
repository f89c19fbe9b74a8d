extension World {
  /// Deletes an object with everything it owns; pods end by their own rule, and finalizers keep an object.
  ///
  /// - Returns: The last state of the object.
  @discardableResult
  mutating func delete(_ kind: ResourceKind, _ key: ObjectKey, orphans: Bool = false) -> StoredObject? {
    if kind == .pods { return deletePod(key) }
    if let present = store.object(kind, key)?.object, !(present["metadata", "finalizers"]?.elements.isEmpty ?? true) {
      let time = JSON.string(now.text)
      return update(kind, key) { object in
        guard !object.isTerminating else { return }
        object["metadata", "deletionTimestamp"] = time
        object["metadata", "deletionGracePeriodSeconds"] = 0
      }
    }
    guard let last = remove(kind, key) else { return nil }
    if kind == .namespaces { deleteContents(ofNamespace: key.name) }
    guard !orphans else { return last }
    for dependent in [ResourceKind.replicaSets, .endpointSlices, .controllerRevisions, .jobs, .pods] {
      for object in store.objects(dependent, in: kind.isNamespaced ? key.namespace : nil)
      where object.controller?.uid == last.uid {
        delete(dependent, object.key)
      }
    }
    return last
  }

  private mutating func deleteContents(ofNamespace namespace: String) {
    for kind in ResourceKind.all where kind.isNamespaced {
      for object in store.objects(kind, in: namespace) { remove(kind, object.key) }
    }
  }
}
