/** What a browser needs to reach the Pusher server; read at run time, handed over with the page. */
export type PublicPusherSettings = {
  key: string;
  cluster: string;
  /** Null for hosted Pusher: pusher-js derives the host from the cluster. */
  host: string | null;
  port: number | null;
  tls: boolean;
};
