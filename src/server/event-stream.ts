/** Server-sent events: one connection that stays open, kept alive, with events numbered; the browser comes back by itself. */
import type { Request, Response } from "express";

const RETRY_MS = 2_000;
/** Proxies and browsers drop a connection on which nothing comes. */
const KEEP_ALIVE_MS = 20_000;
/** What a page that does not read any more may leave unread; then it is let go. */
const MOST_WAITING_BYTES = 1024 * 1024;

export type EventStream = {
  /** `data` goes out as JSON. Nothing happens once the connection is closed. */
  readonly send: (event: string, data: unknown) => void;
  readonly end: () => void;
};

/** `onClose` is called once, whoever closes the connection. */
export function openEventStream(request: Request, response: Response, onClose: () => void): EventStream {
  response.set({
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store, no-transform",
    Connection: "keep-alive",
    "X-Accel-Buffering": "no",
  });
  response.flushHeaders();
  let number = Number(request.headers["last-event-id"] ?? 0) || 0;
  let isOpen = true;
  const keepAlive = setInterval(() => response.write(": here\n\n"), KEEP_ALIVE_MS);
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    clearInterval(keepAlive);
    onClose();
  };
  request.on("close", close);
  response.on("error", close);
  return {
    send(event, data) {
      if (!isOpen) return;
      number += 1;
      response.write(`id: ${number}\nretry: ${RETRY_MS}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      if (response.writableLength <= MOST_WAITING_BYTES) return;
      close();
      response.destroy();
    },
    end() {
      close();
      response.end();
    },
  };
}
