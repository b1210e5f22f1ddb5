import { charts } from '../platform/charts';
import { platform } from '../platform/platform';
import { field, findObject, objectsOf } from '../testing/rendered';

test.each(['europe-west4', 'europe-west1'])(
  '%s: k8gb answers for a name that lies in the zone of its chart',
  (cluster) => {
    const objects = objectsOf(platform, 'phase-3', cluster);
    const label = field(findObject(objects, 'Gslb', 'front-door'), 'spec', 'resourceRef', 'matchLabels');
    const route = findObject(objects, 'VirtualService', 'global-health');
    expect(route.metadata.labels).toMatchObject(label as object);
    // It refuses a name outside the zone. At the zone's own name localtargets-<name>, by which regions find each other,
    // would lie outside.
    const [zone] = charts.k8gb.values.k8gb.dnsZones;
    expect(field(route, 'spec', 'hosts')).toEqual([`front-door.${zone?.loadBalancedZone ?? ''}`]);
  },
);
