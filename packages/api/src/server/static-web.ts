import { existsSync } from "node:fs";
import path from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

const YEAR_SECONDS = 31_536_000;

/** Serves the built web page; every path that is not a file returns the page. */
export async function serveWeb(server: FastifyInstance, root: string): Promise<void> {
  const page = path.join(root, "index.html");
  if (!existsSync(page)) {
    server.setNotFoundHandler((_request, reply) =>
      reply.code(404).type("text/plain").send("The web page is not built. Run: npm start\n"),
    );
    return;
  }
  await server.register(fastifyStatic, {
    root,
    wildcard: false,
    // The build writes them beside the originals (vite-precompress.ts).
    preCompressed: true,
    globIgnore: ["**/*.br", "**/*.gz"],
    setHeaders: (response, file) => {
      // Vite hashes asset names, so assets never change.
      const hashed = file.includes(`${path.sep}assets${path.sep}`);
      response.header(
        "cache-control",
        hashed ? `public, max-age=${YEAR_SECONDS}, immutable` : "no-cache",
      );
    },
  });
  server.setNotFoundHandler((request, reply) => {
    const isPage = request.method === "GET" && !request.url.startsWith("/trpc");
    if (isPage && !path.extname(request.url.split("?")[0] ?? ""))
      return reply.sendFile("index.html");
    return reply.code(404).type("text/plain").send("Not found\n");
  });
}
