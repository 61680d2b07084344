import { createPageProxy } from "@mgs/portal/page-proxy";

export const proxy = createPageProxy("commercial");

// The proxy leaves out built files, whose answers have headers of their own.
export const config = { matcher: ["/((?!_next/static/|_next/image$|icon\\.svg$).*)"] };
