import { createPageProxy } from "@mgs/portal/page-proxy";

export const proxy = createPageProxy("commercial");

// Everything but built files: those answers carry headers of their own.
export const config = { matcher: ["/((?!_next/static/|_next/image$|icon\\.svg$).*)"] };
