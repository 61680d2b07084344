import { createPageProxy } from "@mgs/portal/page-proxy";

export const proxy = createPageProxy("administration");

// Everything but built files and the provider's endpoints: those answers carry headers of their own.
export const config = {
  matcher: ["/((?!_next/static/|_next/image$|icon\\.svg$|oauth/|\\.well-known/openid-configuration$).*)"],
};
