/**
 * Call `action` until it succeeds, at most `attempts` times, and wait between two attempts: first
 * `wait` milliseconds, then twice as long each time, but never longer than `longest`.
 *
 * `action` gets the number of the attempt, from 1. When all of them fail, the last error is thrown.
 * An error for which `retryable` says false is thrown at once. `sleep` waits for milliseconds.
 */
export async function retry(action, options = {}) {
  const { attempts = 3, wait = 100, longest = Infinity, retryable = () => true, sleep = pause } = options;
  let next = wait;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      return await action(attempt);
    } catch (error) {
      if (attempt >= attempts || !retryable(error)) throw error;
    }
    await sleep(Math.min(next, longest));
    next *= 2;
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
