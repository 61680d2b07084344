/** The address of the Pusher server for browsers; read at run time, sent with the page. */
export type PublicPusherSettings = {
  key: string;
  cluster: string;
  /** Null for hosted Pusher: pusher-js derives the host from the cluster. */
  host: string | null;
  port: number | null;
  tls: boolean;
};
