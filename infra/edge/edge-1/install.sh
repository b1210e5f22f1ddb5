#!/usr/bin/env bash
# Rendered by `npm start` from platform/ and infrastructure/: edit those, not this file.
# infra/edge/edge-1/install.sh
#
# Makes this machine the edge site edge-1. Run it on the machine, as root, and again to upgrade k3s. It has not
# been tried on a machine.
set -euo pipefail
if [ "$(id -u)" != 0 ]; then
  printf 'k3s is installed as root.\n  Fix: sudo %s\n' "$0" >&2
  exit 2
fi
# So that an upgrade applies its new manifests.
find /var/lib/rancher/k3s/server/manifests -name '*.skip' -delete 2>/dev/null || true
# Secrets are encrypted in the database of the control plane: sites are where machines get stolen.
curl -sfL https://get.k3s.io | INSTALL_K3S_CHANNEL=stable sh -s - server \
  --secrets-encryption \
  --node-label=aia.io/pool=edge \
  --node-label=aia.io/capacity-spread=1 \
  --node-label=aia.io/addons=true \
  --node-label=topology.kubernetes.io/region=edge-1 \
  --node-label=topology.kubernetes.io/zone=edge-1 \
  --node-taint=aia.io/edge=true:NoSchedule \
  --disable=traefik \
  --disable=servicelb

# What k3s brings must run on the tainted node too. It applies its manifests some seconds after a start, which would
# undo this; from then on a .skip file keeps it from applying them.
tolerate() {
  until k3s kubectl -n kube-system get deployment "$1" >/dev/null 2>&1; do sleep 2; done
  k3s kubectl -n kube-system patch deployment "$1" -p '{"spec":{"template":{"spec":{"tolerations":[{"key":"aia.io/edge","operator":"Equal","value":"true","effect":"NoSchedule"}]}}}}'
  touch "/var/lib/rancher/k3s/server/manifests/$2.skip"
}
sleep 30
tolerate coredns coredns.yaml
tolerate local-path-provisioner local-storage.yaml
tolerate metrics-server metrics-server/metrics-server-deployment.yaml
