// Underlines `age > 18` and says why: a linter as far as repairlsp can tell.

const vscode = require("vscode");

const WRONG = /age > 18/g;

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
  context.subscriptions.push(
    found,
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument((event) => check(event.document)),
  );
};
