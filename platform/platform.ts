import type { Platform } from '../model/platform/platform';
import { addons } from './addons';
import { alerts } from './alerts';
import { charts } from './charts';
import { clusters } from './clusters';
import { dataProtection } from './data-protection';
import { gates } from './gates';
import { globalDns } from './global-dns';
import { images } from './images';
import { infrastructure } from './infrastructure';
import { machines } from './machines';
import { mesh } from './mesh';
import { metrics } from './metrics';
import { network } from './network';
import { objectives } from './objectives';
import { priorities } from './priorities';
import { promises } from './promises';
import { recovery } from './recovery';
import { routing } from './routing';
import { schedule } from './schedule';
import { settings } from './settings';
import { workloads } from './workloads';

/** AIA, as data. */
export const platform: Platform = {
  settings,
  schedule,
  mesh,
  network,
  globalDns,
  workloads,
  clusters,
  infrastructure,
  machines,
  images,
  priorities,
  addons,
  charts,
  gates,
  metrics,
  objectives,
  alerts,
  promises,
  dataProtection,
  recovery,
  routing,
};
