#!/usr/bin/env bash
# Rendered by `npm start` from platform/ and infrastructure/: edit those, not this file.
# infra/edge/edge-1/install.sh
#
# Makes this machine the edge site edge-1. Run it on the machine, as root; run it again to upgrade, since an
# upgrade puts back what k3s brings. It has not been tried on a machine.
set -euo pipefail
if [ "$(id -u)" != 0 ]; then
  printf 'k3s is installed as root.\n  Fix: sudo %s\n' "$0" >&2
  exit 2
fi
# Secrets are encrypted in the database of the control plane: sites are where machines get stolen.
curl -sfL https://get.k3s.io | INSTALL_K3S_CHANNEL=stable sh -s - server \
  --secrets-encryption \
  --node-label=aia.io/pool=edge \
  --node-label=aia.io/capacity-spread=1 \
  --node-label=topology.kubernetes.io/region=edge-1 \
  --node-label=topology.kubernetes.io/zone=edge-1 \
  --node-taint=aia.io/edge=true:NoSchedule \
  --disable=traefik \
  --disable=servicelb
for name in coredns local-path-provisioner metrics-server; do
  until k3s kubectl -n kube-system get deployment "$name" >/dev/null 2>&1; do sleep 2; done
  k3s kubectl -n kube-system patch deployment "$name" -p '{"spec":{"template":{"spec":{"tolerations":[{"key":"aia.io/edge","operator":"Equal","value":"true","effect":"NoSchedule"}]}}}}'
done
