// The module hook behind typescript.mjs.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const typescript = createRequire(import.meta.url)(process.env.REPAIR_EVAL_TYPESCRIPT);

const compilerOptions = {
  module: typescript.ModuleKind.ESNext,
  target: typescript.ScriptTarget.ES2022,
  // What Node's own type stripping can do, and no more: lines and columns stay where they are.
  erasableSyntaxOnly: true,
  verbatimModuleSyntax: true,
  inlineSourceMap: true,
};

export async function load(url, context, next) {
  if (!/\.m?ts$/.test(url)) return next(url, context);
  const fileName = fileURLToPath(url);
  const text = await readFile(fileName, 'utf8');
  const { outputText, diagnostics } = typescript.transpileModule(text, {
    fileName,
    compilerOptions,
    reportDiagnostics: true,
  });
  if (diagnostics.length > 0) {
    throw new SyntaxError(typescript.flattenDiagnosticMessageText(diagnostics[0].messageText, ' '));
  }
  return { format: 'module', shortCircuit: true, source: outputText };
}
