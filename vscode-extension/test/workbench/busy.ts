/** How many times as long as on a quiet machine everything may take. */
export const BUSY = Number(process.env["REPAIRLSP_BUSY"] ?? 4);
