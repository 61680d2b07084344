import type { KoaContextWithOIDC } from "oidc-provider";

/** One step of the pipeline: Koa's form of a middleware. */
export type Step = (ctx: KoaContextWithOIDC, next: () => Promise<void>) => Promise<void>;
