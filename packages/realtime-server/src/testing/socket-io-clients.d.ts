/** Old versions of socket.io-client, whose types TypeScript does not find. */
declare module "socket.io-client-2" {
  const io: typeof import("socket.io-client").io;
  export default io;
}

declare module "socket.io-client-3" {
  export const io: typeof import("socket.io-client").io;
}
