// Jest loads the scripts of the pages as the bundle does.
import path from 'node:path';
import { clientScript } from './client-script.mjs';

export default {
  process: (_, file) => ({
    code: `module.exports = { __esModule: true, default: ${JSON.stringify(clientScript(path.basename(file, '.ts')))} };`,
  }),
};
