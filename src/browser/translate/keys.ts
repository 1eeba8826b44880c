/** The keys of the page. Those with Ctrl or Alt work in the text; none works while an input method composes. */
import { project, required } from "../shell/dom.ts";
import { registerKeys } from "../shell/keys.ts";
import type { KeyBinding } from "../shell/keys.ts";
import type { Actions } from "./actions.ts";
import type { Grid } from "./grid.ts";
import type { HelpPane } from "./help.ts";
import type { RepeatsPane } from "./repeats.ts";
import type { StepRecorder } from "./step-recorder.ts";

type Parts = {
  readonly actions: Actions;
  readonly steps: StepRecorder;
  readonly help: HelpPane;
  readonly grid: Grid;
  readonly repeats: RepeatsPane;
};

const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** What is selected in a field or in the text, and on which side it stands. */
function openConcordance(): void {
  const field = document.activeElement;
  const isTarget = field instanceof HTMLTextAreaElement;
  const selected = isTarget ? field.value.slice(field.selectionStart, field.selectionEnd) : String(getSelection() ?? "");
  const anchor = getSelection()?.anchorNode;
  const cell = anchor instanceof Element ? anchor : anchor?.parentElement;
  const side = isTarget || cell?.closest(".row-target") ? "target" : "source";
  const query = new URLSearchParams({ find: selected.trim(), side });
  location.assign(`/p/${project()}/concordance?${query.toString()}`);
}

export function registerTranslateKeys({ actions, steps, help, grid, repeats }: Parts): void {
  const find = required("[data-find]");
  /** What changes the row is not meant while a person types into the search. */
  const inRow = (run: () => void) => (event: KeyboardEvent) => {
    if (event.target !== find) run();
  };
  const insertMatch = (number: number) => {
    const match = help.match(number);
    if (match) actions.insertMatch(match);
  };
  const insertTerm = (number: number) => {
    const term = help.term(number);
    if (term !== undefined) actions.insertTerm(term);
  };
  /** The help shows the first and the last of nine. */
  const numbered = (prefix: string, label: string, run: (number: number) => void): readonly KeyBinding[] =>
    NUMBERS.map((number) => ({
      keys: `${prefix}+${number}`,
      label,
      run: inRow(() => run(number)),
      inFields: true,
      hidden: number !== 1 && number !== 9,
    }));
  registerKeys([
    { keys: "Ctrl+Enter", label: "translate:act.confirm", run: inRow(actions.confirm), inFields: true },
    { keys: "Ctrl+Shift+Enter", label: "translate:act.unconfirm", run: inRow(actions.unconfirm), inFields: true },
    { keys: "Alt+ArrowDown", label: "translate:act.next", run: () => actions.move(1), inFields: true },
    { keys: "Alt+ArrowUp", label: "translate:act.previous", run: () => actions.move(-1), inFields: true },
    { keys: "F9", label: "translate:act.skip", run: actions.goToUnconfirmed, inFields: true },
    { keys: "Ctrl+Insert", label: "translate:act.copy", run: inRow(actions.copySource), inFields: true },
    ...numbered("Ctrl", "translate:keys.match", insertMatch),
    ...numbered("Ctrl+Alt", "translate:keys.match-too", insertMatch),
    ...numbered("Alt", "translate:keys.term", insertTerm),
    { keys: "Alt+R", label: "translate:keys.repeats", run: inRow(repeats.propose), inFields: true },
    { keys: "Ctrl+K", label: "translate:keys.concordance", run: openConcordance, inFields: true },
    { keys: "e", label: "translate:keys.edit", run: grid.focus },
    { keys: "Ctrl+Z", label: "common:undo", run: () => void steps.go("undo") },
    { keys: "Ctrl+Shift+Z", label: "translate:keys.redo", run: () => void steps.go("redo") },
  ]);
}
