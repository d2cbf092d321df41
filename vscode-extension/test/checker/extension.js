// Underlines `age > 18` and says why: a linter as far as repairlsp can tell. And runs tests as the
// Python extension does, under its controller's name: those whose name has "adult" fail.

const vscode = require("vscode");

const WRONG = /age > 18/g;
const FAILS = /adult/;

exports.activate = (context) => {
  const found = vscode.languages.createDiagnosticCollection("checker");
  const check = (document) => {
    if (document.languageId !== "python" || document.uri.scheme !== "file") return;
    const squiggles = Array.from(document.getText().matchAll(WRONG), (match) => {
      const start = document.positionAt(match.index);
      const range = new vscode.Range(start, document.positionAt(match.index + match[0].length));
      const squiggle = new vscode.Diagnostic(range, "18 is of age");
      squiggle.source = "checker";
      return squiggle;
    });
    found.set(document.uri, squiggles);
  };
  vscode.workspace.textDocuments.forEach(check);
  const tests = vscode.tests.createTestController("python-tests", "Python Tests");
  context.subscriptions.push(
    found,
    tests,
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument((event) => check(event.document)),
    vscode.commands.registerCommand("checker.runTests", () => runTests(tests)),
  );
};

async function runTests(controller) {
  for (const uri of await vscode.workspace.findFiles("test_*.py")) {
    const document = await vscode.workspace.openTextDocument(uri);
    for (let line = 0; line < document.lineCount; line += 1) {
      const { range, text } = document.lineAt(line);
      const name = /^def (test_\w+)/.exec(text)?.[1];
      if (!name) continue;
      const item = controller.createTestItem(`${uri}::${name}`, name, uri);
      item.range = range;
      controller.items.add(item);
    }
  }
  const run = controller.createTestRun(new vscode.TestRunRequest());
  controller.items.forEach((item) => {
    if (FAILS.test(item.label)) run.failed(item, new vscode.TestMessage("assert False"));
    else run.passed(item);
  });
  run.end();
}
