/** By which Grafana's sidecar knows a ConfigMap that holds dashboards: the name of a label, and its value. */
export const DASHBOARD_LABEL = { label: 'grafana_dashboard', labelValue: '1' };

/** The folder in Grafana that dashboards of the platform lie in, and the annotation that names it. */
export const DASHBOARD_FOLDER = { annotation: 'grafana_folder', name: 'AIA' };
