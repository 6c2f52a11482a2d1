import { expect, it } from "vitest";
import { failed, FRESH, polled, spoke, waitMs } from "./patience";

it("waits up to 1, 2, 4 ... 30 seconds, and never less than a quarter", () => {
  expect([1, 2, 3, 4, 5, 6, 60].map((failures) => waitMs(failures, 1))).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000]);
  expect([1, 5, 60].map((failures) => waitMs(failures, 0))).toEqual([250, 250, 250]);
});

it("goes from socket to stream to polling, each after two failures", () => {
  const ways = [FRESH];
  for (let each = 0; each < 5; each += 1) ways.push(failed(ways.at(-1) ?? FRESH));
  expect(ways.map(({ way }) => way)).toEqual(["socket", "socket", "stream", "poll", "poll", "poll"]);
});

it("stays with a way that speaks", () => {
  expect(failed(spoke(failed(FRESH))).way).toBe("socket");
});

it("comes back to the socket after eight polls", () => {
  let attempts = { way: "poll" as const, failures: 3, polls: 0 } as ReturnType<typeof polled>;
  for (let each = 0; each < 7; each += 1) attempts = polled(attempts);
  expect(attempts.way).toBe("poll");
  expect(polled(attempts)).toEqual(FRESH);
});
