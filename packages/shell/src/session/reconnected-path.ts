/** Where a sign-in ends that a page with typed text began in a new tab. */
export const RECONNECTED_PATH = "/reconnexion";
