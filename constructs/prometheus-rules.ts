import { Construct } from 'constructs';
import { PrometheusRule, PrometheusRuleSpecGroupsRulesExpr as Expr } from '../imports/monitoring.coreos.com';
import type { Rule, RuleFile } from '../model/alerting/rule';
import { rulesOn } from '../model/alerting/rules';
import type { Layers } from './layers';
import { sharedMetadata, workloadMetadata, type Site } from './site';

/** What Prometheus computes and whom it tells: a PrometheusRule for the platform, and one for each workload. */
export class PrometheusRules extends Construct {
  constructor({ platform, workloads }: Layers, site: Site) {
    super(platform, 'prometheus-rules');
    for (const file of rulesOn(site)) {
      const { workload } = file;
      new PrometheusRule(workload === undefined ? this : workloads, `prometheus-rules-${file.name}`, {
        metadata: workload === undefined ? sharedMetadata(site, file.name) : workloadMetadata(site, workload),
        spec: { groups: groupsOf(file) },
      });
    }
  }
}

function groupsOf({ groups }: RuleFile): { name: string; rules: (Omit<Rule, 'expr'> & { expr: Expr })[] }[] {
  return groups.map(({ name, rules }) => ({
    name,
    rules: rules.map((rule) => ({ ...rule, expr: Expr.fromString(rule.expr) })),
  }));
}
