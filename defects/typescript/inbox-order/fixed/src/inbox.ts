export interface Message {
  readonly id: string;
  readonly subject: string;
  /** Seconds since 1970. */
  readonly received: number;
  /** Higher is more important; messages without one count as 0. */
  readonly priority?: number;
}

/** Filters, all of which have to hold. */
export interface Query {
  readonly words?: readonly string[];
  readonly since?: number;
}

/** The messages in the order of the inbox: important ones first, then newer ones, then by id. */
export function sortInbox(messages: readonly Message[]): Message[] {
  return [...messages].sort(
    (a, b) =>
      (b.priority ?? 0) - (a.priority ?? 0) ||
      b.received - a.received ||
      a.id.localeCompare(b.id),
  );
}

/** The messages that match, in the order of the inbox. Words are found in any letter case. */
export function searchInbox(messages: readonly Message[], query: Query): Message[] {
  const words = (query.words ?? []).map((word) => word.toLowerCase());
  const matching = messages.filter(({ subject, received }) => {
    const text = subject.toLowerCase();
    return received >= (query.since ?? -Infinity) && words.every((word) => text.includes(word));
  });
  return sortInbox(matching);
}
