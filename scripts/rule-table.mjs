// Prints the table of rules for docs/check.md; checks/docs.test.ts holds the page to it.
import { build } from 'esbuild';

const { outputFiles } = await build({
  entryPoints: ['checks/registry.ts'],
  bundle: true,
  format: 'esm',
  platform: 'node',
  write: false,
});
const { RULES } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
console.log('| Rule | Severity | What it asks for |\n|---|---|---|');
for (const { id, severity, title, audience } of RULES) {
  console.log(`| \`${id}\` | ${severity} | ${title}${audience === 'aia' ? ' (AIA)' : ''} |`);
}
