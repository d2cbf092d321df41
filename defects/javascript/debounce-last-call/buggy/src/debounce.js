/**
 * A function that calls `action` once `wait` milliseconds have passed since its last call, with the
 * arguments and the `this` of that call. `flush()` calls at once what is waiting, `cancel()`
 * forgets it.
 *
 * `timers` has setTimeout and clearTimeout.
 */
export function debounce(action, wait, timers = globalThis) {
  let timer = null;
  let call = null;

  function run() {
    timer = null;
    const pending = call;
    call = null;
    if (pending) pending();
  }

  function debounced(...args) {
    if (timer !== null) return;
    call = () => action.apply(this, args);
    timer = timers.setTimeout(run, wait);
  }

  debounced.flush = () => {
    if (timer !== null) timers.clearTimeout(timer);
    run();
  };

  debounced.cancel = () => {
    if (timer !== null) timers.clearTimeout(timer);
    timer = null;
    call = null;
  };

  return debounced;
}
