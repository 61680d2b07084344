import { createPageProxy } from "@mgs/portal/page-proxy";
import { pagePolicy } from "./page-policy";

export const proxy = createPageProxy("gestion-dossier", pagePolicy);

// Everything but built files: those answers carry headers of their own.
export const config = { matcher: ["/((?!_next/static/|_next/image$|icon\\.svg$).*)"] };
