/** The path of the route that ends a sign-in; browsers post to the page `signOutPath`, and are led here. */
export const logoutApiPath = (): string => "/api/logout";
