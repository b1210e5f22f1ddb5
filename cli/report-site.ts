import { costOf } from '../cost/cost';
import { gatesOf, type ClusterCost } from '../cost/gates';
import { clusterNodes } from '../model/platform/cluster-nodes';
import { named } from '../model/platform/named';
import { PHASE_IDS } from '../model/platform/phase';
import { readPins } from '../model/platform/pins';
import type { Platform } from '../model/platform/platform';
import { readPrices } from '../model/platform/prices';
import { readSource } from '../model/platform/read-source';
import { SOURCES } from '../model/platform/sources';
import { PHASES } from '../phases/phases';
import type { DataProtection, Platform as PlatformReport } from '../report/report-model';
import type { ObjectSet } from './object-sets';
import { ROOT } from './root';

/** What one set costs. */
interface SetCost extends ClusterCost {
  /** Name of the set. */
  readonly name: string;
}

/** What the platform's own data says beside the manifests: costs, what the phases bring, where its clusters are. */
export function reportSite(
  sets: readonly ObjectSet[],
  platform: Platform,
): { readonly costs: readonly SetCost[]; readonly platform: PlatformReport } {
  const prices = readPrices(readSource(ROOT, SOURCES.prices), platform);
  const pins = readPins(readSource(ROOT, SOURCES.pins), platform, PHASE_IDS);
  const costs = sets.flatMap(({ name, cell, objects }) =>
    cell
      ? [
          {
            name,
            phase: cell.phase,
            cluster: cell.cluster.name,
            cost: costOf(objects, clusterNodes(platform, cell.cluster, cell.phase), prices),
          },
        ]
      : [],
  );
  return {
    costs,
    platform: {
      name: platform.settings.name.toUpperCase(),
      description: platform.settings.description,
      clusters: named(platform.clusters).map(({ name, description, location }) => ({
        name,
        description,
        place: `${location.place}, ${location.country}`,
        runs: pins.get(name) ?? 'none',
      })),
      phases: PHASES.map(({ id, title }) => ({
        id,
        title,
        health: platform.gates.phases[id].health,
        brings: platform.promises
          .filter(({ phase }) => phase === id)
          .map(({ seed, how }) => ({ wish: seed, answer: how })),
      })),
      dataProtection: dataProtectionOf(platform),
      limits: gatesOf(costs, prices).map(({ gate, answer, message }) => ({ name: gate, answer, message })),
    },
  };
}

function dataProtectionOf({ dataProtection }: Platform): DataProtection {
  const { controller, dataProtectionOfficer, recipients, places } = dataProtection;
  const contact = ({ name, email }: typeof controller): string => `${name}, ${email}`;
  return {
    controller: contact(controller),
    officer: contact(dataProtectionOfficer),
    recipients: Object.values(recipients).map(({ name, role, receives, country }) => ({
      name,
      role,
      receives,
      country,
    })),
    places: named(places).map(({ name, description, storage, dataClass, processing, erasure }) => {
      const { purpose, legalBasis, retentionDays } = processing;
      return { name, description, storage, dataClass, purpose, legalBasis, retentionDays, erasure };
    }),
  };
}
