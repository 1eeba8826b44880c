/** Receiving files and previewing them. */
import { Router } from "express";
import type { ServerContext } from "../context.ts";

export function importRoutes(context: ServerContext): Router {
  void context;
  return Router();
}
