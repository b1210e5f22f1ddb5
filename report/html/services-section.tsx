import type { JSX } from 'preact';
import { DataTable } from '../../html/data-table';
import { cores, gibibytes } from '../../review/measure/rows';
import type { Service, SetReport } from '../report-model';
import { rangeText } from './amounts';
import { Section } from './section';
import { serviceAnchor } from './service-anchor';

const ROLES: Readonly<Record<Service['role'], string>> = {
  service: 'service',
  store: 'store: keeps data',
  job: 'job: comes and goes',
  node: 'one on each node',
};

/** What runs, what for, and with whom it speaks. */
export function ServicesSection({ set: { services, calls } }: { readonly set: SetReport }): JSX.Element {
  const names = (ids: readonly string[]): string => ids.map((id) => shortId(id, services)).join(', ');
  return (
    <Section id="services" title="What it does">
      <DataTable
        caption="Services, what they call and by whom they are called; what a pod requests includes its sidecars"
        head={['Service', 'What it is for', 'Is called by', 'Calls', 'Pods', 'CPU of a pod', 'Memory']}
        align="llllrrr"
        rowId={(index) => serviceAnchor(services[index]?.id ?? '')}
        rows={services.map(({ id, name, role, description, pods, cpuMillicores, memoryBytes, only }) => [
          name,
          <>
            {description}
            <div class="muted">
              {ROLES[role]}
              {only !== undefined && `, on ${only} only`}
            </div>
          </>,
          names(calls.filter(({ to }) => to === id).map(({ from }) => from)),
          names(calls.filter(({ from }) => from === id).map(({ to }) => to)),
          rangeText(pods, String),
          cpuMillicores === 0 ? 'not set' : cores(cpuMillicores),
          memoryBytes === 0 ? 'not set' : `${gibibytes(memoryBytes)} GiB`,
        ])}
      />
    </Section>
  );
}

/** Without the namespace where all services have the same. */
function shortId(id: string, services: readonly Service[]): string {
  const spaces = new Set(services.map((service) => service.id.split('/')[0]));
  return spaces.size === 1 && services.some((service) => service.id === id) ? id.slice(id.indexOf('/') + 1) : id;
}
