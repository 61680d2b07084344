/** Addresses that a socket of the Pusher protocol is authorized at, the same in every portal. */

/** The path that lets a socket into a private or presence channel. */
export const channelAuthorizationPath = (): string => "/broadcasting/auth";

/** The path that signs a socket in as its device. */
export const socketSignInPath = (): string => "/broadcasting/user-auth";
