extension World {
  /// Has everybody act on what a client changed of a pod: its kubelet, the controllers that select it, the clock.
  mutating func takeUp(_ pod: StoredObject, before: StoredObject) {
    changeImages(of: pod, before: before.object)
    changeLabels(of: pod, before: before)
    let deadline = pod.object["spec", "activeDeadlineSeconds"]
    if deadline != before.object["spec", "activeDeadlineSeconds"] { watchDeadline(of: pod) }
  }
}
