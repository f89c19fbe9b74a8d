/// The context for the demo cluster, without credentials.
///
/// - Parameter server: An address such as `http://127.0.0.1:8001`.
package func kubeconfig(server: String) -> String {
  """
  apiVersion: v1
  kind: Config
  current-context: todotop-demo
  clusters:
  - name: todotop-demo
    cluster:
      server: \(server)
  contexts:
  - name: todotop-demo
    context:
      cluster: todotop-demo
      namespace: todo
      user: todotop-demo
  users:
  - name: todotop-demo
    user: {}

  """
}
