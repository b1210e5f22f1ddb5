import type { Alert } from '../../model/platform/alert';
import { deliveryAlerts } from './delivery';
import { jobAlerts } from './jobs';
import { meshAlerts } from './mesh';
import { monitoringAlerts } from './monitoring';
import { nodeAlerts } from './nodes';
import { scalingAlerts } from './scaling';
import { workloadAlerts } from './workloads';

/** Every alert but those of the objectives, which follow from `platform/objectives.ts`. */
export const alerts: Alert[] = [
  ...workloadAlerts,
  ...scalingAlerts,
  ...jobAlerts,
  ...nodeAlerts,
  ...meshAlerts,
  ...deliveryAlerts,
  ...monitoringAlerts,
];
