import * as z from 'zod';
import { parseQuantity, QuantityError } from '../quantity';

/** zod compiles each schema on its first use; all here are used once, so that would take longer than it saves. */
z.config({ jitless: true });

/** Adds what is wrong and what to do to a zod issue; `problems.ts` prints both. */
function refuse(context: z.RefinementCtx, input: unknown, message: string, fix: string): void {
  context.addIssue({ code: 'custom', message, params: { fix }, input });
}

/** A name that Kubernetes takes for Services and pods: RFC 1123 label, at most 63 characters. */
export const dnsLabel = z.string().superRefine((text, context) => {
  if (/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text)) return;
  const suggestion = text
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 63);
  refuse(
    context,
    text,
    'is not a DNS label (small letters, digits and "-", a letter first, 63 characters at most)',
    suggestion === '' ? 'choose a name such as "my-service"' : `write "${suggestion}"`,
  );
});

/** A CPU quantity, in cores or millicores: `500m`, `1`, `1.5`. */
export const cpuQuantity = z.string().superRefine((text, context) => {
  const unit = /(Ki|Mi|Gi|Ti|Pi|Ei|k|M|G|T|P|E)$/.exec(text)?.[1];
  if (unit !== undefined) {
    const cores = text.slice(0, -unit.length);
    const meant = unit === 'Mi' || unit === 'M' ? `${cores}m` : cores;
    refuse(context, text, `is no amount of CPU: "${unit}" is a unit of memory`, `write millicores, such as "${meant}"`);
    return;
  }
  checkPositive(text, context);
});

/** A memory quantity, in bytes: `512Mi`, `2Gi`. */
export const memoryQuantity = z.string().superRefine((text, context) => {
  const unit = /(n|u|m)$/.exec(text)?.[1];
  if (unit !== undefined) {
    const meant = `${text.slice(0, -1)}Mi`;
    refuse(
      context,
      text,
      `is no amount of memory: "${unit}" makes it a fraction of a byte`,
      `write mebibytes, such as "${meant}"`,
    );
    return;
  }
  const nanos = checkPositive(text, context);
  if (nanos !== undefined && nanos % 10n ** 9n !== 0n) {
    refuse(context, text, 'is not a whole number of bytes', 'write it in a smaller unit, such as "1536Mi" for "1.5Gi"');
  }
});

/** A TCP port number. */
export const port = z.int().min(1).max(65535);

/** Names of ports: RFC 6335 service names, at most 15 characters. */
export const portName = z.string().superRefine((text, context) => {
  if (/^(?=.*[a-z])[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/.test(text) && !text.includes('--')) return;
  refuse(
    context,
    text,
    'is not a port name (small letters, digits and single "-", 15 characters at most)',
    'shorten it, protocol first: "http", "grpc", "tcp-redis"',
  );
});

/** A five-field cron schedule, as CronJob takes it. */
export const cronSchedule = z.string().regex(/^(\S+\s+){4}\S+$/, 'is not a cron schedule of five fields');

function checkPositive(text: string, context: z.RefinementCtx): bigint | undefined {
  try {
    const { nanos } = parseQuantity(text);
    if (nanos > 0n) return nanos;
    refuse(context, text, 'is not above zero', 'write what the container needs');
  } catch (error) {
    if (!(error instanceof QuantityError)) throw error;
    refuse(
      context,
      text,
      'is not a quantity',
      error.message.replace(/^"[^"]*" is not a quantity[;:]? ?/, '') || 'write a number with a unit',
    );
  }
  return undefined;
}
