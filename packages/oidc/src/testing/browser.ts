/** A visitor's cookie jar over `fetch`: follows no redirect by itself. Cookies match by host name and path, not port. */
export class TestBrowser {
  /** By path and name: one name may stand for several paths. */
  readonly #jar = new Map<string, { name: string; value: string; path: string }>();

  async request(url: string, init: RequestInit = {}): Promise<Response> {
    const { pathname } = new URL(url);
    const cookie = this.#sentTo(pathname)
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ");
    const headers = new Headers(init.headers);
    if (cookie) headers.set("cookie", cookie);
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) this.#store(line, pathname);
    return response;
  }

  /** Value that the browser would send to `pathname`. */
  cookie(name: string, pathname = "/"): string | undefined {
    return this.#sentTo(pathname).find((cookie) => cookie.name === name)?.value;
  }

  /** Names of the cookies that the browser would send to `pathname`. */
  names(pathname = "/"): string[] {
    return this.#sentTo(pathname).map(({ name }) => name);
  }

  /** Has the browser keep a cookie that somebody else has set, such as a sibling subdomain or a program on the machine. */
  plant(name: string, value: string, path = "/"): void {
    this.#jar.set(`${path} ${name}`, { name, value, path });
  }

  /** Drops cookies, as a browser does that is full or was cleared. */
  forget(isForgotten: (name: string) => boolean): void {
    for (const [key, { name }] of this.#jar) if (isForgotten(name)) this.#jar.delete(key);
  }

  /** All that the browser would send to `pathname`, by name. */
  cookies(pathname: string): Record<string, string> {
    return Object.fromEntries(this.#sentTo(pathname).map(({ name, value }) => [name, value]));
  }

  #sentTo(pathname: string) {
    return [...this.#jar.values()].filter(
      ({ path }) => path === "/" || pathname === path || pathname.startsWith(`${path.replace(/\/$/, "")}/`),
    );
  }

  #store(line: string, pathname: string): void {
    const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
    const at = pair.indexOf("=");
    const name = pair.slice(0, at);
    const value = pair.slice(at + 1);
    const attribute = (key: string): string | undefined =>
      attributes.find((text) => text.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1);
    const expires = attribute("expires");
    const gone = attribute("max-age") === "0" || (expires !== undefined && Date.parse(expires) < Date.now());
    const path = attribute("path") ?? pathname;
    if (gone) this.#jar.delete(`${path} ${name}`);
    else this.#jar.set(`${path} ${name}`, { name, value, path });
  }
}
