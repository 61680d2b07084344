/** Whether this is `npm run test:long`, which takes the time that a commit's tests have not. */
export const isLongRun = process.env.MGS_LONG_TESTS === "1";

/** How many cases a property is tried with. */
export const PROPERTY_RUNS = isLongRun ? 50_000 : 2_000;

/** Milliseconds a test of many runs may take. */
export const LONG_TIMEOUT_MS = isLongRun ? 3_600_000 : 300_000;
