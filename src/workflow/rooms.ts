/**
 * Who is looking at the same thing now, and what happens to it: presence, the row that each person is at, and news as they come.
 *
 * A room is named after what it shows ("alignment:<id>"). All of it is in memory and of this process: it is gone after a
 * restart, when the pages come back by themselves; with several servers each knows its own people. Nothing depends on
 * it for correctness: a stale save is refused by its revision, whoever is in the room.
 * Cost: O(people in the room) for each event.
 */
import type { IsoInstant } from "../model/span.ts";

export type Participant = {
  /** One page that is open; a person with two windows is there twice. */
  readonly client: string;
  readonly name: string;
  /** Where the person is: the id of a row. */
  readonly row?: string;
  /** Writing in that row: others should wait, and may go on all the same. */
  readonly isEditing: boolean;
  readonly since: IsoInstant;
};

export type RoomEvent =
  | { readonly kind: "people"; readonly people: readonly Participant[] }
  | { readonly kind: "changed"; readonly revision: number; readonly author: string };

export type RoomListener = (event: RoomEvent) => void;

export type Rooms = {
  /**
   * Comes in and is told who is there now, and everything from then on. Answers how to leave; undefined when the room is full.
   * A client that comes in again (its connection broke) takes the place of its former self.
   */
  readonly enter: (room: string, participant: Participant, listener: RoomListener) => (() => void) | undefined;
  /** False when this client is not in the room. */
  readonly move: (
    room: string,
    client: string,
    place: Pick<Participant, "isEditing"> & { readonly row: string | undefined },
  ) => boolean;
  /** Who is in the room now, each person once. */
  readonly peopleIn: (room: string) => readonly string[];
  readonly tell: (room: string, event: Extract<RoomEvent, { readonly kind: "changed" }>) => void;
};

/** More pages than this on one alignment are a script, or an attack. */
const MOST_PEOPLE = 100;

type Member = { participant: Participant; readonly listener: RoomListener };

export function createRooms(): Rooms {
  const rooms = new Map<string, Map<string, Member>>();

  function tellAll(room: string, event: RoomEvent): void {
    for (const { listener } of rooms.get(room)?.values() ?? []) listener(event);
  }

  function tellPeople(room: string): void {
    const people = [...(rooms.get(room)?.values() ?? [])].map(({ participant }) => participant);
    tellAll(room, { kind: "people", people });
  }

  return {
    enter(room, participant, listener) {
      const members = rooms.get(room) ?? new Map<string, Member>();
      if (members.size >= MOST_PEOPLE && !members.has(participant.client)) return undefined;
      rooms.set(room, members);
      const member = { participant, listener };
      members.set(participant.client, member);
      tellPeople(room);
      return () => {
        // The client may have come in again by another connection.
        if (members.get(participant.client) !== member) return;
        members.delete(participant.client);
        if (members.size === 0 && rooms.get(room) === members) rooms.delete(room);
        tellPeople(room);
      };
    },
    move(room, client, { row, isEditing }) {
      const member = rooms.get(room)?.get(client);
      if (!member) return false;
      const { row: before, isEditing: was, ...rest } = member.participant;
      if (before === row && was === isEditing) return true;
      member.participant = { ...rest, isEditing, ...(row === undefined ? {} : { row }) };
      tellPeople(room);
      return true;
    },
    peopleIn: (room) => [...new Set([...(rooms.get(room)?.values() ?? [])].map(({ participant }) => participant.name))],
    tell: tellAll,
  };
}
