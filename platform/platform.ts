import type { Platform } from '../model/platform/platform';
import { addons } from './addons';
import { charts } from './charts';
import { clusters } from './clusters';
import { gates } from './gates';
import { images } from './images';
import { machines } from './machines';
import { mesh } from './mesh';
import { priorities } from './priorities';
import { promises } from './promises';
import { schedule } from './schedule';
import { settings } from './settings';
import { workloads } from './workloads';

/** AIA, as data. */
export const platform: Platform = {
  settings,
  schedule,
  mesh,
  workloads,
  clusters,
  machines,
  images,
  priorities,
  addons,
  charts,
  gates,
  promises,
};
