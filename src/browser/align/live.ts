/**
 * The others at this alignment: who is there and at which row, and word of their steps as they happen.
 *
 * Presence only warns. What keeps texts safe is the revision that every step carries: a stale one changes nothing.
 * While the connection is broken nobody is shown, and the page goes on asking for changes now and then.
 */
import { post } from "../shell/request.ts";

export type Person = {
  readonly client: string;
  readonly name: string;
  readonly row?: string;
  readonly isEditing: boolean;
  /** A number of its own among those here, for the colour; stays while the person does. */
  readonly tone: number;
};

export type Live = {
  /** The others, in the order in which they came. */
  readonly others: () => readonly Person[];
  readonly at: (group: string) => readonly Person[];
  /** Tells the others where this page is; sent when it has stayed there for a moment. */
  readonly goTo: (group: string | undefined, isEditing: boolean) => void;
  readonly isConnected: () => boolean;
};

export type LiveOptions = {
  /** `/api/p/…/alignments/…` */
  readonly address: string;
  /** Somebody, perhaps this page itself, saved a step. */
  readonly onChanged: (revision: number) => void;
  readonly onPeople: () => void;
};

type Told = Omit<Person, "tone">;

/** Passing rows quickly tells nobody anything. */
const SETTLE_MS = 300;
const TONES = 6;

export function startLive({ address, onChanged, onPeople }: LiveOptions): Live {
  const client = crypto.randomUUID();
  const tones = new Map<string, number>();
  let others: readonly Person[] = [];
  let place: { readonly row: string | undefined; readonly isEditing: boolean } = { row: undefined, isEditing: false };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isConnected = false;

  const events = new EventSource(`${address}/events?client=${client}`);
  events.addEventListener("people", (event: MessageEvent<string>) => {
    const { people } = JSON.parse(event.data) as { readonly people: readonly Told[] };
    const isNew = !isConnected;
    isConnected = true;
    others = people.filter((person) => person.client !== client).map((person) => ({ ...person, tone: toneOf(person.client) }));
    onPeople();
    // After a broken connection the others have lost sight of this page.
    if (isNew) tell();
  });
  events.addEventListener("changed", (event: MessageEvent<string>) => {
    onChanged((JSON.parse(event.data) as { readonly revision: number }).revision);
  });
  events.addEventListener("error", () => {
    isConnected = false;
    if (others.length === 0) return;
    others = [];
    onPeople();
  });
  addEventListener("pagehide", () => events.close());

  function toneOf(id: string): number {
    const known = tones.get(id) ?? tones.size % TONES;
    tones.set(id, known);
    return known;
  }

  function tell(wait = SETTLE_MS): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (isConnected) void post(`${address}/here`, { client, ...place }, { quiet: true });
    }, wait);
  }

  return {
    others: () => others,
    at: (group) => others.filter(({ row }) => row === group),
    goTo(row, isEditing) {
      if (place.row === row && place.isEditing === isEditing) return;
      const isDone = place.isEditing && !isEditing;
      place = { row, isEditing };
      // Whoever waits for the row need not wait longer than the writing lasts.
      tell(isDone ? 0 : SETTLE_MS);
    },
    isConnected: () => isConnected,
  };
}
