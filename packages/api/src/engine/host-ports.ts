import { once } from "node:events";
import { createServer } from "node:net";
import { errorCode } from "@claw/core/errors";

/** True when a listener can be opened on `address`:`port` of this machine right now. */
export async function isPortFree(address: string, port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ host: address, port, exclusive: true });
    await once(server, "listening");
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === "EADDRINUSE" || code === "EACCES") return false;
    // The panel may run in a container; the Docker host has the address, and will tell.
    if (code === "EADDRNOTAVAIL") return true;
    throw error;
  } finally {
    if (server.listening) {
      server.close();
      await once(server, "close");
    }
  }
}
