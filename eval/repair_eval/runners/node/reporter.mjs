// A reporter for `node --test`: one JSON object per test on a line of its own.
//
//   {"file": PATH, "name": ["group", "test"], "outcome": "passed" | "failed" | "skipped" | "error",
//    "message": TEXT, "seconds": N}
//   {"end": true}    the session ended in order
//
// Events come in the order of definition, a test's start before those of its subtests, so the open
// starts are the path of names. Node 20 or later.

const FAILED_BELOW = 'subtestsFailed';

function describe(error) {
  const cause = error?.cause ?? error;
  const text = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return text.split('\n').map((line) => line.trim()).filter(Boolean).slice(0, 2).join(' ').slice(0, 500);
}

function outcome(type, data) {
  if (type === 'test:fail') return data.todo ? 'skipped' : 'failed';
  return data.skip !== undefined || data.todo !== undefined ? 'skipped' : 'passed';
}

export default async function* report(events) {
  const open = [];
  const complaints = new Map();
  for await (const { type, data } of events) {
    if (type === 'test:start') {
      open.length = data.nesting;
      open.push(data.name);
    } else if (type === 'test:stderr') {
      complaints.set(data.file, (complaints.get(data.file) ?? '') + data.message);
    } else if (type === 'test:pass' || type === 'test:fail') {
      const isFile = data.nesting === 0 && data.name === data.file;
      const error = data.details?.error;
      // A group fails with its tests; it counts itself only where its own hooks failed.
      if (data.details?.type === 'suite' && (!error || error.failureType === FAILED_BELOW)) continue;
      yield JSON.stringify({
        file: data.file,
        name: isFile ? [] : [...open.slice(0, data.nesting), data.name],
        // Node reports a file itself only when it could not run, or ended before its first test.
        outcome: isFile ? 'error' : outcome(type, data),
        message: isFile && complaint(complaints.get(data.file)) || (error ? describe(error) : ''),
        seconds: (data.details?.duration_ms ?? 0) / 1000,
      }) + '\n';
    }
  }
  yield '{"end": true}\n';
}

function complaint(stderr = '') {
  return stderr.split('\n').find((line) => /^\w*Error\b/.test(line))?.slice(0, 500);
}
