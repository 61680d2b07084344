import { nextSettings } from "@mgs/portal/next-settings";

export default nextSettings({
  rewrites: async () => [
    { source: "/oauth/:path*", destination: "/api/oidc/oauth/:path*" },
    { source: "/.well-known/openid-configuration", destination: "/api/oidc/.well-known/openid-configuration" },
  ],
});
