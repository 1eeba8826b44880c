/** Opens the port. Prints nothing: the command line says where the server is. */
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createApp } from "./app.ts";
import type { ServerOptions } from "./app.ts";

export type ListenOptions = ServerOptions & { readonly port: number; readonly host: string };

export type RunningServer = {
  readonly url: string;
  readonly port: number;
  /** Ends open connections (event streams too) and waits until the port is free. */
  readonly close: () => Promise<void>;
};

/** Rejects with the error of `listen` (`EADDRINUSE`, `EACCES`) when the port cannot be had. */
export async function listen(options: ListenOptions): Promise<RunningServer> {
  const named = options.host === "0.0.0.0" || options.host === "::" ? [] : [options.host];
  const app = await createApp({ ...options, allowedHosts: [...(options.allowedHosts ?? []), ...named] });
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = options.host === "0.0.0.0" || options.host === "::" ? "localhost" : options.host;
  return { url: `http://${host.includes(":") ? `[${host}]` : host}:${port}/`, port, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
