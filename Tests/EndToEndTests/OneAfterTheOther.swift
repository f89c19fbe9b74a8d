import Testing

/// Tests with clusters and terminals of their own: what they wait for must not wait for each other.
@Suite(.serialized) enum OneAfterTheOther {}
