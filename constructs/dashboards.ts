import { Construct } from 'constructs';
import { DASHBOARD_FOLDER, DASHBOARD_LABEL } from '../model/platform/grafana';
import { k8s } from './k8s';
import { sharedMetadata, type Site } from './site';

/** One dashboard of Grafana. */
interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly json: string;
}

/** ConfigMaps that Grafana's sidecar finds by their label and loads, one for each dashboard: none may be over 1 MiB. */
export class Dashboards extends Construct {
  constructor(scope: Construct, site: Site, dashboards: readonly Dashboard[]) {
    super(scope, 'dashboards');
    for (const { uid, title, json } of dashboards) {
      const { labels, ...metadata } = sharedMetadata(site, `dashboard-${uid}`);
      new k8s.KubeConfigMap(this, uid, {
        metadata: {
          ...metadata,
          labels: { ...labels, [DASHBOARD_LABEL.label]: DASHBOARD_LABEL.labelValue },
          annotations: { 'kubernetes.io/description': title, [DASHBOARD_FOLDER.annotation]: DASHBOARD_FOLDER.name },
        },
        data: { [`${uid}.json`]: json },
      });
    }
  }
}
