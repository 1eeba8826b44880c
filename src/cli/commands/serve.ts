import type { AddCommand } from "../command.ts";
import { authorOfTerminal, chooseDataFolder, openDataFolder } from "../data-folder.ts";
import { readNumber } from "../options.ts";
import { EXIT, Problem } from "../problem.ts";
import { say } from "../terminal.ts";

type Options = { readonly port: number; readonly host: string; readonly data?: string };

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i;

export const addServe: AddCommand = (program, context) => {
  const { t } = context;
  program
    .command("serve")
    .description(t("cli:serve.description"))
    .option("--port <number>", t("cli:serve.port"), readNumber(context, { least: 0, most: 65_535 }), 4180)
    .option("--host <address>", t("cli:serve.host"), "127.0.0.1")
    .option("--data <folder>", t("cli:option.data"))
    .action(async (options: Options) => {
      const { listen } = await import("../../server/listen.ts");
      const { ensureSampleProject } = await import("../../workflow/sample-project.ts");
      const folder = chooseDataFolder(options.data, process.env);
      const application = await openDataFolder(context, folder);
      const author = authorOfTerminal(process.env);
      let server;
      try {
        await ensureSampleProject(application, { author });
        server = await listen({ application, author, port: options.port, host: options.host });
      } catch (error) {
        await application.close();
        const { code, message } = error as NodeJS.ErrnoException;
        if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
        const key = code === "EADDRINUSE" ? "cli:serve.port-in-use" : "cli:serve.host-unknown";
        throw new Problem(EXIT.usage, t(key, { port: options.port, host: options.host, detail: message }));
      }
      if (!LOOPBACK.test(options.host)) say(t("cli:serve.not-loopback", { host: options.host }));
      process.stdout.write(`${t("cli:serve.open", { address: server.url })}\n`);
      say(t("cli:serve.data", { folder }));
      say(t("cli:serve.stop"));

      await new Promise<void>((resolve) => {
        process.once("SIGINT", resolve);
        process.once("SIGTERM", resolve);
      });
      await server.close();
      await application.close();
    });
};
