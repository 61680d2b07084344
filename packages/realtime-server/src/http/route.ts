import type { App } from "../apps";
import type { ServerContext } from "../context";
import type { Reply } from "./reply";

/** An authenticated request of a publisher. */
export type ApiRequest = {
  app: App;
  /** The named groups of the path, decoded. */
  params: Readonly<Record<string, string>>;
  /** The query's parameters, their names in lower case. */
  query: URLSearchParams;
  body: Buffer;
  context: ServerContext;
};

export type ApiRoute = {
  method: "GET" | "POST";
  /** Below `/apps/:id`; named groups become `params`. */
  path: RegExp;
  act(request: ApiRequest): Reply | Promise<Reply>;
};
