import type { z } from 'zod';
import { platformSchema, type Platform } from './platform';
import { formatPath, formatValue, type Problem } from './problems';
import { chartFile, SOURCES, workloadFile } from './sources';

/** Problems of the data's shape: missing and unknown keys, wrong types, units, names. */
export function shapeProblems(platform: Platform): Problem[] {
  const result = platformSchema.safeParse(platform, { reportInput: true });
  return result.success ? [] : result.error.issues.flatMap((issue) => toProblems(issue));
}

function toProblems(issue: z.core.$ZodIssue): Problem[] {
  const { file, path } = locate(issue.path, issue.code === 'invalid_key');
  if (issue.code === 'invalid_key') {
    return issue.issues
      .flatMap((inner) => toProblems({ ...inner, path: issue.path, input: issue.input } as z.core.$ZodIssue))
      .map((problem) => ({ ...problem, file, key: formatPath(path) }));
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      file,
      key: formatPath([...path, key]),
      message: 'is not a field of this object',
      fix: 'remove it, or check its spelling against the type in model/platform/',
    }));
  }
  const missing = issue.input === undefined;
  const value = formatValue(issue.input);
  return [
    {
      file,
      key: formatPath(path) || 'the workload',
      ...(value === undefined ? {} : { value }),
      message: missing ? 'is missing' : messageOf(issue),
      fix: fixOf(issue, missing),
    },
  ];
}

/** The file and the path inside it: the own file of a workload or chart begins at it. */
function locate(path: PropertyKey[], key: boolean): { file: string; path: PropertyKey[] } {
  const [section, name, ...rest] = path;
  if (section === 'workloads' && typeof name === 'string' && !key) {
    return { file: workloadFile(name), path: rest };
  }
  if (section === 'charts' && typeof name === 'string' && !key) {
    return { file: chartFile(name), path: rest.length > 0 ? rest : [name] };
  }
  return { file: SOURCES[section as keyof typeof SOURCES], path: path.slice(1) };
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom' || issue.code === 'invalid_format') return issue.message;
  if (issue.code === 'invalid_type') return `is not of type ${issue.expected}`;
  if (issue.code === 'too_small' && issue.origin === 'string')
    return `is shorter than ${String(issue.minimum)} characters`;
  if (issue.code === 'too_small') return `is below the minimum of ${String(issue.minimum)}`;
  if (issue.code === 'too_big') return `is above the maximum of ${String(issue.maximum)}`;
  if (issue.code === 'invalid_value') return 'is none of the values this field takes';
  return `is wrong: ${issue.message}`;
}

function fixOf(issue: z.core.$ZodIssue, missing: boolean): string {
  if (issue.code === 'custom') {
    const fix: unknown = issue.params?.fix;
    if (typeof fix === 'string') return fix;
  }
  if (issue.code === 'invalid_value') return `write one of ${issue.values.map(String).join(', ')}`;
  if (missing && issue.path.includes('resources')) {
    return 'give every container requests and limits: { requests: { cpu, memory }, limits: { cpu, memory } }';
  }
  return missing
    ? 'add it; another entry of the same kind shows how'
    : 'see the type in model/platform/ for what belongs here';
}
