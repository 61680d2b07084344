/** An id of a socket, as the Pusher protocol makes them. */
const SOCKET_ID = /^\d{1,20}\.\d{1,20}$/;

/** Reads which tab makes a change (`X-Socket-Id`, as Laravel Echo sends it): it is not told of it. Another text counts as none. */
export function readSocketId(request: Request): string | undefined {
  return checkSocketId(request.headers.get("x-socket-id"));
}

/** The same for an id that came another way, such as with a form. */
export function checkSocketId(text: unknown): string | undefined {
  return typeof text === "string" && SOCKET_ID.test(text) ? text : undefined;
}

/** The options of a use case that a server action calls with the id that its form or button passed. */
export const tabOfAction = (socketId: unknown) => ({ socketId: checkSocketId(socketId) });
