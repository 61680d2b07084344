/** Names of the provider's cookies: `localhost` shares them between ports, so none may meet a portal's. */
export const SSO_COOKIES = { session: "mgs.sso", interaction: "mgs.interaction", resume: "mgs.resume" } as const;
