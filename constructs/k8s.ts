/**
 * The Kubernetes classes (L1) of cdk8s-plus, without the rest of the library: loading its own constructs, none of which
 * is used here, would take longer than rendering a cluster.
 */
export * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
