import { frontDoorAddress } from '../../model/platform/infrastructure';
import { scriptFile } from '../rendered-file';
import { ensure, type Word } from '../shell';
import { cloudName, NAMES, nodeAccount, preamble, PROJECT, REGION, REGIONS, type Target } from './target';

/** Names of the secondary ranges of the subnet. */
export const POD_RANGE = 'pods';
export const SERVICE_RANGE = 'services';

/** The cluster's subnet, the way out for nodes without public addresses, the addresses of the front doors. */
export function networkScript(path: string, target: Target): string {
  const { platform, cluster } = target;
  const { settings, infrastructure } = platform;
  const name = cloudName(target);
  const { nodes, pods, services } = cluster.build.ranges;
  const { network, webhooks } = infrastructure;
  const compute = (...words: Word[]): Word[] => ['gcloud', 'compute', ...words];
  return scriptFile(
    path,
    [
      `Makes the network of ${cluster.name}: its subnet, Cloud NAT (nodes have no public address), the reserved addresses of`,
      'the front doors, and the way from the control plane to webhooks.',
    ],
    [
      ...preamble(target),
      ensure('subnet', name, compute('networks', 'subnets', 'list', PROJECT, REGIONS, NAMES), [
        ...compute('networks', 'subnets', 'create', name, PROJECT, REGION, `--network=${network}`, `--range=${nodes}`),
        `--secondary-range=${POD_RANGE}=${pods},${SERVICE_RANGE}=${services}`,
        '--enable-private-ip-google-access',
      ]),
      ensure(
        'router',
        name,
        compute('routers', 'list', PROJECT, REGIONS, NAMES),
        compute('routers', 'create', name, PROJECT, REGION, `--network=${network}`),
      ),
      ensure('NAT', name, compute('routers', 'nats', 'list', PROJECT, REGION, `--router=${name}`, NAMES), [
        ...compute('routers', 'nats', 'create', name, PROJECT, REGION, `--router=${name}`),
        ...['--auto-allocate-nat-external-ips', `--nat-custom-subnet-ip-ranges=${name}:ALL`],
      ]),
      '# Where the mesh gateway answers.',
      ensure(
        'address',
        settings.gatewayAddress,
        compute('addresses', 'list', PROJECT, REGIONS, NAMES),
        compute('addresses', 'create', settings.gatewayAddress, PROJECT, REGION),
      ),
      ...(cluster.frontDoor === 'gce'
        ? [
            "# Where the cloud's Ingress answers, in the phases that have one.",
            ensure(
              'address',
              frontDoorAddress(settings),
              compute('addresses', 'list', PROJECT, NAMES, '--global'),
              compute('addresses', 'create', frontDoorAddress(settings), PROJECT, '--global'),
            ),
          ]
        : []),
      ...(webhooks.length === 0
        ? []
        : [
            `# For ${webhooks.map(({ port, of }) => `${of} (${port})`).join(', ')}.`,
            "# The control plane's inner address lies in the subnet.",
            ensure('firewall rule', `${name}-webhooks`, compute('firewall-rules', 'list', PROJECT, NAMES), [
              ...compute('firewall-rules', 'create', `${name}-webhooks`, PROJECT, `--network=${network}`),
              ...['--direction=INGRESS', `--allow=${webhooks.map(({ port }) => `tcp:${port}`).join(',')}`],
              ...[`--source-ranges=${nodes}`, `--target-service-accounts=${nodeAccount(platform)}`],
            ]),
          ]),
    ],
  );
}
