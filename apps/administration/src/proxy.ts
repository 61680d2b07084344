import { createPageProxy } from "@mgs/portal/page-proxy";

export const proxy = createPageProxy("administration");

// The proxy leaves out built files and the provider's endpoints, whose answers have headers of their own.
export const config = {
  matcher: ["/((?!_next/static/|_next/image$|icon\\.svg$|oauth/|\\.well-known/openid-configuration$).*)"],
};
