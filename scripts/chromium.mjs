// Where the scripts that look at pages find a browser: CHROMIUM, or one of its names on the PATH.
import { existsSync } from 'node:fs';
import path from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

export function chromiumPath() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const found =
    process.env.CHROMIUM ?? folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))).find(existsSync);
  if (found === undefined) throw new Error('a Chromium is needed: apt-get install chromium, or set CHROMIUM');
  return found;
}
