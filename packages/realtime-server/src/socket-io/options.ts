/** How Socket.IO clients are served: laravel-echo's with `broadcaster: "socket.io"`, by socket.io-client 2, 3 and 4. */
export type SocketIoOptions = {
  /** The app whose channels they join: they name no key of their own. */
  appId: string;
  /** Where private and presence channels are asked for. */
  authorization: ChannelAuthorizationOptions;
  /** The key of laravel-echo-server's HTTP side; unset: there is none. It is a secret, unlike a Pusher key. */
  httpKey?: string | undefined;
  /** Default `/socket.io`. */
  path?: string | undefined;
  /** Milliseconds between two heartbeats. Default 25 s, that of Socket.IO. */
  pingIntervalMs?: number | undefined;
  /** Milliseconds a client has to answer one. Default 20 s. */
  pingTimeoutMs?: number | undefined;
};

export type ChannelAuthorizationOptions = {
  /**
   * Origins of the back end (`https://app.example.com`). Of several, the one that the page came from is asked, and `.example.com` stands for
   * every page below that name; the first one where none fits.
   */
  hosts: readonly string[];
  /** The path there: `/broadcasting/auth`. */
  endpoint: string;
  /** Milliseconds that it has to answer. Default 10 s. */
  timeoutMs?: number | undefined;
};
