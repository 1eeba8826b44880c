/** Shows who else is at this alignment: all of them in the page bar, each at the row where the person is. */
import { askToConfirm } from "../shell/dialogs.ts";
import { element, required } from "../shell/dom.ts";
import { t } from "../shell/strings.ts";
import type { Editor } from "./editor.ts";
import { startLive } from "./live.ts";
import { describePerson, initialsOf } from "./person-words.ts";

export type People = {
  /** This person begins or ends writing in the active row. */
  readonly setWriting: (isWriting: boolean) => void;
  /** Asks before a step at a row in which somebody else is writing; true to go on. Asks once for a row and person. */
  readonly mayWorkAt: (group: string) => Promise<boolean>;
};

export function showPeople(options: {
  readonly address: string;
  readonly editor: Editor;
  readonly onChanged: (revision: number) => void;
}): People {
  const { address, editor, onChanged } = options;
  const bar = required("[data-people]");
  const warned = new Set<string>();
  let isWriting = false;
  const live = startLive({ address, onChanged, onPeople: show });
  editor.onMove(() => live.goTo(editor.active()?.id, isWriting));

  function show(): void {
    const others = live.others();
    bar.hidden = others.length === 0;
    bar.replaceChildren(
      ...others.slice(0, 5).map((person) => {
        const row = editor.alignment().placeOf.get(person.row ?? "");
        const words = describePerson(person, row);
        const badge = element(
          "button",
          { class: "avatar person", type: "button", "data-tone": person.tone, title: words },
          element("span", { "aria-hidden": "true" }, initialsOf(person.name)),
          element("span", { class: "visually-hidden" }, words),
        );
        badge.addEventListener("click", () => {
          const now = editor.alignment().placeOf.get(person.row ?? "");
          if (now !== undefined) editor.goTo(now);
        });
        return badge;
      }),
      ...(others.length > 5 ? [element("span", { class: "quiet" }, `+${String(others.length - 5)}`)] : []),
    );
    editor.setPeople(new Map(others.flatMap((person) => (person.row === undefined ? [] : [[person.row, person] as const]))));
  }

  return {
    setWriting(now) {
      isWriting = now;
      live.goTo(editor.active()?.id, isWriting);
    },
    async mayWorkAt(group) {
      const writer = live.at(group).find(({ isEditing }) => isEditing);
      const key = `${group} ${writer?.client ?? ""}`;
      if (!writer || warned.has(key)) return true;
      const isSure = await askToConfirm({
        title: t("align:people.busy-title", { name: writer.name }),
        text: t("align:people.busy-text", { name: writer.name }),
        action: t("align:people.go-on"),
      });
      if (isSure) warned.add(key);
      return isSure;
    },
  };
}
