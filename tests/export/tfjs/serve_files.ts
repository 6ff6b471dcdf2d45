/** Files on this machine's web, and what pages of theirs say. */
export interface FileServer {
  address: string;
  /** What pages post, by the path, once there are as many of them. */
  posted: Promise<Record<string, string>>;
  close(): Promise<void>;
}

const types: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript",
  json: "application/json",
};

/**
 * Serves files to this machine, as any web server does.
 *
 * @param posts After how many paths that pages post to `posted` is complete.
 * @param more Headers of each of them besides its type.
 */
export function serveFiles(
  files: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>,
  posts = 1,
  more: Readonly<Record<string, string>> = {},
): FileServer {
  const all: Record<string, string> = {};
  const posted = Promise.withResolvers<typeof all>();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const name = new URL(request.url).pathname.slice(1) || "index.html";
      if (request.method === "POST") {
        all[name] = await request.text();
        if (Object.keys(all).length === posts) posted.resolve(all);
        return new Response();
      }
      const content = files[name];
      if (content === undefined) return new Response(null, { status: 404 });
      const type = types[name.split(".").at(-1)!] ?? "application/octet-stream";
      return new Response(content, {
        headers: { ...more, "content-type": type },
      });
    },
  );
  return {
    address: `http://127.0.0.1:${server.addr.port}`,
    posted: posted.promise,
    close: () => server.shutdown(),
  };
}
