import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository this program belongs to; bundled or not, its code lies one folder below. */
export const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
