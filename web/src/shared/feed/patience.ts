/** When to try again, and by which way. Pure: chance comes in as an argument. */

export type Way = "socket" | "stream" | "poll";

const FIRST_WAIT_MS = 1_000;
/** A server that comes back must not be met by everybody at once, nor wait for the last one for minutes. */
const WAIT_MS_MAX = 30_000;
/** A shorter wait would hammer a server that refuses at once. */
const WAIT_MS_MIN = 250;

/** Full jitter: evenly between the least wait and 1 s, 2 s, 4 s ... 30 s. `chance` lies in [0, 1). */
export function waitMs(failures: number, chance: number): number {
  const most = Math.min(WAIT_MS_MAX, FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1));
  return WAIT_MS_MIN + chance * (most - WAIT_MS_MIN);
}

/** A way is left after it failed so often in a row without ever having spoken. */
const FAILURES_MAX = 2;
/** In between, every so many polls, the better way gets another chance: a train leaves its tunnel. */
const POLLS_BEFORE_SOCKET = 8;

export interface Attempts {
  readonly way: Way;
  readonly failures: number;
  readonly polls: number;
}

export const FRESH: Attempts = { way: "socket", failures: 0, polls: 0 };

/** A way spoke: it is good. */
export const spoke = (attempts: Attempts): Attempts => ({ ...attempts, failures: 0 });

/** A way broke off or never came about. */
export function failed({ way, failures }: Attempts): Attempts {
  if (way === "poll" || failures + 1 < FAILURES_MAX) return { way, failures: failures + 1, polls: 0 };
  return { way: way === "socket" ? "stream" : "poll", failures: failures + 1, polls: 0 };
}

/** One poll is done. */
export function polled(attempts: Attempts): Attempts {
  return attempts.polls + 1 < POLLS_BEFORE_SOCKET ? { ...attempts, failures: 0, polls: attempts.polls + 1 } : FRESH;
}
