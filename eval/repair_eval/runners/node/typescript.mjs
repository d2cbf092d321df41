// Lets a Node without type stripping import TypeScript: `node --import typescript.mjs`.
// REPAIR_EVAL_TYPESCRIPT is the folder of the `typescript` package. Types are removed, not checked.

import { register } from 'node:module';

register('./typescript_hooks.mjs', import.meta.url);
