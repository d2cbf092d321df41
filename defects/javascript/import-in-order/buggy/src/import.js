/**
 * Import records one after the other, each only when the one before it is stored.
 *
 * `store(record)` gives a promise. A record that cannot be stored is put into `failed` with its error,
 * and the others go on, up to `maxErrors` of them: the next failure ends the import, and what follows
 * is `skipped`. The result is `{stored, failed, skipped}`, each an array in the order of the records.
 */
export async function importRecords(records, store, { maxErrors = Infinity } = {}) {
  const result = { stored: [], failed: [], skipped: [] };
  records.forEach(async (record) => {
    if (result.failed.length > maxErrors) {
      result.skipped.push(record);
      return;
    }
    try {
      await store(record);
      result.stored.push(record);
    } catch (error) {
      result.failed.push({ record, error });
    }
  });
  return result;
}
