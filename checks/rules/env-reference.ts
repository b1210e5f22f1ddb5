import { asList, textAt } from '../../model/manifest/access';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

/** `$(NAME)`, but not the escaped `$$(NAME)`. */
const REFERENCE = /(?<!\$)(?:\$\$)*\$\(([A-Za-z_][\w.-]*)\)/g;

/** `$(VAR)` of a variable that is not set, or is set later. */
export const envReference: Rule = {
  id: 'env-reference',
  title: '$(VAR) names a variable that is set before it',
  severity: 'warning',
  why: 'Kubernetes leaves an unknown $(VAR) as it is: the program gets the text "$(VAR)" and fails far from the cause.',
  fix: 'set the variable earlier in the list, or write $$(VAR) where the text is meant',
  sources: ['https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/'],
  kinds: POD_KINDS,
  check(object, report) {
    for (const { container, keys } of podOf(object)?.containers ?? []) {
      // What envFrom brings is not in the manifest.
      if (asList(container.envFrom).length > 0) continue;
      const env = asList(container.env);
      const names = env.map((variable) => textAt(variable, 'name'));
      env.forEach((variable, index) => {
        for (const name of referencesOf(textAt(variable, 'value'))) {
          const at = names.indexOf(name);
          // Kubernetes adds variables for Services, whose names are in upper case.
          if (at >= index) report([...keys, 'env', index, 'value'], `uses $(${name}), which is set only after it`);
          else if (at < 0 && !isServiceVariable(name))
            report([...keys, 'env', index, 'value'], `uses $(${name}), which is not set`);
        }
      });
      for (const list of ['command', 'args']) {
        asList(container[list]).forEach((argument, index) => {
          for (const name of referencesOf(typeof argument === 'string' ? argument : undefined)) {
            // In a shell's script $(name) runs a command.
            if (isShell(container) || names.includes(name) || isServiceVariable(name)) continue;
            report([...keys, list, index], `uses $(${name}), which is not set`);
          }
        });
      }
    }
  },
  samples: {
    pass: samplePod('env:\n  - name: HOST\n    value: db\n  - name: URL\n    value: postgres://$(HOST)/app'),
    fail: samplePod('env:\n  - name: URL\n    value: postgres://$(DB_HOST)/app'),
  },
};

function referencesOf(text: string | undefined): readonly string[] {
  if (text?.includes('$(') !== true) return [];
  return [...text.matchAll(REFERENCE)].flatMap((match) => match[1] ?? []);
}

function isServiceVariable(name: string): boolean {
  return /_SERVICE_(HOST|PORT)(_|$)|_PORT(_|$)/.test(name);
}

function isShell(container: Readonly<Record<string, unknown>>): boolean {
  const program = asList(container.command)[0] ?? asList(container.args)[0];
  return typeof program === 'string' && /(^|\/)(ba|da|a|z|k)?sh$/.test(program);
}
