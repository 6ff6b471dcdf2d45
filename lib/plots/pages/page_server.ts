/** What a page asks: for itself, or with a text that it posts. */
export interface PageRequest {
  method: "GET" | "POST";
  /** What was posted; empty if nothing was. */
  body: string;
}

/** A page of this process that a browser on this machine can open. */
export interface PageServer {
  address: string;
  /** Takes the page away, after the answers that are on their way. */
  close(): Promise<void>;
}

/** How a page may be used, and what stands last in its address. */
export interface PageServerOptions {
  /** The end of the address, such as a file's name; none by default. */
  name?: string;
  /** How many bytes may be posted at once; 65,536 by default. */
  mostBytes?: number;
  /**
   * What the page is for. An earlier page for the same is taken away: the cell
   * that showed it has been run again.
   */
  instead?: string;
}

type Close = PageServer["close"];

/** What takes pages away, by what they are for. */
const closers = new Map<string, Close>();

/**
 * Serves a page of this process to this machine alone, at an address that nobody
 * can guess. The process can end while it is served.
 *
 * A request whose `Host` is not this server's own is refused, so that no other
 * name can be made to mean this address, and so is a post from a page of the
 * web: the page of Jupyter is on this machine, and may read the answers.
 *
 * @throws {Deno.errors.NotCapable} If the process may not serve on 127.0.0.1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const allowed = { name: "net", host: "127.0.0.1" } as const;
 * if (Deno.permissions.querySync(allowed).state === "granted") {
 *   const page = servePage(() => new Response("Hello"));
 *   assert.equal(await (await fetch(page.address)).text(), "Hello");
 *   await page.close();
 * }
 * ```
 */
export function servePage(
  answer: (request: PageRequest) => Response | Promise<Response>,
  { name = "", mostBytes = 65_536, instead }: PageServerOptions = {},
): PageServer {
  const path = `/${crypto.randomUUID()}${name && `/${name}`}`;
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { method, headers } = request;
      const host = `127.0.0.1:${server.addr.port}`;
      if (headers.get("host") !== host) return refusal(403);
      if (new URL(request.url).pathname !== path) return refusal(404);
      if (method === "GET" || method === "HEAD") {
        return await answer({ method: "GET", body: "" });
      }
      if (method !== "POST") return refusal(405);
      const origin = headers.get("origin");
      if (origin !== null && !isLocal(origin)) return refusal(403);
      const body = await textOf(request, mostBytes);
      if (body === undefined) return refusal(413);
      const response = await answer({ method, body });
      if (origin !== null) {
        response.headers.set("access-control-allow-origin", origin);
      }
      return response;
    },
  );
  server.unref();
  const close: Close = () => {
    if (closers.get(instead!) === close) closers.delete(instead!);
    return server.shutdown();
  };
  if (instead !== undefined) {
    void closers.get(instead)?.();
    closers.set(instead, close);
  }
  return { address: `http://127.0.0.1:${server.addr.port}${path}`, close };
}

const reasons = {
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  413: "Content too large",
};

function refusal(status: keyof typeof reasons): Response {
  return new Response(reasons[status], { status });
}

/** Whether a page is on this machine: Jupyter's, or one of VS Code itself. */
function isLocal(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname } = new URL(origin);
  if (protocol === "vscode-webview:") return true;
  return /^https?:$/.test(protocol) &&
    /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** The text that is posted, unless it is too long. */
async function textOf(
  request: Request,
  mostBytes: number,
): Promise<string | undefined> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const part of request.body ?? []) {
    bytes += part.length;
    if (bytes > mostBytes) return undefined;
    parts.push(part);
  }
  return await new Blob(parts).text();
}
