/** What a command may end with. Scripts depend on these numbers (docs/command-line.md). */
export const EXIT = { fine: 0, findings: 1, usage: 2, unreadable: 3 } as const;

/**
 * A reason to end a command: an exit code and a sentence for the person at the terminal, already in their language.
 * Thrown by commands, printed by main.ts; nothing else ends the process.
 */
export class Problem extends Error {
  readonly exitCode: number;

  constructor(exitCode: number, message: string) {
    super(message);
    this.name = "Problem";
    this.exitCode = exitCode;
  }
}
