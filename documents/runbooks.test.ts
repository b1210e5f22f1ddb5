import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { seriesByName } from '../model/platform/metric';
import { named } from '../model/platform/named';
import { parseExpression, PromqlError } from '../model/promql/expression';
import { labelReport } from '../model/promql/labels';
import { metrics } from '../platform/metrics';
import { platform } from '../platform/platform';
import { RUNBOOKS } from '../rollout/diagnosis/runbooks';
import { knownObjects } from '../testing/known-objects';
import { recordCommands } from '../testing/recorded-commands';
import { commandProblems, jobsMade, queriesOf } from '../testing/runbook-checks';
import { inlineCommands, runbooks, scriptOf, type Runbook } from '../testing/runbooks';

const folder = path.join(__dirname, '../docs/runbooks');
const index = readFileSync(path.join(folder, 'README.md'), 'utf8');
const pages = runbooks();
const known = knownObjects(platform);
const titles = named(platform.routing.roles).map(({ title }) => title);

/** Everything that a page would run: its blocks as one script, and what stands in its text. */
function commandsOf(page: Runbook): { commands: readonly (readonly string[])[]; complaints: string } {
  const blocks = recordCommands(scriptOf(page.text));
  const inline = recordCommands(inlineCommands(page.text).join('\n'));
  return { commands: [...blocks.commands, ...inline.commands], complaints: blocks.complaints + inline.complaints };
}

describe.each(pages.map((page) => [page.id, page] as const))('%s', (id, page) => {
  test('begins with what users feel, then what to look at, what to do, and whom to wake', () => {
    expect(page.title).toMatch(/^[A-Z][^`]+$/);
    const parts = ['\\*\\*What users feel\\.\\*\\*', '## First checks', '## Remedies', '## Who else to wake'];
    const places = parts.map((part) => page.text.search(new RegExp(`^${part}`, 'm')));
    expect(places).toEqual([...places].sort((left, right) => left - right));
    expect(places[0]).toBe(`# ${page.title}\n\n`.length);
  });

  test('has a command to look with before it says what to do', () => {
    const [, checks = ''] = [...page.sections].find(([title]) => title.startsWith('First checks')) ?? [];
    expect(recordCommands(scriptOf(checks)).commands.length).toBeGreaterThan(1);
  });

  test('wakes roles that there are', () => {
    const lines = (page.sections.get('Who else to wake') ?? '').match(/^- .*$/gm) ?? [];
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const [, title] = /^- \*\*(.+?)\*\*/.exec(line) ?? [];
      expect([line, title !== undefined ? titles.includes(title) : line.startsWith('- Nobody ')]).toEqual([line, true]);
    }
  });

  test('its commands are well formed and name what there is', () => {
    const { commands, complaints } = commandsOf(page);
    expect(complaints).toBe('');
    const jobs = jobsMade(commands);
    expect(commands.flatMap((argv) => commandProblems(argv, known, jobs))).toEqual([]);
  });

  test('its links lead somewhere', () => {
    for (const [, file = ''] of page.text.matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g))
      expect([file, existsSync(path.join(folder, file))]).toEqual([file, true]);
  });

  test('stands in the index, under its title', () => {
    expect(index).toContain(`[${page.title}](${id}.md)`);
  });
});

test('the index has no page that is not there', () => {
  const links = [...index.matchAll(/\]\(([a-z-]+)\.md\)/g)].map(([, id]) => id);
  expect([...new Set(links)].sort()).toEqual(pages.map(({ id }) => id));
});

test('what a rollout can report has a page, whose title is its sentence', () => {
  for (const [id, sentence] of Object.entries(RUNBOOKS)) {
    const title = pages.find((page) => page.id === id)?.title ?? '';
    // Some sentences begin with a name that keeps its capital.
    expect([id, title.charAt(0).toLowerCase() + title.slice(1)]).toEqual([
      id,
      sentence.charAt(0).toLowerCase() + sentence.slice(1),
    ]);
  }
  expect(Object.keys(RUNBOOKS).length).toBeGreaterThan(10);
});

const catalogue = seriesByName(named(metrics));

/** What is wrong with a query: no PromQL, a metric that nobody exposes, a label that it does not have. */
function queryProblems(query: string): readonly string[] {
  try {
    return labelReport(parseExpression(query), (name) => catalogue.get(name)?.labels).problems;
  } catch (error) {
    if (error instanceof PromqlError) return [error.message];
    throw error;
  }
}

test('every query reads, and asks for metrics and labels that there are', () => {
  const queries = pages.flatMap((page) => queriesOf(commandsOf(page).commands));
  expect(queries.length).toBeGreaterThan(5);
  expect(queries.flatMap(queryProblems)).toEqual([]);
});

test.each([['sum by (rate(x[5m]))'], ['istio_request_total'], ['sum by (service_name) (istio_requests_total)']])(
  'and %s would be found',
  (query) => {
    expect(queryProblems(query)).not.toEqual([]);
  },
);

describe('a command that would not work is found', () => {
  const problemsOf = (script: string): string[] => {
    const { commands, complaints } = recordCommands(script);
    return [...commands.flatMap((argv) => commandProblems(argv, known, jobsMade(commands))), complaints];
  };

  test.each([
    ['kubectl -n aia get deployment api -o wide'],
    ['kubectl -n aia delete pod <pod-name> # the one that hangs'],
    ["kubectl -n aia exec neural-store-0 -c neural-store -- df -h '/var/lib/postgresql/data' | tail -n 1"],
    ['kubectl get nodes -L aia.io/pool'],
    ['npm run aia -- rollout --to PHASE --cluster europe-west4'],
  ])('%s', (script) => {
    expect(problemsOf(script)).toEqual(['']);
  });

  test.each([
    ['kubectl -n aia get deployment api-server', 'there is no deployment "api-server" in "aia"'],
    ['kubectl -n platform get pods', 'there is no namespace "platform"'],
    ['kubectl get pods', 'says no namespace'],
    ['kubectl -n aia get pods --wide', "Unknown option '--wide'"],
    ['kubectl -n aia get podz', 'there is no kind "podz"'],
    ['kubectl -n aia fetch pods', 'has no command that is known here'],
    ['kubectl -n aia get pods -l app=api', 'no pod has the label app=api'],
    ['kubectl -n aia logs deployment/api -c web --tail=5', 'there is no container "web"'],
    ['kubectl -n aia exec neural-store-0 -c neural-store -- vim', 'nobody has tried "vim" in a container'],
    ['npm run aia -- rollout --force', 'aia rollout has no option "--force"'],
    ['npm run aia -- deploy', 'aia has no command "deploy"'],
    ['npm run aia status --json', 'npm takes the options for itself without --'],
    ['kubectx west4', 'command not found'],
    ["kubectl -n aia get pods -o 'wide", 'unexpected EOF'],
  ])('%s', (script, expected) => {
    expect(problemsOf(script).join('\n')).toContain(expected);
  });
});

describe('docs/on-call.md', () => {
  const text = readFileSync(path.join(folder, '../on-call.md'), 'utf8');
  const { routes, receivers, roles, deadMansSwitch } = platform.routing;

  test('has every role, and what it is woken for', () => {
    const rows = [...text.matchAll(/^\| (.+?) +\| (.+?) +\|$/gm)].map(
      ([, title, what]) => `${title ?? ''}: ${what ?? ''}`,
    );
    expect(rows).toEqual(expect.arrayContaining(named(roles).map(({ title, wakeFor }) => `${title}: ${wakeFor}`)));
  });

  test('says of each severity who hears of it, and how often', () => {
    for (const { match, receiver, repeat } of routes.slice(0, -1)) {
      const row = new RegExp(
        `^\\| \`${String(match.severity)}\` .*\`${receiver}\`.* after ${parseInt(repeat)} ${repeat.at(-1) ?? ''} `,
        'm',
      );
      expect(text).toMatch(row);
    }
  });

  test('says what to put where, for each receiver and region', () => {
    for (const receiver of named(receivers)) {
      if (receiver.kind === 'nobody') continue;
      const perRegion = receiver.kind === 'webhook' && receiver.perRegion;
      expect(text).toContain(`| \`${receiver.name}\``);
      const regions = named(platform.clusters).filter(({ secretStore }) => secretStore !== undefined);
      for (const { region } of regions) expect(text).toContain(`aia-${receiver.key}${perRegion ? `-${region}` : ''}`);
    }
    expect(text).toContain(`${deadMansSwitch.missedAfterMinutes} minutes (\`missedAfterMinutes\`)`);
  });

  test('its commands are well formed and name what there is', () => {
    const { commands, complaints } = recordCommands([scriptOf(text), ...inlineCommands(text)].join('\n'));
    expect(complaints).toBe('');
    expect(commands.flatMap((argv) => commandProblems(argv, known, new Set()))).toEqual([]);
  });
});
